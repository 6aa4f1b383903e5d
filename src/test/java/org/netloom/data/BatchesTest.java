package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {
  private static final int SIDE = 6;
  private static final int BYTES = SIDE * SIDE * 3;
  private static final Normalisation PLAIN =
      new Normalisation(new float[3], new float[] {1 / 255f, 1 / 255f, 1 / 255f});

  /** Pixel (y, x) of image i holds 1 + i + 10 * y + x, shifted by 50 per channel. */
  private static ImageSet images(int count) {
    byte[] pixels = new byte[count * BYTES];
    for (int p = 0; p < pixels.length; p++) {
      int image = p / BYTES;
      int place = p % BYTES / 3;
      pixels[p] = (byte) (1 + image + 10 * (place / SIDE) + place % SIDE + 50 * (p % 3));
    }
    return new ImageSet(
        7, 3, SIDE, SIDE, pixels, IntStream.range(0, count).map(i -> i % 7).toArray());
  }

  @Test
  void normalisationIsThatOfTheDefinition() {
    byte[] pixels = {0, 51, 7, (byte) 255, 51, 7};
    Normalisation statistics = Normalisation.of(new ImageSet(1, 3, 1, 2, pixels, new int[1]));

    assertThat(statistics.mean()).containsExactly(0.5f, 0.2f, 7 / 255f);
    assertThat(statistics.std()).containsExactly(0.5f, 1, 1);
  }

  @Test
  void normalisationOfManyImagesDoesNotOverflow() {
    byte[] pixels = new byte[60_000 * 32 * 32 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i / 3 % 2 == 0 ? 0 : (byte) 255;
    }
    Normalisation statistics =
        Normalisation.of(new ImageSet(1, 3, 32, 32, pixels, new int[60_000]));

    assertThat(statistics.mean()).containsExactly(0.5f, 0.5f, 0.5f);
    assertThat(statistics.std()).containsExactly(0.5f, 0.5f, 0.5f);
  }

  @Test
  void normalisedTrainingImagesHaveMeanZeroAndDeviationOne() {
    ImageSet images = images(20);
    float[] pixels = new float[20 * BYTES];
    Batches.of(images, Normalisation.of(images)).fill(0, 20, pixels, new float[20]);

    double sum = 0;
    double squares = 0;
    for (int i = 1; i < pixels.length; i += 3) {
      sum += pixels[i];
      squares += pixels[i] * pixels[i];
    }
    assertThat(sum / (pixels.length / 3)).isCloseTo(0, within(1e-5));
    assertThat(squares / (pixels.length / 3)).isCloseTo(1, within(1e-5));
  }

  @Test
  void evaluationBatchesKeepFileOrderAndLeaveTheRestOfTheArraysAlone() {
    float[] pixels = new float[3 * BYTES];
    float[] labels = {-1, -1, -1};
    Arrays.fill(pixels, -1);

    Batches.of(images(9), PLAIN).fill(7, 9, pixels, labels);

    assertThat(labels).containsExactly(0, 1, -1);
    assertThat(pixels[0]).isCloseTo(8, within(1e-3f));
    assertThat(pixels[BYTES + 2]).isCloseTo(109, within(1e-3f));
    assertThat(pixels[2 * BYTES]).isEqualTo(-1);
  }

  @Test
  void permutationHoldsEachIndexOnceAndDependsOnSeedAndEpoch() {
    int[] order = Batches.permutation(1000, 5, 2);

    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(order).isEqualTo(Batches.permutation(1000, 5, 2));
    assertThat(order).isNotEqualTo(Batches.permutation(1000, 5, 3));
    assertThat(order).isNotEqualTo(Batches.permutation(1000, 6, 2));
  }

  @Test
  void permutationsAreUniform() {
    int[][] counts = new int[4][4];
    for (int epoch = 0; epoch < 8000; epoch++) {
      int[] order = Batches.permutation(4, 11, epoch);
      for (int place = 0; place < 4; place++) {
        counts[place][order[place]]++;
      }
    }
    for (int[] row : counts) {
      for (int count : row) {
        assertThat(count).isBetween(1850, 2150);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void augmentedImagesAreTheSameInAnyBatch(boolean photographs) {
    ImageSet images = images(30);
    Augmentation augmentation =
        photographs ? Augmentation.Kind.IMAGENET.with(3, 99) : new Augmentation(2, true, 3, 99);
    Batches batches = Batches.of(images, PLAIN, augmentation);
    int[] order = Batches.permutation(30, 1, 4);
    float[] together = new float[30 * BYTES];
    float[] labels = new float[30];
    batches.fill(order, 0, 30, 4, together, labels);

    int[] reversed = IntStream.range(0, 30).map(i -> order[29 - i]).toArray();
    float[] alone = new float[BYTES];
    float[] label = new float[1];
    for (int i = 0; i < 30; i++) {
      batches.fill(reversed, 29 - i, 30 - i, 4, alone, label);
      assertThat(alone).isEqualTo(Arrays.copyOfRange(together, i * BYTES, (i + 1) * BYTES));
      assertThat(label[0]).isEqualTo(labels[i]).isEqualTo(images.label(order[i]));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STANDARD", "IMAGENET"})
  void eachEpochChangesImagesInItsOwnWay(Augmentation.Kind kind) {
    Batches batches = Batches.of(images(30), PLAIN, kind.with(0, 7));
    int[] order = IntStream.range(0, 30).toArray();
    float[] first = new float[30 * BYTES];
    float[] second = new float[30 * BYTES];
    batches.fill(order, 0, 30, 0, first, new float[30]);
    batches.fill(order, 0, 30, 1, second, new float[30]);

    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void everyChangeIsAShiftWithinThePaddingAndPerhapsAMirror() {
    ImageSet images = images(1);
    int[] order = {0};
    Batches batches = Batches.of(images, PLAIN, new Augmentation(2, true, 0, 3));
    float[] pixels = new float[BYTES];
    int[][] seen = new int[2][25];
    for (int epoch = 0; epoch < 2000; epoch++) {
      batches.fill(order, 0, 1, epoch, pixels, new float[1]);
      int match = -1;
      for (int candidate = 0; candidate < 50; candidate++) {
        int down = candidate % 25 / 5 - 2;
        int right = candidate % 5 - 2;
        if (Arrays.equals(pixels, shifted(images, down, right, candidate >= 25))) {
          match = candidate;
        }
      }
      assertThat(match).isNotNegative();
      seen[match / 25][match % 25]++;
    }
    for (int[] row : seen) {
      for (int count : row) {
        assertThat(count).isBetween(15, 75);
      }
    }
  }

  /** What the augmentation should give, pixel by pixel: padded with black, mirrored last. */
  private static float[] shifted(ImageSet images, int down, int right, boolean mirrored) {
    float[] plain = new float[BYTES];
    Batches.of(images, PLAIN).fill(0, 1, plain, new float[1]);
    float[] result = new float[BYTES];
    for (int i = 0; i < BYTES; i++) {
      int channel = i % 3;
      int x = i / 3 % SIDE;
      int row = i / 3 / SIDE + down;
      int column = (mirrored ? SIDE - 1 - x : x) + right;
      if (row >= 0 && row < SIDE && column >= 0 && column < SIDE) {
        result[i] = plain[(row * SIDE + column) * 3 + channel];
      }
    }
    return result;
  }

  @Test
  void aPhotographIsCroppedMirroredRecolouredNormalisedAndCutIntoInThisOrder() {
    ImageSet images = images(3);
    Normalisation normalisation = Normalisation.IMAGENET;
    Augmentation augmentation = Augmentation.Kind.IMAGENET.with(3, 5);
    float[] pixels = new float[2 * BYTES];
    int mirrored = 0;
    for (int epoch = 0; epoch < 20; epoch++) {
      Batches.of(images, normalisation, augmentation)
          .fill(new int[] {0, 2}, 0, 2, epoch, pixels, new float[2]);

      long decisions = augmentation.decisions(epoch, 2);
      float[] expected = new float[BYTES];
      boolean mirror = augmentation.mirrored(decisions);
      mirrored += mirror ? 1 : 0;
      RandomCrop.write(images, 2, decisions, mirror, expected, 0);
      ColourJitter.apply(decisions, expected, 0, BYTES);
      int row = augmentation.cutoutRow(decisions, SIDE);
      int column = augmentation.cutoutColumn(decisions, SIDE);
      for (int i = 0; i < BYTES; i++) {
        boolean cut = Math.abs(i / 3 / SIDE - row) <= 1 && Math.abs(i / 3 % SIDE - column) <= 1;
        float normalised = (expected[i] - normalisation.mean()[i % 3]) / normalisation.std()[i % 3];
        assertThat(pixels[BYTES + i]).isEqualTo(cut ? 0 : normalised);
      }
    }
    assertThat(mirrored).isBetween(1, 19);
  }

  @ParameterizedTest
  @EnumSource
  void changingImagesAllocatesNothing(Augmentation.Kind kind) {
    Batches batches = Batches.of(images(30), PLAIN, kind.with(3, 7));
    int[] order = IntStream.range(0, 30).toArray();
    float[] pixels = new float[30 * BYTES];
    float[] labels = new float[30];
    batches.fill(order, 0, 30, 0, pixels, labels);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int epoch = 1; epoch < 50; epoch++) {
      batches.fill(order, 0, 30, epoch, pixels, labels);
    }
    // an object for each image would take 16 bytes and more
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(49 * 30 * 16);
  }

  @Test
  void imagesOf224AreNormalisedByTheFiguresOfImageNet() {
    assertThat(Normalisation.of(black(224, 224))).isSameAs(Normalisation.IMAGENET);
    assertThat(Normalisation.of(black(224, 223)).mean()).containsExactly(0, 0, 0);
    assertThat(Normalisation.IMAGENET.mean()).containsExactly(0.485f, 0.456f, 0.406f);
    assertThat(Normalisation.IMAGENET.std()).containsExactly(0.229f, 0.224f, 0.225f);
  }

  private static ImageSet black(int height, int width) {
    return new ImageSet(1, 3, height, width, new byte[height * width * 3], new int[1]);
  }

  @Test
  void changesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new Augmentation(1, true, true, 0, 0))
        .hasMessage("photographs take no pad (1).");
    Normalisation grey = new Normalisation(new float[1], new float[] {1});
    ImageSet images = new ImageSet(1, 1, 2, 2, new byte[4], new int[1]);
    assertThatThrownBy(() -> Batches.of(images, grey, Augmentation.Kind.IMAGENET.with(0, 0)))
        .hasMessage("Photographs have 3 channels, the images have 1.");
  }

  @Test
  void cutoutSetsASquareToTheMean() {
    Batches batches = Batches.of(images(1), PLAIN, new Augmentation(0, false, 2, 3));
    float[] pixels = new float[BYTES];
    for (int epoch = 0; epoch < 50; epoch++) {
      batches.fill(new int[1], 0, 1, epoch, pixels, new float[1]);
      int zeros = 0;
      for (float pixel : pixels) {
        zeros += pixel == 0 ? 1 : 0;
      }
      assertThat(zeros / 3).isIn(1, 2, 4);
    }
  }

  @Test
  void arraysThatAreTooSmallAndRangesOutsideAreRefused() {
    Batches batches = Batches.of(images(4), PLAIN);

    assertThatThrownBy(() -> batches.fill(0, 2, new float[BYTES], new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pixels.length (108)");
    assertThatThrownBy(() -> batches.fill(3, 5, new float[2 * BYTES], new float[2]))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("(3 to 5)");
  }

  @Test
  void aSmallerSetKeepsTheFirstImages() {
    ImageSet first = images(9).first(2);

    assertThat(first.size()).isEqualTo(2);
    assertThat(first.pixels()).isEqualTo(Arrays.copyOf(images(9).pixels(), 2 * BYTES));
    assertThat(images(3).first(10).size()).isEqualTo(3);
  }

  @Test
  void anImageSetWithWrongSizesOrLabelsIsRefused() {
    assertThatThrownBy(() -> new ImageSet(2, 3, 2, 2, new byte[11], new int[1]))
        .hasMessageContaining("pixels.length (11)");
    assertThatThrownBy(() -> new ImageSet(2, 1, 1, 1, new byte[1], new int[] {2}))
        .hasMessageContaining("label (2) of image (0)");
  }
}
