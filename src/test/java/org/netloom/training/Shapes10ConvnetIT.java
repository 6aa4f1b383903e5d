package org.netloom.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.data.Augmentation;
import org.netloom.data.Dataset;
import org.netloom.data.Datasets;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Initialisation;
import org.netloom.tensor.Backend;
import org.netloom.tensor.cpu.CpuBackend;

/** That {@code shapes10} can be learned: a small convnet trained to the end passes 90 %. */
class Shapes10ConvnetIT {
  private static final int EPOCHS = 10;

  /** Four cells of 3x3 convolutions, 16 to 64 channels wide: 7.3 M multiply-adds. */
  private static final String CONVNET =
      """
      {"kind":"deepnets1m","C":16,"n_cells":4,"ks":3,"norm":"bnorm","stem_type":0,"stem_pool":true,
       "preproc":true,"C_mult":2,"fc_layers":1,"fc_dim":64,"glob_avg":true,"genotype":{
       "normal":[["conv_3x3",0],["conv_3x3",1]],"normal_concat":[2],
       "reduce":[["conv_3x3",0],["conv_3x3",1]],"reduce_concat":[2]},
       "classes":10,"input":"3x32x32"}\
      """;

  @Test
  void aSmallConvnetTrainedToTheEndPassesNinetyPercent() throws Exception {
    Dataset shapes = Datasets.open("shapes10");
    ComputationalGraph graph = GraphBuilder.build(ArchitectureReader.read(CONVNET).architecture());
    TrainingSettings settings =
        TrainingSettings.published(EPOCHS, 1)
            .withRate(LearningRate.cosine(0.05f))
            .withAugmentation(Augmentation.none());
    int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
    try (Backend backend = CpuBackend.of(threads)) {
      FineTuner.Outcome outcome =
          FineTuner.tune(
              backend,
              graph,
              Initialisation.random(graph, 1),
              shapes,
              settings,
              FineTuner.Listener.none(),
              null);

      assertThat(outcome).isInstanceOf(FineTuner.Tuned.class);
      Measurement test =
          Measurer.of(shapes.split(Split.TEST), Normalisation.of(shapes.split(Split.TRAIN)))
              .measure(
                  backend, graph, ((FineTuner.Tuned) outcome).parameters(), BatchNormMode.RUNNING);
      assertThat(test.accuracy()).as("test accuracy").isGreaterThan(0.90);
    }
  }
}
