package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netloom.config.InputException;

class ChosenImagesTest {
  private static final int[] LABELS = {1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1};

  /** Images of one pixel whose three channels are their number. */
  private static final Dataset DATA =
      new LoadedDataset("few", List.of("zero", "one"), 1, 1, ChosenImagesTest::images);

  private static ImageSet images(Split split) {
    byte[] pixels = new byte[3 * LABELS.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (100 * split.ordinal() + i / 3);
    }
    return new ImageSet(2, 3, 1, 1, pixels, LABELS);
  }

  private static List<Integer> numbers(ImageSet images) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      numbers.add(images.pixels()[3 * i] & 0xff);
      assertThat(images.label(i)).isEqualTo(LABELS[numbers.getLast() % 100]);
    }
    return numbers;
  }

  @Test
  void fewShotsAreTheFirstImagesOfEachClassInFileOrder() {
    Dataset few = ChosenImages.fewShot(DATA, 2);
    assertThat(numbers(few.split(Split.TRAIN))).containsExactly(0, 1, 2, 4);
    assertThat(few.split(Split.VALIDATION)).isSameAs(DATA.split(Split.VALIDATION));
    assertThat(few.split(Split.TEST)).isSameAs(DATA.split(Split.TEST));
    assertThat(few.classNames()).isEqualTo(DATA.classNames());
  }

  @Test
  void aClassWithTooFewImagesIsNamed() {
    assertThat(ChosenImages.fewShot(DATA, 5).split(Split.TRAIN).size()).isEqualTo(10);
    assertThatThrownBy(() -> ChosenImages.fewShot(DATA, 6))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Class 'zero'")
        .hasMessageContaining("(5) training images, not (6)");
  }

  @Test
  void theLastImagesOfEachClassAreHeldOut() {
    Dataset held = ChosenImages.holdOut(DATA, 3);
    assertThat(numbers(held.split(Split.VALIDATION))).containsExactly(10, 11, 12);
    assertThat(numbers(held.split(Split.TRAIN))).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThatThrownBy(() -> ChosenImages.holdOut(DATA, 9))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("too few training images (13)");
  }

  @Test
  void everyChoiceHasItsOwnIdentity() {
    List<String> all =
        new ArrayList<>(List.of(DATA.sha256(), ChosenImages.holdOut(DATA, 3).sha256()));
    for (int shots : new int[] {1, 2}) {
      all.add(ChosenImages.fewShot(DATA, shots).sha256());
    }
    assertThat(all).doesNotHaveDuplicates();
    assertThat(ChosenImages.fewShot(DATA, 2).sha256()).isEqualTo(all.getLast());
  }
}
