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
    "TRAIN, 10000, 891ae67a953e02d5f88259529411d09b1c2579924c5cd282988610bb2a4c28e6",
    "VALIDATION, 2000, 50760db573cf833b12ae22fd596d3122e971060255210894f835d8a7cbe7cfcc",
    "TEST, 2000, 6ac6c34abf997b2bfa50b1c2a40240c6925fe4f71750fe96d3ada9c1d825c4df",
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
        .isEqualTo("9ac369360b8bd78fa1d101bec94fa72b48f84579222a57cb841b1eda23caed45")
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
