package org.netloom.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Node;
import org.netloom.graph.ParameterSpec;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

/**
 * Random initial parameters by the field's standard defaults (those of PyTorch's layers):
 *
 * <ul>
 *   <li>weights of convolutions and linear layers: U(−1/√f, 1/√f) with fan-in f = in/groups·kh·kw,
 *       which is Kaiming-uniform √(6/((1 + a²)·f)) with a = √5 (He et al., "Delving deep into
 *       rectifiers", ICCV 2015, equation 10 for a rectifier of slope a);
 *   <li>their biases: U(−1/√f, 1/√f) with the fan-in of their weight (LeCun et al., "Efficient
 *       BackProp", 1998);
 *   <li>batch and layer norm: weight 1, bias 0;
 *   <li>positional encodings: N(0, 0.02²) (Dosovitskiy et al., "An image is worth 16x16 words",
 *       2021, in its published code), and so tokens and biases of offsets;
 *   <li>layer scale: 1e-6 (Liu et al., "A ConvNet for the 2020s", 2022, appendix A).
 * </ul>
 *
 * <p>The values of a tensor depend on the seed, its name, its shape and its fan-in only: not on
 * other tensors or their order.
 */
public final class Initialisation {
  private static final float LAYER_SCALE = 1e-6f;
  private static final double POSITION_DEVIATION = 0.02;

  private Initialisation() {}

  /** All trainable tensors of a network, in node order. */
  public static Parameters random(ComputationalGraph graph, long seed) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      for (ParameterSpec spec : node.parameters()) {
        tensors.put(spec.name(), tensor(node, spec, seed));
      }
    }
    return new Parameters(tensors);
  }

  private static Tensor tensor(Node node, ParameterSpec spec, long seed) {
    int[] sides = spec.shape().stream().mapToInt(Integer::intValue).toArray();
    float[] values = new float[Math.toIntExact(spec.size())];
    SplittableRandom random = RandomStreams.of(seed, spec.name());
    switch (spec.role()) {
      case WEIGHT, BIAS -> uniform(values, 1 / StrictMath.sqrt(fanIn(node)), random);
      case NORM_WEIGHT -> Arrays.fill(values, 1f);
      case NORM_BIAS -> {}
      case SCALE -> Arrays.fill(values, LAYER_SCALE);
      case POSITION -> RandomStreams.normal(values, POSITION_DEVIATION, random);
    }
    return new Tensor(Shape.of(sides), values);
  }

  /** Inputs of one output value: all sides of the node's weight but the first. */
  private static long fanIn(Node node) {
    List<Integer> weight = node.parameters().getFirst().shape();
    return weight.stream().skip(1).mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  private static void uniform(float[] values, double bound, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
  }
}
