package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.config.InputException;

class ImageFolderTest {
  @TempDir private Path folder;

  private static void png(Path file, int value, int side) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, value << 16 | 7 << 8 | 9);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  /** 60 images in each of two classes; red tells which one. */
  private void writeClasses() throws IOException {
    for (int i = 0; i < 60; i++) {
      png(folder.resolve("cat/c%d.png".formatted(i)), i, 2);
      png(folder.resolve("dog/d%d.png".formatted(i)), 100 + i, 2);
    }
  }

  private Dataset open(int side) {
    return Datasets.open("folder:" + folder, side, side);
  }

  @Test
  void everyImageIsInExactlyOneSplitOfAboutEightyTenTen() throws IOException {
    writeClasses();
    Dataset images = open(2);

    Set<Integer> seen = new HashSet<>();
    for (Split split : Split.values()) {
      ImageSet part = images.split(split);
      for (int i = 0; i < part.size(); i++) {
        int red = part.pixels()[i * 12] & 0xff;
        assertThat(part.label(i)).isEqualTo(red / 100);
        assertThat(seen.add(red)).isTrue();
      }
    }
    assertThat(seen).hasSize(120);
    assertThat(images.classNames()).containsExactly("cat", "dog");
    assertThat(images.split(Split.TRAIN).size()).isBetween(84, 108);
    assertThat(images.split(Split.VALIDATION).size()).isBetween(4, 22);
  }

  @Test
  void theFirstImagesAreAMixtureOfClasses() throws IOException {
    writeClasses();
    ImageSet first = open(2).split(Split.TRAIN).first(20);

    assertThat(Arrays.stream(first.labels()).sum()).isBetween(4, 16);
  }

  @Test
  void aSeedDecidesTheSplitAndTheSameSeedTheSameBytes() throws IOException {
    writeClasses();

    assertThat(open(2).sha256()).isEqualTo(open(2).sha256());
    assertThat(Datasets.open("folder:" + folder, 1).sha256())
        .isNotEqualTo(Datasets.open("folder:" + folder, 2).sha256());
  }

  @Test
  void subFoldersOfSplitsAreTakenAsTheyAre() throws IOException {
    png(folder.resolve("train/b/1.png"), 1, 4);
    png(folder.resolve("train/a/1.png"), 2, 4);
    png(folder.resolve("val/b/1.png"), 3, 4);
    png(folder.resolve("test/b/1.png"), 4, 4);
    Files.writeString(folder.resolve("train/a/.hidden"), "x");
    Dataset images = Datasets.open("folder:" + folder);

    assertThat(images.split(Split.TRAIN).size()).isEqualTo(2);
    ImageSet validation = images.split(Split.VALIDATION);
    assertThat(validation.labels()).containsExactly(1);
    assertThat(new int[] {validation.height(), validation.width()}).containsExactly(32, 32);
    assertThat(Arrays.copyOf(validation.pixels(), 3)).containsExactly(3, 7, 9);
  }

  @Test
  void missingSplitFoldersAreNamed() throws IOException {
    png(folder.resolve("train/b/1.png"), 1, 4);
    png(folder.resolve("val/b/1.png"), 1, 4);

    assertThatThrownBy(() -> open(4))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("but not test with classes in it");
  }

  @Test
  void aClassUnknownToTrainingIsNamed() throws IOException {
    for (String path : new String[] {"train/a", "train/b", "val/c", "test/a"}) {
      png(folder.resolve(path + "/1.png"), 1, 4);
    }
    assertThatThrownBy(() -> open(4).split(Split.VALIDATION))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the class (c)")
        .hasMessageContaining("a, b");
  }

  @Test
  void foldersWithoutClassesOrWithOtherFilesAreRefused() throws IOException {
    assertThatThrownBy(() -> open(4))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least two sub-folders");

    png(folder.resolve("a/1.png"), 1, 4);
    png(folder.resolve("b/1.png"), 1, 4);
    Path notes = Files.writeString(folder.resolve("b/notes.txt"), "x");
    assertThatThrownBy(() -> open(4).split(Split.TRAIN))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(notes.toString())
        .hasMessageContaining(".jpeg");
  }

  @Test
  void anEmptySplitIsAClearError() throws IOException {
    png(folder.resolve("a/1.png"), 1, 4);
    png(folder.resolve("b/1.png"), 1, 4);

    assertThatThrownBy(() -> open(4).sha256())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no image for")
        .hasMessageContaining("train, val and test");
  }
}
