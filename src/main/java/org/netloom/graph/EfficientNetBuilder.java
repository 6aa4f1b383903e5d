package org.netloom.graph;

import java.util.Arrays;
import org.netloom.architecture.PresetArchitecture;

/** Inverted residuals with squeeze-excite, scaled in width and depth together (Tan and Le 2019). */
final class EfficientNetBuilder {
  private static final Operator.BatchNorm LARGE_NORM = new Operator.BatchNorm(1e-3f, 0.01f);
  private static final int STEM = 32;

  /** What the probability of skipping a block in training rises to behind the last one. */
  private static final double SKIPPED = 0.2;

  /**
   * Expansion, kernel, stride, output channels and blocks of each stage of the smallest network.
   */
  private static final int[][] STAGES = {
    {1, 3, 1, 16, 1},
    {6, 3, 2, 24, 2},
    {6, 5, 2, 40, 2},
    {6, 3, 2, 80, 3},
    {6, 5, 1, 112, 3},
    {6, 5, 2, 192, 4},
    {6, 3, 1, 320, 1}
  };

  /** Width, depth and dropout of each network. */
  private static final double[][] SCALES = {
    {1.0, 1.0, 0.2},
    {1.0, 1.1, 0.2},
    {1.1, 1.2, 0.3},
    {1.2, 1.4, 0.3},
    {1.4, 1.8, 0.4},
    {1.6, 2.2, 0.4},
    {1.8, 2.6, 0.5},
    {2.0, 3.1, 0.5}
  };

  private final Modules net;
  private final double width;
  private final double depth;
  private final double dropout;

  /**
   * A family member.
   *
   * @param size 0 to 7
   */
  EfficientNetBuilder(PresetArchitecture preset, int size) {
    this.net = new Modules(preset, size < 5 ? Operator.BatchNorm.DEFAULT : LARGE_NORM);
    this.width = SCALES[size][0];
    this.depth = SCALES[size][1];
    this.dropout = SCALES[size][2];
  }

  ComputationalGraph build() {
    Activation silu = Activation.SILU;
    Node x =
        net.convNormActivate(
            "features.0", net.input(), Modules.divisible(STEM * width), 3, 2, 1, silu);
    int cell = 0;
    for (int stage = 0; stage < STAGES.length; stage++) {
      int[] s = STAGES[stage];
      int blocks = blocks(s);
      for (int i = 0; i < blocks; i++) {
        net.cell(cell);
        String name = "features." + (stage + 1) + "." + i;
        int out = Modules.divisible(s[3] * width);
        x = block(name, x, s[0], s[1], i == 0 ? s[2] : 1, out, cell++);
      }
    }
    int last = 4 * x.shape().channels();
    x = net.convNormActivate("features." + (STAGES.length + 1), x, last, 1, 1, 1, silu);
    x = net.dropout("classifier.0", net.globalAverage("avgpool", x), dropout);
    return net.finish(net.linear("classifier.1", x, net.classes()));
  }

  private int blocks(int[] stage) {
    return (int) Math.ceil(stage[4] * depth);
  }

  private Node block(
      String name, Node x, int expansion, int kernel, int stride, int out, int index) {
    Activation silu = Activation.SILU;
    int in = x.shape().channels();
    int expanded = Modules.divisible(in * expansion);
    String part = name + ".block.";
    int module = 0;
    Node y = x;
    if (expanded != in) {
      y = net.convNormActivate(part + module++, y, expanded, 1, 1, 1, silu);
    }
    y = net.convNormActivate(part + module++, y, expanded, kernel, stride, expanded, silu);
    y = net.squeezeExcite(part + module++, y, Math.max(1, in / 4), silu, Activation.SIGMOID);
    y = net.conv(part + module + ".0", y, out, 1, 1, 1);
    y = net.norm(part + module + ".1", y);
    if (stride != 1 || in != out) {
      return y;
    }
    int all = Arrays.stream(STAGES).mapToInt(this::blocks).sum();
    y = net.depth(name + ".stochastic_depth", y, SKIPPED, index, all);
    return net.sum(name + ".sum", y, x);
  }
}
