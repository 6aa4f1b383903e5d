package org.netloom.graph;

import java.util.List;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.config.InputException;

/**
 * Factorised convolutions side by side (Szegedy et al. 2016), without the auxiliary head. It has no
 * small-image form: less than 75 pixels a side leave nothing to its last modules.
 */
final class InceptionV3Builder {
  private static final int SMALLEST = 75;

  private final ConvNormRelu net;

  InceptionV3Builder(PresetArchitecture preset) {
    InputShape in = preset.input();
    if (Math.min(in.height(), in.width()) < SMALLEST) {
      throw new InputException(
          "Network %s cannot take images of (%dx%d) pixels: it needs at least %dx%d."
              .formatted(preset.name(), in.height(), in.width(), SMALLEST, SMALLEST));
    }
    this.net = new ConvNormRelu(preset);
  }

  ComputationalGraph build() {
    Node x = net.square("Conv2d_1a_3x3", net.modules().input(), 32, 3, 2, 0);
    x = net.square("Conv2d_2a_3x3", x, 32, 3, 1, 0);
    x = net.square("Conv2d_2b_3x3", x, 64, 3, 1, 1);
    x = net.modules().maxPool("maxpool1", x, 3, 2, 0);
    x = net.square("Conv2d_3b_1x1", x, 80, 1, 1, 0);
    x = net.square("Conv2d_4a_3x3", x, 192, 3, 1, 0);
    x = net.modules().maxPool("maxpool2", x, 3, 2, 0);
    x = fine(cell(0, "Mixed_5b"), x, 32);
    x = fine(cell(1, "Mixed_5c"), x, 64);
    x = fine(cell(2, "Mixed_5d"), x, 64);
    x = halve(cell(3, "Mixed_6a"), x);
    x = middle(cell(4, "Mixed_6b"), x, 128);
    x = middle(cell(5, "Mixed_6c"), x, 160);
    x = middle(cell(6, "Mixed_6d"), x, 160);
    x = middle(cell(7, "Mixed_6e"), x, 192);
    x = halveAgain(cell(8, "Mixed_7a"), x);
    x = coarse(cell(9, "Mixed_7b"), x);
    x = coarse(cell(10, "Mixed_7c"), x);
    return net.head(x, 0.5);
  }

  private String cell(int index, String name) {
    net.modules().cell(index);
    return name;
  }

  /** Figure 5 of the paper. */
  private Node fine(String name, Node x, int pooled) {
    Node one = net.square(name + ".branch1x1", x, 64, 1, 1, 0);
    Node five = net.square(name + ".branch5x5_1", x, 48, 1, 1, 0);
    five = net.square(name + ".branch5x5_2", five, 64, 5, 1, 2);
    Node three = net.square(name + ".branch3x3dbl_1", x, 64, 1, 1, 0);
    three = net.square(name + ".branch3x3dbl_2", three, 96, 3, 1, 1);
    three = net.square(name + ".branch3x3dbl_3", three, 96, 3, 1, 1);
    return concat(name, one, five, three, pool(name, x, pooled));
  }

  private Node halve(String name, Node x) {
    Node three = net.square(name + ".branch3x3", x, 384, 3, 2, 0);
    Node twice = net.square(name + ".branch3x3dbl_1", x, 64, 1, 1, 0);
    twice = net.square(name + ".branch3x3dbl_2", twice, 96, 3, 1, 1);
    twice = net.square(name + ".branch3x3dbl_3", twice, 96, 3, 2, 0);
    return concat(name, three, twice, net.modules().maxPool(name + ".pool", x, 3, 2, 0));
  }

  /** Figure 6 of the paper with n = 7. */
  private Node middle(String name, Node x, int width) {
    Node one = net.square(name + ".branch1x1", x, 192, 1, 1, 0);
    Node seven = net.square(name + ".branch7x7_1", x, width, 1, 1, 0);
    seven = net.row(name + ".branch7x7_2", seven, width, 7);
    seven = net.column(name + ".branch7x7_3", seven, 192, 7);
    Node twice = net.square(name + ".branch7x7dbl_1", x, width, 1, 1, 0);
    twice = net.column(name + ".branch7x7dbl_2", twice, width, 7);
    twice = net.row(name + ".branch7x7dbl_3", twice, width, 7);
    twice = net.column(name + ".branch7x7dbl_4", twice, width, 7);
    twice = net.row(name + ".branch7x7dbl_5", twice, 192, 7);
    return concat(name, one, seven, twice, pool(name, x, 192));
  }

  private Node halveAgain(String name, Node x) {
    Node three = net.square(name + ".branch3x3_1", x, 192, 1, 1, 0);
    three = net.square(name + ".branch3x3_2", three, 320, 3, 2, 0);
    Node seven = net.square(name + ".branch7x7x3_1", x, 192, 1, 1, 0);
    seven = net.row(name + ".branch7x7x3_2", seven, 192, 7);
    seven = net.column(name + ".branch7x7x3_3", seven, 192, 7);
    seven = net.square(name + ".branch7x7x3_4", seven, 192, 3, 2, 0);
    return concat(name, three, seven, net.modules().maxPool(name + ".pool", x, 3, 2, 0));
  }

  /** Figure 7 of the paper. */
  private Node coarse(String name, Node x) {
    Node one = net.square(name + ".branch1x1", x, 320, 1, 1, 0);
    Node three = net.square(name + ".branch3x3_1", x, 384, 1, 1, 0);
    three = cross(name + ".branch3x3_2", three);
    Node twice = net.square(name + ".branch3x3dbl_1", x, 448, 1, 1, 0);
    twice = net.square(name + ".branch3x3dbl_2", twice, 384, 3, 1, 1);
    twice = cross(name + ".branch3x3dbl_3", twice);
    return concat(name, one, three, twice, pool(name, x, 192));
  }

  private Node cross(String name, Node x) {
    Node row = net.row(name + "a", x, 384, 3);
    Node column = net.column(name + "b", x, 384, 3);
    return net.modules().concat(name + ".concat", List.of(row, column));
  }

  /** A mean that counts its padding as zeros, unlike {@link Operator.AveragePool}. */
  private Node pool(String name, Node x, int out) {
    Node y = net.modules().add(name + ".pad", new Operator.Pad(Padding.of(1)), x);
    y = net.modules().add(name + ".pool", new Operator.AveragePool(3, 1, 0), y);
    return net.square(name + ".branch_pool", y, out, 1, 1, 0);
  }

  private Node concat(String name, Node... branches) {
    return net.modules().concat(name + ".concat", List.of(branches));
  }
}
