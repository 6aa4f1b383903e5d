package org.netloom.graph;

import java.util.List;
import org.netloom.architecture.PresetArchitecture;

/**
 * Plain stacks of 3×3 convolutions (Simonyan and Zisserman 2015). Small images take no max-pool
 * among the first ten modules.
 */
final class VggBuilder {
  private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512, 512);
  private static final int FIRST_POOLED_MODULE = 10;
  private static final int HIDDEN = 4096;
  private static final int SIDE = 7;

  private final Modules net;
  private final List<Integer> depths;
  private final boolean batchNorm;

  /**
   * A family member.
   *
   * @param depths convolutions of the five stages
   */
  VggBuilder(PresetArchitecture preset, List<Integer> depths, boolean batchNorm) {
    this.net = new Modules(preset, Operator.BatchNorm.DEFAULT);
    this.depths = depths;
    this.batchNorm = batchNorm;
  }

  ComputationalGraph build() {
    Node x = net.input();
    int module = 0;
    for (int stage = 0; stage < depths.size(); stage++) {
      net.cell(stage);
      for (int i = 0; i < depths.get(stage); i++) {
        x = net.conv("features." + module++, x, WIDTHS.get(stage), 3, 1, 1, 1, true);
        if (batchNorm) {
          x = net.norm("features." + module++, x);
        }
        x = net.relu("features." + module++, x);
      }
      if (!net.small() || module >= FIRST_POOLED_MODULE) {
        x = net.maxPool("features." + module, x, 2, 2, 0);
      }
      module++;
    }
    x = net.add("avgpool", new Operator.AdaptiveAveragePool(SIDE, SIDE), x);
    x = net.add("flatten", new Operator.Flatten(), x);
    x = net.relu("classifier.1", net.linear("classifier.0", x, HIDDEN));
    x = net.dropout("classifier.2", x, 0.5);
    x = net.relu("classifier.4", net.linear("classifier.3", x, HIDDEN));
    x = net.dropout("classifier.5", x, 0.5);
    return net.finish(net.linear("classifier.6", x, net.classes()));
  }
}
