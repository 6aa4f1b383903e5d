package org.netloom.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.netloom.data.Augmentation;
import org.netloom.network.Decorrelation;
import org.netloom.optim.AdamW;
import org.netloom.optim.Sgd;

/** The figures are those of the published code and results of Knyazev et al. 2021 and 2022. */
class TrainingProtocolTest {
  private static TrainingSettings of(String name) {
    return TrainingProtocol.named(name).settings();
  }

  @Test
  void theUsualProtocolIsThatOfThePublishedTables() {
    TrainingSettings usual = of("cifar10");
    assertThat(usual.epochs()).isEqualTo(50);
    assertThat(usual.batch()).isEqualTo(96);
    assertThat(usual.rate()).isEqualTo(LearningRate.cosine(0.025f));
    assertThat(usual.optimiser()).isEqualTo(new Sgd(0.9f, 3e-4f, 5f));
    assertThat(usual.smoothing()).isZero();
    assertThat(usual.dropPath()).isZero();
    assertThat(usual.auxiliary()).isZero();
    assertThat(usual).isEqualTo(TrainingSettings.published(50, 0));
  }

  @Test
  void theLongProtocolAddsCutoutDropPathAndAnAuxiliaryHead() {
    assertThat(of("cifar10-nas"))
        .isEqualTo(
            of("cifar10")
                .withEpochs(600)
                .withAugmentation(new Augmentation(4, true, 16, 0))
                .withCells(0.2f, 0.4f));
  }

  @Test
  void theProtocolOfLargeImagesFallsExponentially() {
    TrainingSettings imagenet = of("imagenet");
    assertThat(imagenet.epochs()).isEqualTo(250);
    assertThat(imagenet.batch()).isEqualTo(128);
    assertThat(imagenet.rate())
        .isEqualTo(new LearningRate(0.1f, LearningRate.Form.EXPONENTIAL, 0.97f));
    assertThat(imagenet.optimiser()).isEqualTo(new Sgd(0.9f, 3e-5f, 5f));
    assertThat(imagenet.smoothing()).isEqualTo(0.1f);
    assertThat(imagenet.augmentation()).isEqualTo(new Augmentation(0, true, true, 0, 0));
  }

  @Test
  void fewShotsTakeAHundredImagesOfEachClassANewClassifierAndATunedRate() {
    TrainingProtocol few = TrainingProtocol.named("few-shot");
    assertThat(few.shots()).isEqualTo(100);
    assertThat(few.newClassifier()).isTrue();
    assertThat(few.tuned()).isTrue();
    assertThat(few.settings()).isEqualTo(of("cifar10").withOptimiser(new Sgd(0.9f, 1e-3f, 5f)));
  }

  @Test
  void predictedWeightsAreMadeOrthogonalAndTrainedForThreeHundredEpochs() {
    assertThat(of("predicted-resnet50").epochs()).isEqualTo(300);
    assertThat(of("predicted-resnet50").rate().first()).isEqualTo(0.01f);
    assertThat(of("predicted-resnet50").optimiser()).isEqualTo(new Sgd(0.9f, 0.01f, 5f));
    assertThat(TrainingProtocol.named("predicted-resnet50").changes())
        .contains(new Decorrelation(3e-5f, true, 37, 0, 0));
    assertThat(of("predicted-convnext").epochs()).isEqualTo(300);
    assertThat(of("predicted-convnext").batch()).isEqualTo(48);
    assertThat(of("predicted-convnext").rate().first()).isEqualTo(1e-3f);
    assertThat(of("predicted-convnext").optimiser()).isEqualTo(new AdamW(0.1f, 5f));
    assertThat(TrainingProtocol.named("predicted-convnext").changes())
        .contains(new Decorrelation(3e-5f, true, 94, 0, 0));
  }

  @Test
  void anUnknownNameIsToldWithTheKnownOnes() {
    assertThatThrownBy(() -> TrainingProtocol.named("cifar"))
        .hasMessageContaining("(cifar)")
        .hasMessageContaining("cifar10, cifar10-nas, imagenet, few-shot");
  }
}
