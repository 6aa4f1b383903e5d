package org.netloom.graph;

import java.util.List;
import org.netloom.architecture.PresetArchitecture;

/**
 * Depthwise 7×7 convolution, layer norm and two wide layers, scaled per channel (Liu et al. 2022).
 * Small images take stride 1 in the stem.
 */
final class ConvNeXtBuilder {
  private static final float EPSILON = 1e-6f;
  private static final int KERNEL = 7;

  /** Probability of skipping the last block in training. */
  private static final double SKIPPED = 0.1;

  private final Modules net;
  private final List<Integer> depths;
  private final int width;

  /**
   * A family member.
   *
   * @param depths blocks of the stages
   * @param width channels of the first stage, doubled in each further one
   */
  ConvNeXtBuilder(PresetArchitecture preset, List<Integer> depths, int width) {
    this.net = new Modules(preset, Operator.BatchNorm.DEFAULT);
    this.depths = depths;
    this.width = width;
  }

  ComputationalGraph build() {
    int stride = net.small() ? 1 : 4;
    Node x = net.conv("features.0.0", net.input(), width, 4, stride, 0, 1, true);
    x = net.layerNorm("features.0.1", x, EPSILON);
    int cell = 0;
    for (int stage = 0; stage < depths.size(); stage++) {
      if (stage > 0) {
        String name = "features." + 2 * stage;
        x = net.layerNorm(name + ".0", x, EPSILON);
        x = net.conv(name + ".1", x, width << stage, 2, 2, 0, 1, true);
      }
      for (int i = 0; i < depths.get(stage); i++) {
        net.cell(cell);
        x = block("features." + (2 * stage + 1) + "." + i, x, cell++);
      }
    }
    x = net.layerNorm("classifier.0", net.globalAverage("avgpool", x), EPSILON);
    return net.finish(net.linear("classifier.2", x, net.classes()));
  }

  private Node block(String name, Node x, int index) {
    int channels = x.shape().channels();
    Node y = net.conv(name + ".block.0", x, channels, KERNEL, 1, KERNEL / 2, channels, true);
    y = net.layerNorm(name + ".block.2", y, EPSILON);
    y = net.linear(name + ".block.3", y, 4 * channels);
    y =
        net.linear(
            name + ".block.5", net.activate(name + ".block.4", Activation.GELU, y), channels);
    y = net.add(name + ".layer_scale", new Operator.LayerScale(), y);
    int last = depths.stream().mapToInt(Integer::intValue).sum() - 1;
    y = net.depth(name + ".stochastic_depth", y, SKIPPED, index, last);
    return net.sum(name + ".sum", y, x);
  }
}
