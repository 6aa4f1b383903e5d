package org.netloom.graph;

import java.util.List;
import org.netloom.architecture.PresetArchitecture;

/**
 * Attention in windows of 7×7 positions that shift by three in every other block (Liu et al. 2021).
 * Maps are padded with zeros to whole windows; a side of one window does not shift.
 */
final class SwinBuilder {
  private static final int PATCH = 4;
  private static final int WINDOW = 7;
  private static final int HEAD_SIZE = 32;
  private static final float EPSILON = 1e-5f;

  /** Probability of skipping each half of the last block in training. */
  private static final double SKIPPED = 0.2;

  private final Modules net;
  private final List<Integer> depths;
  private final int width;

  /**
   * A family member.
   *
   * @param depths blocks of the stages
   * @param width channels of the first stage, doubled in each further one
   */
  SwinBuilder(PresetArchitecture preset, List<Integer> depths, int width) {
    this.net = new Modules(preset, Operator.BatchNorm.DEFAULT);
    this.depths = depths;
    this.width = width;
  }

  ComputationalGraph build() {
    Node x = net.conv("features.0.0", net.input(), width, PATCH, PATCH, 0, 1, true);
    x = net.layerNorm("features.0.2", x, EPSILON);
    int cell = 0;
    for (int stage = 0; stage < depths.size(); stage++) {
      if (stage > 0) {
        x = merge("features." + 2 * stage, x);
      }
      for (int i = 0; i < depths.get(stage); i++) {
        net.cell(cell);
        x = block("features." + (2 * stage + 1) + "." + i, x, i % 2 == 1, cell++);
      }
    }
    x = net.globalAverage("avgpool", net.layerNorm("norm", x, EPSILON));
    return net.finish(net.linear("head", x, net.classes()));
  }

  private Node block(String name, Node x, boolean shifted, int index) {
    int last = depths.stream().mapToInt(Integer::intValue).sum() - 1;
    Node y = attention(name + ".attn", net.layerNorm(name + ".norm1", x, EPSILON), shifted);
    y = net.depth(name + ".stochastic_depth1", y, SKIPPED, index, last);
    x = net.sum(name + ".sum1", x, y);
    y =
        net.mlp(
            name + ".mlp", net.layerNorm(name + ".norm2", x, EPSILON), 4 * x.shape().channels());
    y = net.depth(name + ".stochastic_depth2", y, SKIPPED, index, last);
    return net.sum(name + ".sum2", x, y);
  }

  private Node attention(String name, Node x, boolean shifted) {
    FeatureShape shape = x.shape();
    int bottom = Math.floorMod(-shape.height(), WINDOW);
    int right = Math.floorMod(-shape.width(), WINDOW);
    int channels = shape.channels();
    int heads = channels / HEAD_SIZE;
    Node y = pad(name + ".pad", x, bottom, right);
    int shiftH = shifted && y.shape().height() > WINDOW ? WINDOW / 2 : 0;
    int shiftW = shifted && y.shape().width() > WINDOW ? WINDOW / 2 : 0;
    y = net.linear(name + ".qkv", y, 3 * channels);
    List<Integer> sides = List.of((2 * WINDOW - 1) * (2 * WINDOW - 1), heads);
    Node table = net.add(name + ".relative_position_bias_table", new Operator.Tokens(sides));
    y =
        net.add(
            name + ".product",
            new Operator.WindowAttention(heads, HEAD_SIZE, WINDOW, shiftH, shiftW),
            y,
            table);
    y = net.linear(name + ".proj", y, channels);
    return pad(name + ".crop", y, -bottom, -right);
  }

  /** Four neighbours become one position; an odd side is padded. */
  private Node merge(String name, Node x) {
    int channels = x.shape().channels();
    Node even = pad(name + ".pad", x, x.shape().height() % 2, x.shape().width() % 2);
    Node[] parts = new Node[4];
    for (int i = 0; i < parts.length; i++) {
      Node part = even;
      if (i > 0) {
        Padding crop = new Padding(-(i % 2), -(i / 2), 0, 0);
        part = net.add(name + ".crop" + i, new Operator.Pad(crop), part);
      }
      parts[i] = net.add(name + ".part" + i, new Operator.Subsample(2), part);
    }
    Node y = net.layerNorm(name + ".norm", net.concat(name + ".concat", List.of(parts)), EPSILON);
    return net.add(name + ".reduction", new Operator.Linear(2 * channels, false), y);
  }

  private Node pad(String name, Node x, int bottom, int right) {
    return bottom == 0 && right == 0
        ? x
        : net.add(name, new Operator.Pad(new Padding(0, 0, bottom, right)), x);
  }
}
