package org.netloom.graph;

import java.util.ArrayList;
import java.util.List;
import org.netloom.architecture.PresetArchitecture;

/** Residual bottlenecks whose widths follow a quantised linear rule (Radosavovic et al. 2020). */
final class RegNetBuilder {
  private static final int STEM = 32;
  private static final double SQUEEZE = 0.25;

  /** A stage: its width, and how many blocks it has. */
  private record Stage(int width, int depth) {}

  private final Modules net;
  private final List<Stage> stages = new ArrayList<>();
  private final int groupWidth;
  private final boolean squeeze;

  /**
   * A family member.
   *
   * @param depth blocks of all stages
   * @param start w_0, the first width of the linear rule
   * @param slope w_a, by which it grows each block
   * @param step w_m, the ratio of two neighbouring stages' widths
   * @param squeeze whether blocks have squeeze-excite (RegNet-Y)
   */
  RegNetBuilder(
      PresetArchitecture preset,
      int depth,
      int start,
      double slope,
      double step,
      int groupWidth,
      boolean squeeze) {
    this.net = new Modules(preset, Operator.BatchNorm.DEFAULT);
    this.groupWidth = groupWidth;
    this.squeeze = squeeze;
    for (int block = 0; block < depth; block++) {
      double wanted = start + slope * block;
      double power = Math.rint(Math.log(wanted / start) / Math.log(step));
      int width = (int) Math.rint(start * Math.pow(step, power) / 8) * 8;
      int fitting = fitting(width, Math.min(groupWidth, width));
      if (!stages.isEmpty() && stages.getLast().width() == fitting) {
        stages.set(stages.size() - 1, new Stage(fitting, stages.getLast().depth() + 1));
      } else {
        stages.add(new Stage(fitting, 1));
      }
    }
  }

  /** The multiple of the group width that is nearest, at most a tenth below. */
  private static int fitting(int width, int group) {
    int rounded = Math.max(group, (int) (width + group / 2.0) / group * group);
    return rounded < 0.9 * width ? rounded + group : rounded;
  }

  ComputationalGraph build() {
    Node x = net.convNormActivate("stem", net.input(), STEM, 3, 2, 1, Activation.RELU);
    int cell = 0;
    for (int stage = 0; stage < stages.size(); stage++) {
      for (int i = 0; i < stages.get(stage).depth(); i++) {
        net.cell(cell++);
        String name = "trunk_output.block%1$d.block%1$d-%2$d".formatted(stage + 1, i);
        x = block(name, x, stages.get(stage).width(), i == 0 ? 2 : 1);
      }
    }
    return net.finish(net.linear("fc", net.globalAverage("avgpool", x), net.classes()));
  }

  private Node block(String name, Node x, int width, int stride) {
    int in = x.shape().channels();
    int groups = width / Math.min(groupWidth, width);
    Node y = net.convNormActivate(name + ".f.a", x, width, 1, 1, 1, Activation.RELU);
    y = net.convNormActivate(name + ".f.b", y, width, 3, stride, groups, Activation.RELU);
    if (squeeze) {
      int squeezed = (int) Math.rint(SQUEEZE * in);
      y = net.squeezeExcite(name + ".f.se", y, squeezed, Activation.RELU, Activation.SIGMOID);
    }
    y = net.norm(name + ".f.c.1", net.conv(name + ".f.c.0", y, width, 1, 1, 1));
    Node identity = x;
    if (stride != 1 || in != width) {
      identity = net.norm(name + ".proj.1", net.conv(name + ".proj.0", x, width, 1, stride, 1));
    }
    return net.relu(name + ".activation", net.sum(name + ".sum", identity, y));
  }
}
