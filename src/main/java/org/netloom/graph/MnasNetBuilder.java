package org.netloom.graph;

import org.netloom.architecture.PresetArchitecture;

/**
 * Inverted residuals found by a search on a phone (Tan et al. 2019). Small images take stride 1 in
 * the stem.
 */
final class MnasNetBuilder {
  private static final Operator.BatchNorm NORM = new Operator.BatchNorm(1e-5f, 3e-4f);
  private static final int LAST_WIDTH = 1280;

  /** Output channels, kernel, stride, expansion and blocks of each stage at full width. */
  private static final int[][] STAGES = {
    {24, 3, 2, 3, 3},
    {40, 5, 2, 3, 3},
    {80, 5, 2, 6, 3},
    {96, 3, 1, 6, 2},
    {192, 5, 2, 6, 4},
    {320, 3, 1, 6, 1}
  };

  private final Modules net;
  private final double width;

  /**
   * A family member.
   *
   * @param width factor of all widths but the last
   */
  MnasNetBuilder(PresetArchitecture preset, double width) {
    this.net = new Modules(preset, NORM);
    this.width = width;
  }

  ComputationalGraph build() {
    int stem = Modules.divisible(32 * width);
    Node x = net.conv("layers.0", net.input(), stem, 3, net.small() ? 1 : 2, 1);
    x = net.relu("layers.2", net.norm("layers.1", x));
    x = net.conv("layers.3", x, stem, 3, 1, stem);
    x = net.relu("layers.5", net.norm("layers.4", x));
    x = net.norm("layers.7", net.conv("layers.6", x, Modules.divisible(16 * width), 1, 1, 1));
    int module = 8;
    int cell = 0;
    for (int[] s : STAGES) {
      for (int i = 0; i < s[4]; i++) {
        net.cell(cell++);
        String name = "layers." + module + "." + i;
        x = block(name, x, Modules.divisible(s[0] * width), s[1], i == 0 ? s[2] : 1, s[3]);
      }
      module++;
    }
    x = net.norm("layers.15", net.conv("layers.14", x, LAST_WIDTH, 1, 1, 1));
    x = net.globalAverage("avgpool", net.relu("layers.16", x));
    x = net.dropout("classifier.0", x, 0.2);
    return net.finish(net.linear("classifier.1", x, net.classes()));
  }

  private Node block(String name, Node x, int out, int kernel, int stride, int expansion) {
    int in = x.shape().channels();
    int middle = in * expansion;
    Node y = net.norm(name + ".layers.1", net.conv(name + ".layers.0", x, middle, 1, 1, 1));
    y = net.relu(name + ".layers.2", y);
    y = net.conv(name + ".layers.3", y, middle, kernel, stride, middle);
    y = net.relu(name + ".layers.5", net.norm(name + ".layers.4", y));
    y = net.norm(name + ".layers.7", net.conv(name + ".layers.6", y, out, 1, 1, 1));
    return in == out && stride == 1 ? net.sum(name + ".sum", y, x) : y;
  }
}
