package org.netloom.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.ParameterSpec;
import org.netloom.network.Parameters;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

/** Small graphs built by hand, with random parameters, for tests of single operators. */
final class HandMade {
  private final List<Node> nodes = new ArrayList<>();
  private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
  private final SplittableRandom random = new SplittableRandom(7);

  HandMade(FeatureShape input) {
    nodes.add(new Node(0, "input", new Operator.Input(), List.of(), input, List.of(), 0));
  }

  /** Adds an operator without tensors; returns its index. */
  int add(String name, Operator operator, FeatureShape shape, Integer... inputs) {
    return add(name, operator, shape, List.of(), inputs);
  }

  int convolution(String name, Operator.Convolution c, FeatureShape shape, int input) {
    int in = nodes.get(input).shape().channels() / c.groups();
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(weight(name, c.outChannels(), in, c.kernelH(), c.kernelW()));
    if (c.bias()) {
      specs.add(vector(name, c.outChannels(), ParameterSpec.Role.BIAS));
    }
    return add(name, c, shape, specs, input);
  }

  int linear(String name, int out, boolean bias, int input) {
    FeatureShape from = nodes.get(input).shape();
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(weight(name, out, from.channels()));
    if (bias) {
      specs.add(vector(name, out, ParameterSpec.Role.BIAS));
    }
    FeatureShape to = new FeatureShape(out, from.height(), from.width());
    return add(name, new Operator.Linear(out, bias), to, specs, input);
  }

  int norm(String name, Operator norm, int input) {
    FeatureShape shape = nodes.get(input).shape();
    int channels = shape.channels();
    List<ParameterSpec> specs =
        List.of(
            tensor(name + ".weight", ParameterSpec.Role.NORM_WEIGHT, List.of(channels)),
            tensor(name + ".bias", ParameterSpec.Role.NORM_BIAS, List.of(channels)));
    if (norm instanceof Operator.BatchNorm) {
      float[] mean = new float[channels];
      float[] variance = new float[channels];
      for (int i = 0; i < channels; i++) {
        mean[i] = (float) random.nextDouble(-1, 1);
        variance[i] = (float) random.nextDouble(0.1, 2);
      }
      tensors.put(name + ".running_mean", new Tensor(Shape.of(channels), mean));
      tensors.put(name + ".running_var", new Tensor(Shape.of(channels), variance));
    }
    return add(name, norm, shape, specs, input);
  }

  int tokens(String name, Integer... sides) {
    Operator.Tokens tokens = new Operator.Tokens(List.of(sides));
    ParameterSpec spec = tensor(name, ParameterSpec.Role.POSITION, tokens.sides());
    FeatureShape shape = new FeatureShape(tokens.channels(), tokens.rows(), 1);
    return add(name, tokens, shape, List.of(spec));
  }

  int layerScale(String name, int input) {
    FeatureShape shape = nodes.get(input).shape();
    ParameterSpec spec = tensor(name, ParameterSpec.Role.SCALE, List.of(shape.channels(), 1, 1));
    return add(name, new Operator.LayerScale(), shape, List.of(spec), input);
  }

  int position(String name, FeatureShape shape) {
    List<Integer> sides = List.of(1, shape.channels(), shape.height(), shape.width());
    ParameterSpec spec = tensor(name + ".weight", ParameterSpec.Role.POSITION, sides);
    return add(name, new Operator.PositionalEncoding(shape), shape, List.of(spec));
  }

  private int add(
      String name,
      Operator operator,
      FeatureShape shape,
      List<ParameterSpec> specs,
      Integer... inputs) {
    nodes.add(new Node(nodes.size(), name, operator, List.of(inputs), shape, specs, 0));
    return nodes.size() - 1;
  }

  private ParameterSpec weight(String name, Integer... sides) {
    return tensor(name + ".weight", ParameterSpec.Role.WEIGHT, List.of(sides));
  }

  private ParameterSpec vector(String name, int n, ParameterSpec.Role role) {
    return tensor(name + ".bias", role, List.of(n));
  }

  private ParameterSpec tensor(String name, ParameterSpec.Role role, List<Integer> sides) {
    Shape shape = Shape.of(sides.stream().mapToInt(Integer::intValue).toArray());
    float[] data = new float[shape.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextDouble(-1, 1);
    }
    tensors.put(name, new Tensor(shape, data));
    return new ParameterSpec(name, sides, role);
  }

  ComputationalGraph graph() {
    return new ComputationalGraph("hand made", nodes, List.of());
  }

  Parameters parameters() {
    return new Parameters(tensors);
  }

  /** Random images in channel-first order. */
  float[] images(int batch, double scale) {
    float[] images = new float[batch * (int) nodes.getFirst().shape().size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble(-scale, scale);
    }
    return images;
  }
}
