package org.netloom.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.ParameterSpec;
import org.netloom.network.Parameters;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

/** Random tensors for a whole network, of such sizes that signals neither vanish nor explode. */
final class RandomParameters {
  private final SplittableRandom random;
  private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();

  private RandomParameters(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Every trainable tensor, and running statistics if asked for. */
  static Parameters of(ComputationalGraph graph, long seed, boolean statistics) {
    RandomParameters made = new RandomParameters(seed);
    for (Node node : graph.nodes()) {
      node.parameters().forEach(made::add);
      if (statistics && node.operator() instanceof Operator.BatchNorm) {
        List<Integer> channels = List.of(node.shape().channels());
        made.add(node.name() + ".running_mean", channels, -0.3, 0.3);
        made.add(node.name() + ".running_var", channels, 0.5, 1.5);
      }
    }
    return new Parameters(made.tensors);
  }

  private void add(ParameterSpec spec) {
    switch (spec.role()) {
      case WEIGHT -> {
        double bound = Math.sqrt(6.0 * spec.shape().getFirst() / spec.size());
        add(spec.name(), spec.shape(), -bound, bound);
      }
      case NORM_WEIGHT, SCALE -> add(spec.name(), spec.shape(), 0.5, 1.5);
      case BIAS, NORM_BIAS -> add(spec.name(), spec.shape(), -0.3, 0.3);
      case POSITION -> add(spec.name(), spec.shape(), -1, 1);
    }
  }

  private void add(String name, List<Integer> sides, double from, double to) {
    Shape shape = Shape.of(sides.stream().mapToInt(Integer::intValue).toArray());
    float[] data = new float[shape.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextDouble(from, to);
    }
    tensors.put(name, new Tensor(shape, data));
  }
}
