package org.netloom.graph;

import java.util.List;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;

/**
 * Builds preset networks module by module, under the module names of their published definitions.
 * Weights, shapes and names are those that torchvision's networks have.
 */
final class Modules {
  /** Largest side of an image that takes a network's small-image form. */
  private static final int LARGEST_SMALL_IMAGE = 64;

  private final GraphAssembler graph;
  private final Operator.BatchNorm norm;
  private final int classes;
  private final boolean small;

  Modules(PresetArchitecture preset, Operator.BatchNorm norm) {
    InputShape in = preset.input();
    this.graph =
        new GraphAssembler(preset.name(), new FeatureShape(in.channels(), in.height(), in.width()));
    this.norm = norm;
    this.classes = preset.classes();
    this.small = Math.max(in.height(), in.width()) <= LARGEST_SMALL_IMAGE;
  }

  /** The image. */
  Node input() {
    return graph.input();
  }

  /** Number of classes of the head. */
  int classes() {
    return classes;
  }

  /** Whether the network takes its small-image form. */
  boolean small() {
    return small;
  }

  /** The next cell begins: a block whose tensors belong together. */
  void cell(int index) {
    graph.cell(index);
  }

  Node add(String name, Operator operator, Node... inputs) {
    return graph.add(name, operator, inputs);
  }

  /** A square convolution without bias, padded to keep the size at stride 1. */
  Node conv(String name, Node x, int out, int kernel, int stride, int groups) {
    return conv(name, x, out, kernel, stride, kernel / 2, groups, false);
  }

  Node conv(
      String name, Node x, int out, int kernel, int stride, int padding, int groups, boolean bias) {
    return add(
        name,
        new Operator.Convolution(
            out, kernel, kernel, stride, stride, Padding.of(padding), 1, 1, groups, bias),
        x);
  }

  Node norm(String name, Node x) {
    return add(name, norm, x);
  }

  Node layerNorm(String name, Node x, float epsilon) {
    return add(name, new Operator.LayerNorm(epsilon), x);
  }

  Node activate(String name, Activation activation, Node x) {
    return add(name, new Operator.Activate(activation), x);
  }

  Node relu(String name, Node x) {
    return activate(name, Activation.RELU, x);
  }

  /** Convolution, norm and activation as modules 0, 1 and 2. */
  Node convNormActivate(
      String name, Node x, int out, int kernel, int stride, int groups, Activation activation) {
    Node y = conv(name + ".0", x, out, kernel, stride, groups);
    return activate(name + ".2", activation, norm(name + ".1", y));
  }

  Node maxPool(String name, Node x, int kernel, int stride, int padding) {
    return add(name, new Operator.MaxPool(kernel, stride, padding), x);
  }

  Node globalAverage(String name, Node x) {
    return add(name, new Operator.GlobalAveragePool(), x);
  }

  Node linear(String name, Node x, int out) {
    return add(name, new Operator.Linear(out, true), x);
  }

  /** A transformer's two layers with GELU between, as modules 0, 1 and 3. */
  Node mlp(String name, Node x, int hidden) {
    Node y = activate(name + ".1", Activation.GELU, linear(name + ".0", x, hidden));
    return linear(name + ".3", y, x.shape().channels());
  }

  Node dropout(String name, Node x, double probability) {
    return add(name, new Operator.Dropout((float) probability), x);
  }

  /**
   * A residual branch that training may skip, with a probability that rises from 0 at the first
   * block to {@code most} at {@code last}.
   */
  Node depth(String name, Node x, double most, int block, double last) {
    float probability = (float) (most * block / last);
    return probability == 0 ? x : add(name, new Operator.StochasticDepth(probability), x);
  }

  Node sum(String name, Node... parts) {
    return add(name, new Operator.Sum(), parts);
  }

  /** The only part, or the concatenation of several. */
  Node concat(String name, List<Node> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : add(name, new Operator.Concat(), parts.toArray(Node[]::new));
  }

  /**
   * Channel gates from the spatial means, through a narrow layer (Hu et al. 2018), as torchvision
   * builds them: both layers are 1×1 convolutions with bias.
   */
  Node squeezeExcite(String name, Node x, int squeezed, Activation inner, Activation gate) {
    Node y = add(name + ".avgpool", new Operator.AdaptiveAveragePool(1, 1), x);
    y = conv(name + ".fc1", y, squeezed, 1, 1, 0, 1, true);
    y = activate(name + ".activation", inner, y);
    y = conv(name + ".fc2", y, x.shape().channels(), 1, 1, 0, 1, true);
    y = activate(name + ".scale_activation", gate, y);
    return add(name + ".scale", new Operator.ChannelScale(), x, y);
  }

  /** The graph of everything that reaches the output. */
  ComputationalGraph finish(Node output) {
    return graph.finish(output);
  }

  /** Rounds channels to a multiple of eight, at most a tenth down (Sandler et al. 2018). */
  static int divisible(double channels) {
    int rounded = Math.max(8, (int) (channels + 4) / 8 * 8);
    return rounded < 0.9 * channels ? rounded + 8 : rounded;
  }
}
