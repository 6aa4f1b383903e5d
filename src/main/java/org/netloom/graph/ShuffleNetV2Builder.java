package org.netloom.graph;

import java.util.List;
import org.netloom.architecture.PresetArchitecture;

/**
 * Channel split, one transformed half, concatenation and channel shuffle (Ma et al. 2018). Small
 * images take no max-pool.
 */
final class ShuffleNetV2Builder {
  private static final int STEM = 24;
  private static final List<Integer> REPEATS = List.of(4, 8, 4);

  private final Modules net;
  private final List<Integer> widths;
  private final int last;

  /**
   * A family member.
   *
   * @param width output channels of the first stage, doubled in each further one
   * @param last channels of the last convolution
   */
  ShuffleNetV2Builder(PresetArchitecture preset, int width, int last) {
    this.net = new Modules(preset, Operator.BatchNorm.DEFAULT);
    this.widths = List.of(width, 2 * width, 4 * width);
    this.last = last;
  }

  ComputationalGraph build() {
    Node x = net.convNormActivate("conv1", net.input(), STEM, 3, 2, 1, Activation.RELU);
    if (!net.small()) {
      x = net.maxPool("maxpool", x, 3, 2, 1);
    }
    int cell = 0;
    for (int stage = 0; stage < REPEATS.size(); stage++) {
      for (int i = 0; i < REPEATS.get(stage); i++) {
        net.cell(cell++);
        String name = "stage" + (stage + 2) + "." + i;
        int half = widths.get(stage) / 2;
        x = i == 0 ? down(name, x, half) : block(name, x, half);
      }
    }
    x = net.convNormActivate("conv5", x, last, 1, 1, 1, Activation.RELU);
    return net.finish(net.linear("fc", net.globalAverage("avgpool", x), net.classes()));
  }

  /** Both branches read the whole map and halve it. */
  private Node down(String name, Node x, int half) {
    int in = x.shape().channels();
    Node left = net.conv(name + ".branch1.0", x, in, 3, 2, in);
    left = net.norm(name + ".branch1.1", left);
    left = net.norm(name + ".branch1.3", net.conv(name + ".branch1.2", left, half, 1, 1, 1));
    left = net.relu(name + ".branch1.4", left);
    return shuffle(name, left, branch(name + ".branch2", x, half, 2));
  }

  /** One half of the channels passes unchanged. */
  private Node block(String name, Node x, int half) {
    Node left = net.add(name + ".chunk1", new Operator.ChannelSlice(0, half), x);
    Node right = net.add(name + ".chunk2", new Operator.ChannelSlice(half, half), x);
    return shuffle(name, left, branch(name + ".branch2", right, half, 1));
  }

  private Node branch(String name, Node x, int out, int stride) {
    Node y = net.convNormActivate(name, x, out, 1, 1, 1, Activation.RELU);
    y = net.norm(name + ".4", net.conv(name + ".3", y, out, 3, stride, out));
    y = net.norm(name + ".6", net.conv(name + ".5", y, out, 1, 1, 1));
    return net.relu(name + ".7", y);
  }

  private Node shuffle(String name, Node left, Node right) {
    Node both = net.concat(name + ".concat", List.of(left, right));
    return net.add(name + ".shuffle", new Operator.ChannelShuffle(2), both);
  }
}
