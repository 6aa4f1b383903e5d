package org.netloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.netloom.config.InputException;
import org.netloom.config.YamlReader;
import org.netloom.data.Augmentation;
import org.netloom.data.Dataset;
import org.netloom.data.SmallShapes;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.GhnConfig;
import org.netloom.ghn.GhnFile;
import org.netloom.ghn.GhnTraining;
import org.netloom.network.Decorrelation;
import org.netloom.optim.AdamW;
import org.netloom.training.LearningRate;
import org.netloom.training.TrainingProtocol;
import org.netloom.training.TrainingSettings;

class RunConfigTest {
  private static RunConfig read(String text, String... overrides) {
    return YamlReader.parse("run.yaml", text, List.of(overrides), RunConfigReader::read);
  }

  @Test
  void theEffectiveConfigurationReadsBackAsItself() {
    RunConfig config =
        read(
            """
            data: folder:photos
            space: {channels: [8, 12], operations: [conv_3x3, skip_connect]}
            constraints: {macs: {max: 4M}}
            ghn: {train: {steps: 77, hidden: 16}}
            search: {population: 6, evaluations: 30}
            finetune: {top: 2, epochs: 1, compare_random: false}
            export: {formats: [onnx]}
            """);

    RunConfig again = read(config.effective());

    assertThat(again.effective()).isEqualTo(config.effective());
    assertThat(again.handOff()).isEqualTo(config.handOff());
    assertThat(again.ghn()).isEqualTo(config.ghn());
    assertThat(again.formats()).isEqualTo(config.formats());
    assertThat(again.constraints()).isEqualTo(config.constraints());
  }

  @Test
  void aProtocolStandsForItsFiguresAndSingleKeysReplaceThem() {
    RunConfig config =
        read(
            """
            finetune: {protocol: cifar10-nas, epochs: 20, optimizer: adamw, schedule: exponential,
              rate_factor: 0.9, clip: 0, orthogonal: true, from_layer: 2}
            """);
    TrainingSettings training = config.handOff().training();
    TrainingSettings protocol = TrainingProtocol.named("cifar10-nas").settings();
    assertThat(training)
        .isEqualTo(
            protocol
                .withEpochs(20)
                .withOptimiser(new AdamW(3e-4f, 0))
                .withRate(new LearningRate(0.025f, LearningRate.Form.EXPONENTIAL, 0.9f)));
    assertThat(config.handOff().changes()).contains(new Decorrelation(0, true, 2, 0, 0));
    assertThat(read(config.effective()).handOff()).isEqualTo(config.handOff());
    for (TrainingProtocol named : TrainingProtocol.ALL) {
      if (named.shots() == 0) {
        HandOff expanded = read("finetune: {protocol: %s}".formatted(named.name())).handOff();
        assertThat(expanded.training()).isEqualTo(named.settings());
        assertThat(expanded.changes()).isEqualTo(named.changes());
      }
    }
  }

  @Test
  void imagesAreChangedAsATruthValueOrANameSays() {
    for (Augmentation.Kind kind : Augmentation.Kind.values()) {
      String key = "augment: " + kind.value();
      RunConfig config = read("finetune: {%s, cutout: 3}\nghn: {train: {%s}}".formatted(key, key));
      assertThat(config.handOff().training().augmentation()).isEqualTo(kind.with(3, 0));
      assertThat(RunConfigReader.training(config).augment()).isEqualTo(kind);
      assertThat(config.effective().lines().filter(line -> line.endsWith(key))).hasSize(2);
      assertThat(read(config.effective()).handOff()).isEqualTo(config.handOff());
    }
    assertThat(read("finetune: {augment: Yes}").handOff().training().augmentation())
        .isEqualTo(Augmentation.standard(0));
    assertThatThrownBy(() -> read("finetune: {augment: imagenett}\nghn: {train: {augment: 1}}"))
        .hasMessageContaining("finetune.augment: unknown augmentation 'imagenett'")
        .hasMessageContaining("ghn.train.augment: unknown augmentation '1'")
        .hasMessageContaining("Allowed: false, true, imagenet")
        .hasMessageContaining("Maybe 'imagenet'?");
  }

  @Test
  void figuresThatDoNotBelongTogetherAreTold() {
    assertThatThrownBy(
            () ->
                read("finetune: {optimizer: adamw, momentum: 0.5, rate_factor: 0.9, protocol: x}"))
        .hasMessageContaining("finetune.momentum: belongs to the optimizer 'sgd' alone")
        .hasMessageContaining("finetune.rate_factor: belongs to the schedule 'exponential' alone")
        .hasMessageContaining("finetune.protocol: unknown protocol 'x'");
  }

  @Test
  void aNameOrAFileMayStandForTheHypernetwork() {
    assertThat(read("ghn: shapes10").ghn()).isEqualTo(new GhnChoice.Named("shapes10"));
    assertThat(read("ghn: runs/x/ghn.safetensors").ghn())
        .isEqualTo(new GhnChoice.Named("runs/x/ghn.safetensors"));
    assertThat(read("data: shapes10").ghn()).isEqualTo(new GhnChoice.Named("shapes10"));
  }

  @Test
  void theLargestDecodedKernelFollowsFromTheSpace() {
    assertThat(kernel("{operations: [conv_1x1, conv_3x3], stem: {kernel: 3}}")).isEqualTo(3);
    assertThat(kernel("{operations: [sep_conv_5x5], stem: {kernel: 3}}")).isEqualTo(5);
    assertThat(kernel("{operations: [conv_3x3, conv_7x1_1x7], stem: {kernel: 3}}")).isEqualTo(7);
    assertThat(kernel("{operations: [conv_3x3], stem: {kernel: [3, 9]}}")).isEqualTo(9);
  }

  @Test
  void aTrainingOnASplitTakesThePublishedKernelNoCurriculumAndItsMilestones() {
    RunConfig config =
        read("ghn: {train: {networks: 'split:train', steps: 9, milestones: [3, 6]}}");
    GhnTraining training = RunConfigReader.training(config);
    assertThat(training.networks()).isEqualTo("split:train");
    assertThat(training.maxKernel()).isEqualTo(11);
    assertThat(training.curriculum()).isZero();
    assertThat(training.milestones()).containsExactly(3, 6);
    assertThat(RunConfigReader.training(read(config.effective()))).isEqualTo(training);
    RunConfig large = read("{space: {input: 3x224x224}, ghn: {train: {networks: 'split:train'}}}");
    assertThat(RunConfigReader.training(large).maxKernel()).isEqualTo(16);
  }

  @Test
  void kernelsBeyondTheHypernetworksAreNotedAndNotRefused() {
    Dataset data = SmallShapes.of(20, 10);
    GhnFile.Loaded ghn =
        new GhnFile.Loaded(
            Ghn.initialise(GhnConfig.ghn2(8, 8, 5, 10), new SplittableRandom(1)),
            Optional.empty(),
            "");
    RunConfig large = read("space: {operations: [conv_7x7, conv_3x3]}").forData(data);
    assertThat(GhnFit.problem(large, data, ghn)).isEmpty();
    assertThat(GhnFit.note(large, ghn).orElseThrow())
        .contains("has kernels of 7", "predicts is 5", "repeat it");
    RunConfig small = read("space: {operations: [conv_5x5, conv_3x3]}").forData(data);
    assertThat(GhnFit.note(small, ghn)).isEmpty();
  }

  private static int kernel(String space) {
    GhnTraining training =
        RunConfigReader.training(read("space: %s%nghn: {train: {}}".formatted(space)));
    return training.maxKernel();
  }

  @Test
  void allProblemsAreToldAtOnceWithTheirPlaces() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    ghn: {trian: {steps: 5}}
                    finetune: {top: 0, epochs: many}
                    export: {formats: [onix]}
                    """))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("run.yaml:1:7: ghn.trian: unknown key 'trian'")
        .hasMessageContaining("Maybe 'train'?")
        .hasMessageContaining("run.yaml:2:17: finetune.top: (0) is out of range")
        .hasMessageContaining("run.yaml:2:28: finetune.epochs: expected a whole number")
        .hasMessageContaining("export.formats")
        .hasMessageContaining("unknown format 'onix'")
        .hasMessageContaining("Maybe 'onnx'?")
        .hasMessageContaining("Nothing was run.");
  }

  @Test
  void theDataSetGivesTheNumberOfClassesUnlessTheFileNamesIt() {
    Dataset data = SmallShapes.of(20, 10);
    assertThat(read("space: {channels: 8}").forData(data).space().classes()).isEqualTo(10);
    assertThatThrownBy(() -> read("space: {classes: 7}").forData(data))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("space.classes is (7)")
        .hasMessageContaining("(10) classes");
  }
}
