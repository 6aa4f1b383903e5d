package org.netloom.graph;

import java.util.List;
import org.netloom.architecture.PresetArchitecture;

/**
 * Four branches side by side (Szegedy et al. 2015), with torchvision's 3×3 kernels where the paper
 * has 5×5, and without auxiliary heads. Small images take no first max-pool.
 */
final class GoogLeNetBuilder {
  /** The modules and pools in order; widths of the branches as in the paper's table 1. */
  private static final List<Module> MODULES =
      List.of(
          new Module("inception3a", 64, 96, 128, 16, 32, 32),
          new Module("inception3b", 128, 128, 192, 32, 96, 64),
          new Module("inception4a", 192, 96, 208, 16, 48, 64),
          new Module("inception4b", 160, 112, 224, 24, 64, 64),
          new Module("inception4c", 128, 128, 256, 24, 64, 64),
          new Module("inception4d", 112, 144, 288, 32, 64, 64),
          new Module("inception4e", 256, 160, 320, 32, 128, 128),
          new Module("inception5a", 256, 160, 320, 32, 128, 128),
          new Module("inception5b", 384, 192, 384, 48, 128, 128));

  private record Module(
      String name, int one, int reduced3, int three, int reduced5, int five, int pooled) {}

  private final ConvNormRelu net;

  GoogLeNetBuilder(PresetArchitecture preset) {
    this.net = new ConvNormRelu(preset);
  }

  ComputationalGraph build() {
    Node x = net.square("conv1", net.modules().input(), 64, 7, 2, 3);
    if (!net.modules().small()) {
      x = pool("maxpool1", x, 3);
    }
    x = net.square("conv2", x, 64, 1, 1, 0);
    x = pool("maxpool2", net.square("conv3", x, 192, 3, 1, 1), 3);
    for (int i = 0; i < MODULES.size(); i++) {
      Module module = MODULES.get(i);
      net.modules().cell(i);
      x = inception(module, x);
      if (module.name.equals("inception3b")) {
        x = pool("maxpool3", x, 3);
      } else if (module.name.equals("inception4e")) {
        x = pool("maxpool4", x, 2);
      }
    }
    return net.head(x, 0.2);
  }

  private Node inception(Module m, Node x) {
    Node one = net.square(m.name + ".branch1", x, m.one, 1, 1, 0);
    Node three = net.square(m.name + ".branch2.0", x, m.reduced3, 1, 1, 0);
    three = net.square(m.name + ".branch2.1", three, m.three, 3, 1, 1);
    Node five = net.square(m.name + ".branch3.0", x, m.reduced5, 1, 1, 0);
    five = net.square(m.name + ".branch3.1", five, m.five, 3, 1, 1);
    Node pooled = net.modules().maxPool(m.name + ".branch4.0", x, 3, 1, 1);
    pooled = net.square(m.name + ".branch4.1", pooled, m.pooled, 1, 1, 0);
    return net.modules().concat(m.name + ".concat", List.of(one, three, five, pooled));
  }

  private Node pool(String name, Node x, int kernel) {
    return net.modules().add(name, new Operator.MaxPool(kernel, 2, 0, true), x);
  }
}
