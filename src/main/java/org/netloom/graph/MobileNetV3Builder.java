package org.netloom.graph;

import org.netloom.architecture.PresetArchitecture;

/**
 * Searched inverted residuals with squeeze-excite and hard-swish (Howard et al. 2019). Small images
 * take stride 1 in the stem and the first blocks.
 */
final class MobileNetV3Builder {
  private static final Operator.BatchNorm NORM = new Operator.BatchNorm(1e-3f, 0.01f);
  private static final int FIRST_STRIDED_BLOCK = 5;

  /** One block; the activation is ReLU or hard-swish. */
  private record Block(
      int kernel, int expanded, int out, boolean squeeze, boolean swish, int stride) {}

  private static final Block[] LARGE = {
    new Block(3, 16, 16, false, false, 1),
    new Block(3, 64, 24, false, false, 2),
    new Block(3, 72, 24, false, false, 1),
    new Block(5, 72, 40, true, false, 2),
    new Block(5, 120, 40, true, false, 1),
    new Block(5, 120, 40, true, false, 1),
    new Block(3, 240, 80, false, true, 2),
    new Block(3, 200, 80, false, true, 1),
    new Block(3, 184, 80, false, true, 1),
    new Block(3, 184, 80, false, true, 1),
    new Block(3, 480, 112, true, true, 1),
    new Block(3, 672, 112, true, true, 1),
    new Block(5, 672, 160, true, true, 2),
    new Block(5, 960, 160, true, true, 1),
    new Block(5, 960, 160, true, true, 1)
  };

  private static final Block[] SMALL = {
    new Block(3, 16, 16, true, false, 2),
    new Block(3, 72, 24, false, false, 2),
    new Block(3, 88, 24, false, false, 1),
    new Block(5, 96, 40, true, true, 2),
    new Block(5, 240, 40, true, true, 1),
    new Block(5, 240, 40, true, true, 1),
    new Block(5, 120, 48, true, true, 1),
    new Block(5, 144, 48, true, true, 1),
    new Block(5, 288, 96, true, true, 2),
    new Block(5, 576, 96, true, true, 1),
    new Block(5, 576, 96, true, true, 1)
  };

  private final Modules net;
  private final Block[] blocks;
  private final int hidden;

  MobileNetV3Builder(PresetArchitecture preset, boolean large) {
    this.net = new Modules(preset, NORM);
    this.blocks = large ? LARGE : SMALL;
    this.hidden = large ? 1280 : 1024;
  }

  ComputationalGraph build() {
    Activation swish = Activation.HARD_SWISH;
    Node x = net.convNormActivate("features.0", net.input(), 16, 3, net.small() ? 1 : 2, 1, swish);
    for (int i = 0; i < blocks.length; i++) {
      net.cell(i);
      x = block("features." + (i + 1), x, blocks[i], net.small() && i + 1 < FIRST_STRIDED_BLOCK);
    }
    int last = 6 * x.shape().channels();
    x = net.convNormActivate("features." + (blocks.length + 1), x, last, 1, 1, 1, swish);
    x = net.linear("classifier.0", net.globalAverage("avgpool", x), hidden);
    x = net.dropout("classifier.2", net.activate("classifier.1", swish, x), 0.2);
    return net.finish(net.linear("classifier.3", x, net.classes()));
  }

  private Node block(String name, Node x, Block b, boolean flat) {
    Activation activation = b.swish() ? Activation.HARD_SWISH : Activation.RELU;
    int module = 0;
    Node y = x;
    if (b.expanded() != x.shape().channels()) {
      y = net.convNormActivate(name + ".block." + module++, y, b.expanded(), 1, 1, 1, activation);
    }
    y =
        net.convNormActivate(
            name + ".block." + module++,
            y,
            b.expanded(),
            b.kernel(),
            flat ? 1 : b.stride(),
            b.expanded(),
            activation);
    if (b.squeeze()) {
      y =
          net.squeezeExcite(
              name + ".block." + module++,
              y,
              Modules.divisible(b.expanded() / 4.0),
              Activation.RELU,
              Activation.HARD_SIGMOID);
    }
    y = net.conv(name + ".block." + module + ".0", y, b.out(), 1, 1, 1);
    y = net.norm(name + ".block." + module + ".1", y);
    return b.stride() == 1 && x.shape().channels() == b.out() ? net.sum(name + ".sum", x, y) : y;
  }
}
