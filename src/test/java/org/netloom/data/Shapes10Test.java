package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Shapes10Test {
  private static final Dataset SHAPES = Datasets.open("shapes10");

  /** A change of these bytes makes every recorded accuracy and hypernetwork meaningless. */
  @ParameterizedTest
  @CsvSource({
    "TRAIN, 10000, 53671fb97373581d483836a7ae5af29d6a834fd20a3cb8f7b7cf003bcfc2c69c",
    "VALIDATION, 2000, 56070e4568fc95bec12f2a0197cf0d94c4c1631f4e8e86f6c878b4a44b32d522",
    "TEST, 2000, 73e38f3a5760d42b83064ca8aa1e64cf1ea0c161194909e4ad220ef2f215eb91",
  })
  void everySplitHasItsSizeAndItsPinnedBytes(Split split, int size, String sha256)
      throws Exception {
    ImageSet images = SHAPES.split(split);

    assertThat(images.size()).isEqualTo(size);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(images.pixels());
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha256);
  }

  @ParameterizedTest
  @CsvSource({"TRAIN", "VALIDATION", "TEST"})
  void classesAreBalanced(Split split) {
    ImageSet images = SHAPES.split(split);
    int[] counts = new int[10];
    for (int label : images.labels()) {
      counts[label]++;
    }
    assertThat(counts).containsOnly(images.size() / 10);
  }

  @Test
  void imagesHaveTheStatedFormat() {
    assertThat(SHAPES.name()).isEqualTo("shapes10");
    assertThat(SHAPES.classNames())
        .containsExactly(
            "circle",
            "ellipse",
            "triangle",
            "square",
            "star",
            "cross",
            "ring",
            "crescent",
            "heart",
            "arrow");
    assertThat(new int[] {SHAPES.height(), SHAPES.width(), SHAPES.channels(), SHAPES.classes()})
        .containsExactly(32, 32, 3, 10);
  }

  @Test
  void anImageDependsOnlyOnSeedSplitAndIndex() {
    ImageSet images = SHAPES.split(Split.TEST);
    byte[] alone = new byte[images.imageBytes()];

    new ShapePainter().paint(3, new ImageRandom(Bits.of(0, Split.TEST.ordinal(), 1743)), alone, 0);

    int start = 1743 * alone.length;
    assertThat(alone).isEqualTo(Arrays.copyOfRange(images.pixels(), start, start + alone.length));
  }

  @Test
  void anotherSeedMakesOtherImagesAndAnotherHash() {
    Dataset other = Datasets.open("shapes10", 1);

    assertThat(other.sha256()).isNotEqualTo(SHAPES.sha256());
    assertThat(other.split(Split.TEST).pixels()).isNotEqualTo(SHAPES.split(Split.TEST).pixels());
  }

  @Test
  void theHashNamesVersionAndSeed() {
    assertThat(SHAPES.sha256())
        .isEqualTo("ec13fb9875ba39277c5c8155a0f9c30bd4710e904cab7231769f305daee8723e")
        .isEqualTo(Datasets.open("shapes10").sha256());
  }

  @Test
  void coverageOfADiscIsItsArea() {
    Coverage coverage = new Coverage(32);
    coverage.draw(Outline.disc(), Coverage.Placement.of(15.3, 16.8, 9, 9, 0.2));

    long sum = 0;
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        assertThat(coverage.at(x, y)).isBetween(0, Coverage.FULL);
        sum += coverage.at(x, y);
      }
    }
    double polygon = 18 * Math.sin(2 * Math.PI / 36) * 81;
    assertThat((double) sum / Coverage.FULL).isCloseTo(polygon, within(0.3));
    assertThat(coverage.at(15, 16)).isEqualTo(Coverage.FULL);
    assertThat(coverage.at(0, 0)).isZero();
  }

  @Test
  void coverageOutsideTheImageIsCutOff() {
    Coverage coverage = new Coverage(4);
    coverage.draw(Outline.bar(1, 1), Coverage.Placement.of(0, 1, 1.5, 1, 0));

    assertThat(coverage.at(0, 0)).isEqualTo(Coverage.FULL);
    assertThat(coverage.at(1, 1)).isEqualTo(Coverage.FULL / 2);
    assertThat(coverage.at(2, 1)).isZero();
    assertThat(coverage.at(0, 2)).isZero();
  }
}
