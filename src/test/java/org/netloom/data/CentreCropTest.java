package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CentreCropTest {
  private static final int ROWS = 300;
  private static final int COLUMNS = 401;

  /** Sum of all values of torchvision 0.14's Resize(256) and CenterCrop(224) with Pillow 9.4. */
  private static final long SUM = 19_116_404;

  /** Row, column, red, green, blue of the same. */
  private static final int[][] PUBLISHED = {
    {0, 0, 94, 70, 128},
    {0, 223, 85, 80, 80},
    {223, 0, 128, 71, 84},
    {223, 223, 112, 99, 96},
    {100, 37, 157, 145, 162},
    {17, 180, 63, 87, 82}
  };

  @TempDir private Path folder;

  /** Half a slope and half the noise of golden/README.md's formula. */
  private static byte[] picture() {
    byte[] rgb = new byte[ROWS * COLUMNS * 3];
    for (int i = 0; i < rgb.length; i++) {
      int v = i * 1664525 + 1013904223;
      v = (v ^ (v >>> 15)) * (int) 2246822519L;
      int slope = (i / 3 % COLUMNS * 3 + i / 3 / COLUMNS * 5) % 256;
      rgb[i] = (byte) ((v >>> 24) / 2 + slope / 2);
    }
    return rgb;
  }

  private static void assertPublished(byte[] view, int start) {
    long sum = 0;
    for (int i = start; i < start + 224 * 224 * 3; i++) {
      sum += view[i] & 0xff;
    }
    assertThat((double) sum).isCloseTo(SUM, within(SUM * 1e-3));
    for (int[] one : PUBLISHED) {
      for (int c = 0; c < 3; c++) {
        int value = view[start + (one[0] * 224 + one[1]) * 3 + c] & 0xff;
        // Pillow rounds to whole levels between its two passes, and its weights to 22 bits
        assertThat(value).as("%d, %d", one[0], one[1]).isCloseTo(one[2 + c], within(1));
      }
    }
  }

  @Test
  void theViewIsTorchvisionsToOneLevel() {
    byte[] target = new byte[5 + 224 * 224 * 3];
    CentreCrop.view(picture(), ROWS, COLUMNS, target, 5);
    assertPublished(target, 5);
    assertThat(target).startsWith(0, 0, 0, 0, 0);
  }

  @Test
  void imagesOfAFolderAreSeenLikeThatAt224AndResizedElsewhere() throws IOException {
    byte[] rgb = picture();
    BufferedImage image = new BufferedImage(COLUMNS, ROWS, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < ROWS * COLUMNS; i++) {
      int colour = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
      image.setRGB(i % COLUMNS, i / COLUMNS, colour);
    }
    for (String place : new String[] {"train/a", "train/b", "val/a", "val/b", "test/a", "test/b"}) {
      Files.createDirectories(folder.resolve(place));
      ImageIO.write(image, "png", folder.resolve(place).resolve("0.png").toFile());
    }
    String spec = "folder:" + folder;
    assertPublished(Datasets.open(spec, 224, 224).split(Split.TEST).pixels(), 0);
    byte[] whole = new byte[32 * 224 * 3];
    Resampler.resize(rgb, ROWS, COLUMNS, whole, 0, 32, 224);
    assertThat(Datasets.open(spec, 32, 224).split(Split.TEST).pixels()).startsWith(whole);
  }
}
