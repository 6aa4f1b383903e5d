package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.config.InputException;

class IdxDatasetTest {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  @TempDir private Path folder;

  /** 25 training and 4 test images of 3x2, labels 0 to 4. */
  @BeforeEach
  void writeGoodFiles() throws IOException {
    Files.write(folder.resolve(TRAIN_IMAGES), images(25, 3, 2));
    Files.write(folder.resolve(TRAIN_LABELS), labels(25));
    Files.write(folder.resolve(TEST_IMAGES), images(4, 3, 2));
    Files.write(folder.resolve(TEST_LABELS), labels(4));
  }

  private static byte[] images(int count, int height, int width) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + count * height * width);
    bytes.putInt(0x803).putInt(count).putInt(height).putInt(width);
    for (int i = 0; i < count * height * width; i++) {
      bytes.put((byte) (i + 100));
    }
    return bytes.array();
  }

  private static byte[] labels(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + count);
    bytes.putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      bytes.put((byte) (i % 5));
    }
    return bytes.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(result)) {
      stream.write(bytes);
    }
    return result.toByteArray();
  }

  private Dataset open() {
    return Datasets.open("idx:" + folder);
  }

  private void loadEverything() {
    Dataset idx = open();
    for (Split split : Split.values()) {
      idx.split(split);
    }
  }

  @Test
  void theLastTenthOfTrainingIsValidationAndGreyIsRepeated() {
    Dataset idx = open();
    ImageSet validation = idx.split(Split.VALIDATION);

    assertThat(idx.split(Split.TRAIN).size()).isEqualTo(23);
    assertThat(validation.size()).isEqualTo(2);
    assertThat(idx.split(Split.TEST).size()).isEqualTo(4);
    assertThat(idx.classNames()).containsExactly("0", "1", "2", "3", "4");
    assertThat(new int[] {idx.height(), idx.width(), idx.channels()}).containsExactly(3, 2, 3);
    assertThat(validation.label(0)).isEqualTo(23 % 5);
    byte first = (byte) (23 * 6 + 100);
    assertThat(Arrays.copyOf(validation.pixels(), 4))
        .containsExactly(first, first, first, (byte) (first + 1));
  }

  @Test
  void compressedFilesHoldTheSameAsPlainOnes() throws IOException {
    String plain = open().sha256();
    for (String name : new String[] {TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS}) {
      Files.write(folder.resolve(name + ".gz"), gzip(Files.readAllBytes(folder.resolve(name))));
      Files.delete(folder.resolve(name));
    }
    assertThat(open().sha256()).isEqualTo(plain);
  }

  @Test
  void otherMembersOfTheFamilyNameTheirFilesDifferently() throws IOException {
    String usual = open().sha256();
    Files.move(folder.resolve(TRAIN_IMAGES), folder.resolve("train-images.idx3-ubyte"));
    Files.move(folder.resolve(TRAIN_LABELS), folder.resolve("emnist-train-labels-idx1-ubyte"));
    Files.move(folder.resolve(TEST_IMAGES), folder.resolve("emnist-test-images-idx3-ubyte"));

    assertThat(open().sha256()).isEqualTo(usual);
  }

  @Test
  void aMissingOrAmbiguousFileIsNamed() throws IOException {
    Files.write(folder.resolve("emnist-" + TRAIN_IMAGES), images(25, 3, 2));
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("exactly one " + TRAIN_IMAGES)
        .hasMessageContaining("emnist-" + TRAIN_IMAGES);

    Files.delete(folder.resolve("emnist-" + TRAIN_IMAGES));
    Files.delete(folder.resolve(TEST_LABELS));
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("exactly one " + TEST_LABELS)
        .hasMessageContaining("found none");
  }

  @Test
  void aTruncatedFileIsNamedWithBothSizes() throws IOException {
    Path file = folder.resolve(TEST_IMAGES);
    Files.write(file, Arrays.copyOf(images(4, 3, 2), 30));

    assertThatThrownBy(this::loadEverything)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("make 40 bytes, its unpacked size is 30");
  }

  @Test
  void anOversizedFileIsNamedWithItsExpectedSize() throws IOException {
    Path file = folder.resolve(TRAIN_IMAGES);
    Files.write(file, Arrays.copyOf(images(25, 3, 2), 200));

    assertThatThrownBy(this::loadEverything)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("make 166 bytes, its unpacked size is larger");
  }

  @Test
  void aTruncatedGzipFileIsAClearError() throws IOException {
    byte[] packed = gzip(labels(25));
    Path file = folder.resolve(TRAIN_LABELS);
    Files.write(file, Arrays.copyOf(packed, packed.length - 12));

    assertThatThrownBy(this::loadEverything)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file + ": broken gzip file");
  }

  @Test
  void foreignFilesAreAClearError() throws IOException {
    for (byte[] bytes : new byte[][] {new byte[0], {0x1f}, "PK\3\4 zip".getBytes("UTF-8")}) {
      Files.write(folder.resolve(TRAIN_IMAGES), bytes);
      assertThatThrownBy(this::open)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("not an IDX file");
    }
    Files.write(folder.resolve(TRAIN_IMAGES), labels(25));
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("(00 00 08 01)");
  }

  @Test
  void impossibleDimensionsAreAClearErrorBeforeMemoryIsTaken() throws IOException {
    byte[] huge = images(25, 3, 2);
    ByteBuffer.wrap(huge).putInt(4, Integer.MAX_VALUE);
    Files.write(folder.resolve(TRAIN_IMAGES), huge);

    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("impossible dimensions ([2147483647, 3, 2])");
  }

  @Test
  void labelsMustMatchTheImages() throws IOException {
    Files.write(folder.resolve(TEST_LABELS), labels(5));
    assertThatThrownBy(this::loadEverything)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has 5 labels")
        .hasMessageContaining("has 4 images");

    byte[] wrong = labels(4);
    wrong[10] = 77;
    Files.write(folder.resolve(TEST_LABELS), wrong);
    assertThatThrownBy(this::loadEverything)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the label of image 2 is (77); the training set has 0 to 4");
  }

  @Test
  void testImagesMustHaveTheSizeOfTrainingImages() throws IOException {
    Files.write(folder.resolve(TEST_IMAGES), images(4, 2, 3));
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("images are 2x3")
        .hasMessageContaining("are 3x2");
  }

  @Test
  void tooFewImagesForAValidationSplitAreRefused() throws IOException {
    Files.write(folder.resolve(TRAIN_IMAGES), images(9, 3, 2));
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has 9 images");
  }
}
