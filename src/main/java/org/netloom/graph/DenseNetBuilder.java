package org.netloom.graph;

import java.util.ArrayList;
import java.util.List;
import org.netloom.architecture.PresetArchitecture;

/**
 * Densely connected networks (Huang et al. 2017): each layer reads all earlier maps of its block.
 * Small images take a 3×3 stem of stride 1 and no max-pool.
 */
final class DenseNetBuilder {
  private static final int BOTTLENECK = 4;

  private final Modules net;
  private final List<Integer> depths;
  private final int growth;
  private final int stem;

  /**
   * A family member.
   *
   * @param depths layers of the blocks
   * @param growth channels that a layer adds
   * @param stem channels of the stem
   */
  DenseNetBuilder(PresetArchitecture preset, List<Integer> depths, int growth, int stem) {
    this.net = new Modules(preset, Operator.BatchNorm.DEFAULT);
    this.depths = depths;
    this.growth = growth;
    this.stem = stem;
  }

  ComputationalGraph build() {
    Node x =
        net.small()
            ? net.conv("features.conv0", net.input(), stem, 3, 1, 1)
            : net.conv("features.conv0", net.input(), stem, 7, 2, 1);
    x = net.relu("features.relu0", net.norm("features.norm0", x));
    if (!net.small()) {
      x = net.maxPool("features.pool0", x, 3, 2, 1);
    }
    int cell = 0;
    for (int block = 1; block <= depths.size(); block++) {
      List<Node> maps = new ArrayList<>(List.of(x));
      for (int i = 1; i <= depths.get(block - 1); i++) {
        net.cell(cell++);
        maps.add(layer("features.denseblock" + block + ".denselayer" + i, maps));
      }
      x = net.concat("features.denseblock" + block + ".concat", maps);
      if (block < depths.size()) {
        x = transition("features.transition" + block, x);
      }
    }
    x = net.relu("relu", net.norm("features.norm5", x));
    return net.finish(net.linear("classifier", net.globalAverage("avgpool", x), net.classes()));
  }

  private Node layer(String name, List<Node> maps) {
    Node x = net.concat(name + ".concat", maps);
    x = net.relu(name + ".relu1", net.norm(name + ".norm1", x));
    x = net.norm(name + ".norm2", net.conv(name + ".conv1", x, BOTTLENECK * growth, 1, 1, 1));
    return net.conv(name + ".conv2", net.relu(name + ".relu2", x), growth, 3, 1, 1);
  }

  private Node transition(String name, Node x) {
    x = net.relu(name + ".relu", net.norm(name + ".norm", x));
    x = net.conv(name + ".conv", x, x.shape().channels() / 2, 1, 1, 1);
    return net.add(name + ".pool", new Operator.AveragePool(2, 2, 0), x);
  }
}
