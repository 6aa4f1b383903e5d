package org.netloom.graph;

import java.util.List;
import org.netloom.architecture.PresetArchitecture;

/**
 * Residual networks (He et al. 2016), wide (Zagoruyko and Komodakis 2016) and with groups (Xie et
 * al. 2017). Small images take a 3×3 stem of stride 1 and no max-pool.
 */
final class ResNetBuilder {
  private static final int EXPANSION = 4;

  private final Modules net;
  private final List<Integer> depths;
  private final boolean bottleneck;
  private final int groups;
  private final int groupWidth;

  /**
   * A family member.
   *
   * @param depths blocks of the four stages
   * @param groups groups of a bottleneck's 3×3 convolution
   * @param groupWidth channels of a group in the first stage
   */
  ResNetBuilder(
      PresetArchitecture preset,
      List<Integer> depths,
      boolean bottleneck,
      int groups,
      int groupWidth) {
    this.net = new Modules(preset, Operator.BatchNorm.DEFAULT);
    this.depths = depths;
    this.bottleneck = bottleneck;
    this.groups = groups;
    this.groupWidth = groupWidth;
  }

  ComputationalGraph build() {
    Node x =
        net.small()
            ? net.conv("conv1", net.input(), 64, 3, 1, 1)
            : net.conv("conv1", net.input(), 64, 7, 2, 1);
    x = net.relu("relu", net.norm("bn1", x));
    if (!net.small()) {
      x = net.maxPool("maxpool", x, 3, 2, 1);
    }
    int cell = 0;
    for (int stage = 0; stage < depths.size(); stage++) {
      for (int i = 0; i < depths.get(stage); i++) {
        net.cell(cell++);
        String name = "layer" + (stage + 1) + "." + i;
        x = block(name, x, 64 << stage, stage > 0 && i == 0 ? 2 : 1);
      }
    }
    return net.finish(net.linear("fc", net.globalAverage("avgpool", x), net.classes()));
  }

  private Node block(String name, Node x, int planes, int stride) {
    int out = bottleneck ? EXPANSION * planes : planes;
    Node y = bottleneck ? deep(name, x, planes, stride) : basic(name, x, planes, stride);
    Node identity = x;
    if (stride != 1 || x.shape().channels() != out) {
      identity = net.conv(name + ".downsample.0", x, out, 1, stride, 1);
      identity = net.norm(name + ".downsample.1", identity);
    }
    return net.relu(name + ".relu", net.sum(name + ".sum", y, identity));
  }

  private Node basic(String name, Node x, int planes, int stride) {
    Node y = net.norm(name + ".bn1", net.conv(name + ".conv1", x, planes, 3, stride, 1));
    y = net.relu(name + ".relu1", y);
    return net.norm(name + ".bn2", net.conv(name + ".conv2", y, planes, 3, 1, 1));
  }

  private Node deep(String name, Node x, int planes, int stride) {
    int width = planes * groupWidth / 64 * groups;
    Node y = net.norm(name + ".bn1", net.conv(name + ".conv1", x, width, 1, 1, 1));
    y = net.relu(name + ".relu1", y);
    y = net.norm(name + ".bn2", net.conv(name + ".conv2", y, width, 3, stride, groups));
    y = net.relu(name + ".relu2", y);
    y = net.conv(name + ".conv3", y, EXPANSION * planes, 1, 1, 1);
    return net.norm(name + ".bn3", y);
  }
}
