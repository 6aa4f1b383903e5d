package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.config.InputException;

class ImageFileTest {
  @TempDir private Path folder;

  private Path write(BufferedImage image, String format) throws IOException {
    Path file = folder.resolve("image." + format);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private static BufferedImage pattern(int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, 0x010203 * (i * 37 % 80));
    }
    return image;
  }

  @Test
  void coloursAreReadAsStored() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x102030);
    image.setRGB(1, 0, 0xfefdfc);

    ImageFile read = ImageFile.read(write(image, "png"));

    assertThat(new int[] {read.height(), read.width()}).containsExactly(1, 2);
    assertThat(read.rgb()).containsExactly(0x10, 0x20, 0x30, (byte) 0xfe, (byte) 0xfd, (byte) 0xfc);
  }

  @Test
  void greyIsRepeatedAndNotBrightened() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 100);

    assertThat(ImageFile.read(write(image, "png")).rgb()).containsExactly(100, 100, 100);
  }

  @Test
  void sixteenBitsKeepTheirUpperEight() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 0x4fff);

    assertThat(ImageFile.read(write(image, "png")).rgb()).containsExactly(0x4f, 0x4f, 0x4f);
  }

  @Test
  void transparencyIsShownOnWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00_0a0b0c);
    image.setRGB(1, 0, 0xff_0a0b0c);
    image.setRGB(2, 0, 0x80_000000);

    assertThat(ImageFile.read(write(image, "png")).rgb())
        .containsExactly(-1, -1, -1, 10, 11, 12, 127, 127, 127);
  }

  @Test
  void palettesAreResolved() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(1, 0, 0xffffff);

    assertThat(ImageFile.read(write(image, "png")).rgb()).containsExactly(0, 0, 0, -1, -1, -1);
  }

  @Test
  void jpegIsReadInColourAndGrey() throws IOException {
    BufferedImage colour = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      colour.setRGB(i % 16, i / 16, 0xc86432);
      grey.getRaster().setSample(i % 16, i / 16, 0, 90);
    }
    byte[] rgb = ImageFile.read(write(colour, "jpg")).rgb();
    assertThat(rgb[0] & 0xff).isBetween(196, 204);
    assertThat(rgb[1] & 0xff).isBetween(96, 104);
    assertThat(rgb[2] & 0xff).isBetween(46, 54);
    assertThat(ImageFile.read(write(grey, "jpg")).rgb()).contains(90, 90, 90);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void aFileTruncatedAnywhereIsAClearError(String format) throws IOException {
    Path file = write(pattern(40), format);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length - 4; length += 1 + bytes.length / 60) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> ImageFile.read(file))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(InputException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void anEndMarkerInAThumbnailDoesNotHideATruncatedJpeg() throws IOException {
    Path file = write(pattern(200), "jpg");
    byte[] bytes = Files.readAllBytes(file);
    // an APP1 segment that holds an end marker, as the thumbnail of a camera's file does
    byte[] segment = {(byte) 0xff, (byte) 0xe1, 0, 6, 1, (byte) 0xff, (byte) 0xd9, 1};
    ByteBuffer joined = ByteBuffer.allocate(2 + segment.length + bytes.length * 3 / 4);
    joined.put(bytes, 0, 2).put(segment).put(bytes, 2, bytes.length * 3 / 4);
    Files.write(file, joined.array());

    assertThatThrownBy(() -> ImageFile.read(file)).isInstanceOf(InputException.class);
  }

  @Test
  void aForeignFileIsAClearErrorWhateverItsName() throws IOException {
    Path file = folder.resolve("web.png");
    for (String text : new String[] {"", "GIF89a", "<html>"}) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> ImageFile.read(file))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("neither PNG nor JPEG");
    }
  }

  @Test
  void aHugeImageIsRefusedBeforeItIsUnpacked() throws IOException {
    Path file = write(pattern(4), "png");
    byte[] bytes = Files.readAllBytes(file);
    // width and height of the header chunk and its checksum
    ByteBuffer.wrap(bytes).putInt(16, 40_000).putInt(20, 40_000);
    CRC32 crc = new CRC32();
    crc.update(bytes, 12, 17);
    ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
    Files.write(file, bytes);

    assertThatThrownBy(() -> ImageFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("too many pixels (1600000000)");
  }

  @Test
  void resizingKeepsAFlatImageAndAveragesWhenItShrinks() {
    byte[] flat = new byte[7 * 5 * 3];
    Arrays.fill(flat, (byte) 201);
    byte[] target = new byte[1 + 4 * 9 * 3];
    Resampler.resize(flat, 7, 5, target, 1, 4, 9);
    assertThat(Arrays.copyOfRange(target, 1, target.length)).containsOnly((byte) 201);

    byte[] checks = new byte[64 * 64 * 3];
    for (int i = 0; i < checks.length; i++) {
      checks[i] = (i / 3 + i / 192) % 2 == 0 ? (byte) 200 : 100;
    }
    byte[] grey = new byte[8 * 8 * 3];
    Resampler.resize(checks, 64, 64, grey, 0, 8, 8);
    for (byte value : grey) {
      assertThat(value & 0xff).isBetween(147, 153);
    }
  }

  @Test
  void enlargingInterpolatesLinearly() {
    byte[] source = {0, 0, 0, 100, 100, 100};
    byte[] target = new byte[4 * 3];
    Resampler.resize(source, 1, 2, target, 0, 1, 4);

    assertThat(target).containsExactly(0, 0, 0, 25, 25, 25, 75, 75, 75, 100, 100, 100);
  }
}
