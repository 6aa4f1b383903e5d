package org.netloom.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.netloom.config.InputException;

/**
 * A PNG or JPEG file as RGB bytes. Stored values are taken as they are: no colour profile, gamma or
 * orientation is applied; grey is repeated, 16 bits keep their upper 8, transparency is shown on
 * white.
 *
 * @param rgb [height, width, 3]
 */
record ImageFile(int height, int width, byte[] rgb) {
  private static final long MAX_BYTES = 256L << 20;
  private static final long MAX_PIXELS = 100_000_000;

  /** Whether a file has the name of a PNG or JPEG. */
  static boolean named(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
  }

  /**
   * Decodes a file.
   *
   * @throws InputException if it is too large, truncated or neither PNG nor JPEG
   */
  static ImageFile read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new InputException(
            "%s: too large (%d bytes); allowed are %d.".formatted(file, size, MAX_BYTES));
      }
      return decode(file, Files.readAllBytes(file));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // the decoders of the platform answer broken files with all three
      throw new InputException(
          "%s: broken PNG or JPEG (%s).\n  Maybe the file is truncated."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static ImageFile decode(Path file, byte[] bytes) throws IOException {
    String format = format(bytes);
    if (format.isEmpty()) {
      throw new InputException(
          "%s: neither PNG nor JPEG (%d bytes), whatever its name says."
              .formatted(file, bytes.length));
    }
    if (!endMarked(format, bytes)) {
      throw new InputException(
          "%s: truncated %s (%d bytes): its end marker is missing."
              .formatted(file, format, bytes.length));
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(stream, true, true);
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MAX_PIXELS) {
        throw new InputException(
            "%s: too many pixels (%d); allowed are %d.".formatted(file, pixels, MAX_PIXELS));
      }
      BufferedImage image = reader.read(0);
      // the JPEG decoder fills what is missing with grey and only warns
      for (String warning : warnings) {
        String text = warning.toLowerCase(Locale.ROOT);
        if (text.contains("truncated") || text.contains("premature")) {
          throw new InputException(
              "%s: truncated %s (%d bytes): %s".formatted(file, format, bytes.length, warning));
        }
      }
      return of(image);
    } finally {
      reader.dispose();
    }
  }

  private static String format(byte[] bytes) {
    if (startsWith(bytes, 0x89, 'P', 'N', 'G')) {
      return "png";
    }
    return startsWith(bytes, 0xff, 0xd8, 0xff) ? "jpeg" : "";
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Cheap, and catches a file that lacks only its end; thumbnails may have an end of their own. */
  private static boolean endMarked(String format, byte[] bytes) {
    for (int i = bytes.length - 2; i >= 0; i--) {
      boolean found =
          format.equals("jpeg")
              ? (bytes[i] & 0xff) == 0xff && (bytes[i + 1] & 0xff) == 0xd9
              : i + 4 <= bytes.length
                  && bytes[i] == 'I'
                  && bytes[i + 1] == 'E'
                  && bytes[i + 2] == 'N'
                  && bytes[i + 3] == 'D';
      if (found) {
        return true;
      }
    }
    return false;
  }

  private static ImageFile of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(height * width, Pixels.CHANNELS)];
    ColorModel model = image.getColorModel();
    int at = 0;
    int[] sample = new int[4];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int argb =
            model instanceof IndexColorModel
                ? image.getRGB(x, y)
                : argb(image.getRaster(), model, x, y, sample);
        int alpha = argb >>> 24;
        rgb[at++] = onWhite(argb >> 16 & 0xff, alpha);
        rgb[at++] = onWhite(argb >> 8 & 0xff, alpha);
        rgb[at++] = onWhite(argb & 0xff, alpha);
      }
    }
    return new ImageFile(height, width, rgb);
  }

  /** Not {@code getRGB}, which takes grey for linear light and brightens it. */
  private static int argb(Raster raster, ColorModel model, int x, int y, int[] sample) {
    raster.getPixel(x, y, sample);
    int bands = raster.getNumBands();
    for (int band = 0; band < bands; band++) {
      sample[band] >>= model.getComponentSize(band) - 8;
    }
    int alpha = bands % 2 == 0 ? sample[bands - 1] : 255;
    int green = bands <= 2 ? sample[0] : sample[1];
    int blue = bands <= 2 ? sample[0] : sample[2];
    return alpha << 24 | sample[0] << 16 | green << 8 | blue;
  }

  private static byte onWhite(int value, int alpha) {
    return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }
}
