package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.config.InputException;

class DatasetsTest {

  @ParameterizedTest
  @CsvSource({
    "shape10, shapes10",
    "shapes10:data, shapes10",
    "Cifar:data, cifar10:data",
    "cifar10, cifar10:DIR",
    "mnist:data, idx:data",
    "folders:data, folder:data",
  })
  void anUnknownSpecNamesTheAllowedFormsAndTheOneThatWasMaybeMeant(String spec, String meant) {
    assertThatThrownBy(() -> Datasets.open(spec))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("(" + spec + ")")
        .hasMessageContaining("idx:DIR (MNIST family)")
        .hasMessageEndingWith("Maybe '" + meant + "'?");
  }

  @Test
  void aFolderWithoutItsKindIsMaybeAnImageFolder(@TempDir Path folder) {
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("Maybe 'folder:" + folder + "'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "imagenet", ":", "imagenet:data"})
  void withoutALikelyMeaningThereIsNoAdvice(String spec) {
    assertThatThrownBy(() -> Datasets.open(spec))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Allowed: shapes10")
        .hasMessageNotContaining("Maybe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cifar10:nowhere/at/all", "idx:nowhere/at/all", "folder:nowhere/at/all"})
  void aMissingFolderIsNamed(String spec) {
    assertThatThrownBy(() -> Datasets.open(spec))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such folder")
        .hasMessageContaining("nowhere");
  }

  @Test
  void anySetCanBeResized() {
    Dataset small = Datasets.open("shapes10", 16, 8);
    ImageSet images = small.split(Split.TEST);

    assertThat(new int[] {small.height(), small.width()}).containsExactly(16, 8);
    assertThat(new int[] {images.size(), images.height(), images.width()})
        .containsExactly(2000, 16, 8);
    assertThat(Normalisation.of(images).mean()[0]).isBetween(0.4f, 0.6f);
  }

  @Test
  void aSizeOfNothingIsRefused() {
    assertThatThrownBy(() -> Datasets.open("shapes10", 0, 8))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("(0x8)");
  }

  @Test
  void splitsAreLoadedOnce() {
    Dataset shapes = Datasets.open("shapes10");

    assertThat(shapes.split(Split.TEST)).isSameAs(shapes.split(Split.TEST));
  }

  @Test
  void splitsHaveLabels() {
    assertThat(Split.of("validation")).isEqualTo(Split.VALIDATION);
    assertThat(Split.TRAIN.label()).isEqualTo("train");
    assertThatThrownBy(() -> Split.of("val"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("(val)")
        .hasMessageEndingWith("Maybe 'validation'?");
  }
}
