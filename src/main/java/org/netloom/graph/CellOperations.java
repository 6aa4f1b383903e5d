package org.netloom.graph;

import org.jspecify.annotations.Nullable;
import org.netloom.architecture.CellOperation;

/**
 * The operations of a DeepNets-1M cell with their module names. An absent input (null) gives an
 * absent output, but the block's tensors still exist: they are registered as unreachable.
 */
final class CellOperations {
  private final GraphAssembler graph;
  private final boolean batchNorm;

  CellOperations(GraphAssembler graph, boolean batchNorm) {
    this.graph = graph;
    this.batchNorm = batchNorm;
  }

  @Nullable Node apply(String name, CellOperation operation, @Nullable Node x, int c, int stride) {
    return switch (operation) {
      case NONE -> null;
      case MAX_POOL_3X3 ->
          x == null ? null : graph.add(name, new Operator.MaxPool(3, stride, 1), x);
      case AVG_POOL_3X3 ->
          x == null ? null : graph.add(name, new Operator.AveragePool(3, stride, 1), x);
      case SKIP_CONNECT -> stride == 1 ? x : factorised(name, x, c, c);
      case SEP_CONV_3X3 -> separable(name + ".op", x, c, 3, stride);
      case SEP_CONV_5X5 -> separable(name + ".op", x, c, 5, stride);
      case DIL_CONV_3X3 -> dilated(name + ".op", x, c, 3, stride);
      case DIL_CONV_5X5 -> dilated(name + ".op", x, c, 5, stride);
      case CONV_1X1 -> reluConvNorm(name + ".op", x, c, c, 1, stride);
      case CONV_3X3 -> reluConvNorm(name + ".op", x, c, c, 3, stride);
      case CONV_5X5 -> reluConvNorm(name + ".op", x, c, c, 5, stride);
      case CONV_7X7 -> reluConvNorm(name + ".op", x, c, c, 7, stride);
      case CONV_7X1_1X7 -> cross(name + ".op", x, c, stride);
      case MSA -> transformer(name, x, c, stride);
      case CSE -> squeezeExcite(name, x, c, stride);
    };
  }

  @Nullable Node relu(String name, @Nullable Node x) {
    return x == null ? null : graph.add(name, new Operator.Activate(Activation.RELU), x);
  }

  /** Adds the operator, or registers its tensors where its input is absent. */
  private @Nullable Node add(String name, Operator operator, @Nullable Node x, int channels) {
    if (x == null) {
      graph.detach(name, operator, channels);
      return null;
    }
    graph.expectChannels(name, x, channels);
    return graph.add(name, operator, x);
  }

  private static Operator.Convolution square(
      int out, int kernel, int stride, int pad, int dilation, int groups) {
    return new Operator.Convolution(
        out, kernel, kernel, stride, stride, Padding.of(pad), dilation, dilation, groups, false);
  }

  Node conv(
      String name, Node x, int out, int kernel, int stride, int pad, int dilation, int groups) {
    return graph.add(name, square(out, kernel, stride, pad, dilation, groups), x);
  }

  private @Nullable Node norm(String name, @Nullable Node x, int channels) {
    return batchNorm ? add(name, Operator.BatchNorm.DEFAULT, x, channels) : x;
  }

  Node norm(String name, Node x) {
    return batchNorm ? graph.add(name, Operator.BatchNorm.DEFAULT, x) : x;
  }

  /** ReLU, 1×1 convolution, norm: modules 0, 1, 2. */
  @Nullable Node pointwise(String name, @Nullable Node x, int in, int out) {
    return reluConvNorm(name, x, in, out, 1, 1);
  }

  private @Nullable Node reluConvNorm(
      String name, @Nullable Node x, int in, int out, int kernel, int stride) {
    Node y = relu(name + ".0", x);
    y = add(name + ".1", square(out, kernel, stride, kernel / 2, 1, 1), y, in);
    return norm(name + ".2", y, out);
  }

  /** Two 1×1 convolutions of stride 2, the second on the map shifted by one pixel. */
  @Nullable Node factorised(String name, @Nullable Node x, int in, int out) {
    Node y = relu(name + ".relu", x);
    int odd = x == null ? 0 : x.shape().height() % 2;
    int oddWidth = x == null ? 0 : x.shape().width() % 2;
    Operator.Convolution plain = square(out / 2, 1, 2, 0, 1, 1);
    Operator.Convolution shifted =
        new Operator.Convolution(
            out - out / 2, 1, 1, 2, 2, new Padding(-1, -1, odd, oddWidth), 1, 1, 1, false);
    Node first = add(name + ".conv_1", plain, y, in);
    Node second = add(name + ".conv_2", shifted, y, in);
    Node both =
        first == null || second == null
            ? null
            : graph.add(name + ".concat", new Operator.Concat(), first, second);
    return norm(name + ".bn", both, out);
  }

  private @Nullable Node separable(String name, @Nullable Node x, int c, int kernel, int stride) {
    Node y = relu(name + ".0", x);
    y = add(name + ".1", square(c, kernel, stride, kernel / 2, 1, c), y, c);
    y = norm(name + ".3", add(name + ".2", square(c, 1, 1, 0, 1, 1), y, c), c);
    y = relu(name + ".4", y);
    y = add(name + ".5", square(c, kernel, 1, kernel / 2, 1, c), y, c);
    return norm(name + ".7", add(name + ".6", square(c, 1, 1, 0, 1, 1), y, c), c);
  }

  private @Nullable Node dilated(String name, @Nullable Node x, int c, int kernel, int stride) {
    Node y = relu(name + ".0", x);
    y = add(name + ".1", square(c, kernel, stride, kernel - 1, 2, c), y, c);
    return norm(name + ".3", add(name + ".2", square(c, 1, 1, 0, 1, 1), y, c), c);
  }

  /** 1×7 then 7×1. */
  private @Nullable Node cross(String name, @Nullable Node x, int c, int stride) {
    Operator.Convolution row =
        new Operator.Convolution(c, 1, 7, 1, stride, Padding.of(0, 3), 1, 1, 1, false);
    Operator.Convolution column =
        new Operator.Convolution(c, 7, 1, stride, 1, Padding.of(3, 0), 1, 1, 1, false);
    Node y = add(name + ".1", row, relu(name + ".0", x), c);
    return norm(name + ".3", add(name + ".2", column, y, c), c);
  }

  /** Pre-norm transformer block on the map's positions, 8 heads. */
  private @Nullable Node transformer(String name, @Nullable Node x, int c, int stride) {
    int heads = 8;
    int size = c / heads;
    int inner = heads * size;
    Node y = add(name + ".ln1", Operator.LayerNorm.DEFAULT, x, c);
    y = add(name + ".to_qkv", new Operator.Linear(3 * inner, false), y, c);
    y = add(name + ".attend", new Operator.Attention(heads, size), y, 3 * inner);
    y = add(name + ".to_out.0", new Operator.Linear(c, true), y, inner);
    Node middle =
        x == null || y == null ? null : graph.add(name + ".sum1", new Operator.Sum(), y, x);
    y = add(name + ".ln2", Operator.LayerNorm.DEFAULT, middle, c);
    y = add(name + ".ff.net.0", new Operator.Linear(c, true), y, c);
    y = add(name + ".ff.net.1", new Operator.Activate(Activation.GELU), y, c);
    y = add(name + ".ff.net.3", new Operator.Linear(c, true), y, c);
    Node sum =
        middle == null || y == null
            ? null
            : graph.add(name + ".sum2", new Operator.Sum(), y, middle);
    return subsample(name, sum, stride);
  }

  /** Channel gates from the spatial means. */
  private @Nullable Node squeezeExcite(String name, @Nullable Node x, int c, int stride) {
    Node y = add(name + ".pool", new Operator.AdaptiveAveragePool(1, 1), x, c);
    y = add(name + ".fc1", new Operator.Linear(c / 2, true), y, c);
    y = add(name + ".relu", new Operator.Activate(Activation.RELU), y, c / 2);
    y = add(name + ".fc2", new Operator.Linear(c, true), y, c / 2);
    y = add(name + ".act", new Operator.Activate(Activation.HARD_SWISH), y, c);
    Node scaled =
        x == null || y == null
            ? null
            : graph.add(name + ".scale", new Operator.ChannelScale(), x, y);
    return subsample(name, scaled, stride);
  }

  private @Nullable Node subsample(String name, @Nullable Node x, int stride) {
    return x == null || stride == 1
        ? x
        : graph.add(name + ".subsample", new Operator.Subsample(stride), x);
  }
}
