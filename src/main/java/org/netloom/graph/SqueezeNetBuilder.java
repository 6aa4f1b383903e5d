package org.netloom.graph;

import java.util.List;
import java.util.Map;
import org.netloom.architecture.PresetArchitecture;

/**
 * Fire modules: a narrow layer, then 1×1 and 3×3 convolutions side by side (Iandola et al. 2016).
 * The last convolution gives the classes; their mean over the map are the logits.
 */
final class SqueezeNetBuilder {
  /** Squeezed width of each fire module; its two halves are four times as wide. */
  private static final List<Integer> SQUEEZED = List.of(16, 16, 32, 32, 48, 48, 64, 64);

  private final Modules net;
  private final boolean second;

  /**
   * A family member.
   *
   * @param second version 1.1, with a smaller stem and earlier pooling, instead of 1.0
   */
  SqueezeNetBuilder(PresetArchitecture preset, boolean second) {
    this.net = new Modules(preset, Operator.BatchNorm.DEFAULT);
    this.second = second;
  }

  ComputationalGraph build() {
    Node x =
        second
            ? net.conv("features.0", net.input(), 64, 3, 2, 0, 1, true)
            : net.conv("features.0", net.input(), 96, 7, 2, 0, 1, true);
    x = pool("features.2", net.relu("features.1", x));
    // Modules that are followed by a pool, which takes a module number of its own.
    Map<Integer, Integer> poolAfter = second ? Map.of(4, 5, 7, 8) : Map.of(5, 6, 10, 11);
    int module = 3;
    for (int i = 0; i < SQUEEZED.size(); i++) {
      net.cell(i);
      x = fire("features." + module, x, SQUEEZED.get(i));
      Integer pool = poolAfter.get(module++);
      if (pool != null) {
        x = pool("features." + pool, x);
        module++;
      }
    }
    x = net.dropout("classifier.0", x, 0.5);
    x = net.conv("classifier.1", x, net.classes(), 1, 1, 0, 1, true);
    return net.finish(net.globalAverage("classifier.3", net.relu("classifier.2", x)));
  }

  private Node pool(String name, Node x) {
    return net.add(name, new Operator.MaxPool(3, 2, 0, true), x);
  }

  private Node fire(String name, Node x, int squeezed) {
    Node narrow = net.conv(name + ".squeeze", x, squeezed, 1, 1, 0, 1, true);
    narrow = net.relu(name + ".squeeze_activation", narrow);
    Node one = net.conv(name + ".expand1x1", narrow, 4 * squeezed, 1, 1, 0, 1, true);
    Node three = net.conv(name + ".expand3x3", narrow, 4 * squeezed, 3, 1, 1, 1, true);
    return net.concat(
        name + ".concat",
        List.of(
            net.relu(name + ".expand1x1_activation", one),
            net.relu(name + ".expand3x3_activation", three)));
  }
}
