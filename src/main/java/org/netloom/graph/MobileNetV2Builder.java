package org.netloom.graph;

import org.netloom.architecture.PresetArchitecture;

/**
 * Inverted residuals (Sandler et al. 2018). Small images take stride 1 in the stem and the first
 * blocks.
 */
final class MobileNetV2Builder {
  private static final int FIRST_STRIDED_BLOCK = 5;
  private static final int LAST_WIDTH = 1280;

  /** Expansion, output channels, blocks and stride of the first block of each stage. */
  private static final int[][] STAGES = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  private final Modules net;

  MobileNetV2Builder(PresetArchitecture preset) {
    this.net = new Modules(preset, Operator.BatchNorm.DEFAULT);
  }

  ComputationalGraph build() {
    int stride = net.small() ? 1 : 2;
    Node x = net.convNormActivate("features.0", net.input(), 32, 3, stride, 1, Activation.RELU6);
    int index = 1;
    for (int[] stage : STAGES) {
      for (int i = 0; i < stage[2]; i++) {
        net.cell(index);
        int wanted = i == 0 ? stage[3] : 1;
        int taken = net.small() && index < FIRST_STRIDED_BLOCK ? 1 : wanted;
        x = block("features." + index++, x, stage[0], stage[1], taken, wanted);
      }
    }
    x = net.convNormActivate("features." + index, x, LAST_WIDTH, 1, 1, 1, Activation.RELU6);
    x = net.dropout("classifier.0", net.globalAverage("avgpool", x), 0.2);
    return net.finish(net.linear("classifier.1", x, net.classes()));
  }

  /** A block that was defined with a stride has no shortcut, even where it takes stride 1. */
  private Node block(String name, Node x, int expansion, int out, int stride, int definedStride) {
    int in = x.shape().channels();
    int width = in * expansion;
    Node y = x;
    int module = 0;
    if (expansion != 1) {
      y = net.convNormActivate(name + ".conv." + module++, y, width, 1, 1, 1, Activation.RELU6);
    }
    y =
        net.convNormActivate(
            name + ".conv." + module++, y, width, 3, stride, width, Activation.RELU6);
    y = net.conv(name + ".conv." + module++, y, out, 1, 1, 1);
    y = net.norm(name + ".conv." + module, y);
    return definedStride == 1 && in == out ? net.sum(name + ".sum", x, y) : y;
  }
}
