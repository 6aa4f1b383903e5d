package org.netloom.benchmarks;

import java.util.SplittableRandom;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.data.Datasets;
import org.netloom.data.ImageSet;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.GhnConfig;
import org.netloom.ghn.Predictor;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Parameters;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;
import org.netloom.training.Measurement;
import org.netloom.training.Measurer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** What a search does with one candidate of the quick-start space, a GHN-2 at hand. */
public class CandidateBenchmark extends CpuBenchmark {
  /** Which candidate of the space: the n-th that is drawn. */
  @Param({"1", "2", "3"})
  public int candidate;

  private DeepNetsArchitecture architecture;
  private Ghn ghn;
  private Parameters predicted;
  private Measurer measurer;

  @Override
  void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    ghn = Ghn.initialise(GhnConfig.ghn2(32, 64, 5, 10), random);
    Sampler sampler = new Sampler(SearchSpace.quickstart(10));
    for (int i = 0; i < candidate; i++) {
      architecture = sampler.sample(random);
    }
    ImageSet images = Datasets.open("shapes10").split(Split.VALIDATION);
    measurer = Measurer.of(images, Normalisation.of(images), 64, 512);
    predicted = predict();
  }

  /** From the architecture to all its tensors, graph included. */
  @Benchmark
  public Parameters predict() {
    ComputationalGraph graph = GraphBuilder.build(architecture);
    return Predictor.predict(ghn, backend, Predictor.encode(ghn.config(), graph)).parameters();
  }

  /** The accuracy of the network with its predicted tensors on 512 images in batches of 64. */
  @Benchmark
  public Measurement measure() {
    return measurer.measure(
        backend, GraphBuilder.build(architecture), predicted, BatchNormMode.BATCH);
  }
}
