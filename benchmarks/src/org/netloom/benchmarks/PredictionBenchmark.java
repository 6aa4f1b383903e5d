package org.netloom.benchmarks;

import java.util.SplittableRandom;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.architecture.InputShape;
import org.netloom.deepnets.NetworkSet;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.GhnConfig;
import org.netloom.ghn.Predictor;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.Parameters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * All parameters of a network for CIFAR-10 images, graph included, by a GHN-2 of the published size
 * (32 hidden values, blocks of up to 64×64×11×11).
 */
public class PredictionBenchmark extends CpuBenchmark {
  /** A preset, or a training network of DeepNets-1M by its index. */
  @Param({"resnet50", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"})
  public String network;

  private Architecture architecture;
  private Ghn ghn;

  @Override
  void prepare() {
    ghn = Ghn.initialise(GhnConfig.ghn2(32, 64, 11, 10), new SplittableRandom(1));
    architecture =
        Character.isDigit(network.charAt(0))
            ? NetworkSet.open("train")
                .network(Integer.parseInt(network))
                .architecture(10, InputShape.CIFAR)
            : ArchitectureReader.read(network).architecture().with(10, InputShape.CIFAR);
  }

  /** From the architecture to all its tensors, graph included. */
  @Benchmark
  public Parameters predict() {
    return Predictor.predict(
            ghn, backend, Predictor.encode(ghn.config(), GraphBuilder.build(architecture)))
        .parameters();
  }
}
