package org.netloom.graph;

import java.util.List;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.config.InputException;

/**
 * Attention between patches of 16×16 pixels and a class token (Dosovitskiy et al. 2021), at the
 * base size of the paper. Sides of images are multiples of the patch's.
 */
final class VisionTransformerBuilder {
  private static final int PATCH = 16;
  private static final int LAYERS = 12;
  private static final int HEADS = 12;
  private static final int WIDTH = 768;
  private static final float EPSILON = 1e-6f;

  private final Modules net;

  VisionTransformerBuilder(PresetArchitecture preset) {
    InputShape in = preset.input();
    if (in.height() % PATCH != 0 || in.width() % PATCH != 0) {
      throw new InputException(
          "Network %s cannot take images of (%dx%d) pixels: both sides must be multiples of %d."
              .formatted(preset.name(), in.height(), in.width(), PATCH));
    }
    this.net = new Modules(preset, Operator.BatchNorm.DEFAULT);
  }

  ComputationalGraph build() {
    Node x = net.conv("conv_proj", net.input(), WIDTH, PATCH, PATCH, 0, 1, true);
    Node token = net.add("class_token", new Operator.Tokens(List.of(1, 1, WIDTH)));
    x = net.add("tokens", new Operator.Prepend(), token, x);
    List<Integer> sides = List.of(1, x.shape().height(), WIDTH);
    Node position = net.add("encoder.pos_embedding", new Operator.Tokens(sides));
    x = net.sum("encoder.sum", x, position);
    for (int i = 0; i < LAYERS; i++) {
      net.cell(i);
      x = layer("encoder.layers.encoder_layer_" + i, x);
    }
    x = net.layerNorm("encoder.ln", x, EPSILON);
    x = net.add("heads.token", new Operator.FirstToken(), x);
    return net.finish(net.linear("heads.head", x, net.classes()));
  }

  private Node layer(String name, Node x) {
    Node y = net.layerNorm(name + ".ln_1", x, EPSILON);
    String attention = name + ".self_attention";
    y = net.add(attention, new Operator.Linear(3 * WIDTH, true, "in_proj_"), y);
    y = net.add(attention + ".product", new Operator.Attention(HEADS, WIDTH / HEADS), y);
    x = net.sum(name + ".sum_1", net.linear(attention + ".out_proj", y, WIDTH), x);
    y = net.mlp(name + ".mlp", net.layerNorm(name + ".ln_2", x, EPSILON), 4 * WIDTH);
    return net.sum(name + ".sum_2", x, y);
  }
}
