package org.netloom.graph;

import org.netloom.architecture.PresetArchitecture;

/** The unit of both Inception networks: convolution without bias, batch norm, ReLU. */
final class ConvNormRelu {
  private static final Operator.BatchNorm NORM = new Operator.BatchNorm(1e-3f, 0.1f);

  private final Modules modules;

  ConvNormRelu(PresetArchitecture preset) {
    this.modules = new Modules(preset, NORM);
  }

  Modules modules() {
    return modules;
  }

  Node square(String name, Node x, int out, int kernel, int stride, int padding) {
    return unit(name, x, out, kernel, kernel, stride, Padding.of(padding));
  }

  /** A kernel of one row, padded to keep the width. */
  Node row(String name, Node x, int out, int kernel) {
    return unit(name, x, out, 1, kernel, 1, Padding.of(0, kernel / 2));
  }

  /** A kernel of one column, padded to keep the height. */
  Node column(String name, Node x, int out, int kernel) {
    return unit(name, x, out, kernel, 1, 1, Padding.of(kernel / 2, 0));
  }

  private Node unit(
      String name, Node x, int out, int kernelH, int kernelW, int stride, Padding padding) {
    Operator.Convolution convolution =
        new Operator.Convolution(out, kernelH, kernelW, stride, stride, padding, 1, 1, 1, false);
    Node y = modules.norm(name + ".bn", modules.add(name + ".conv", convolution, x));
    return modules.relu(name + ".relu", y);
  }

  /** Mean over the map, dropout, classifier. */
  ComputationalGraph head(Node x, double dropout) {
    Node y = modules.dropout("dropout", modules.globalAverage("avgpool", x), dropout);
    return modules.finish(modules.linear("fc", y, modules.classes()));
  }
}
