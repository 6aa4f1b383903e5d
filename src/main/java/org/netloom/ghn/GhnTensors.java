package org.netloom.ghn;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.netloom.graph.Primitive;
import org.netloom.tensor.Shape;

/** Names and shapes of a hypernetwork's own tensors, as published checkpoints name them. */
final class GhnTensors {
  private final SequencedMap<String, Shape> shapes = new LinkedHashMap<>();

  private GhnTensors() {}

  /** All tensors: those that make the states of the nodes, then the decoders'. */
  static SequencedMap<String, Shape> of(GhnConfig c) {
    SequencedMap<String, Shape> all = new LinkedHashMap<>(ofStates(c));
    all.putAll(ofDecoders(c));
    return all;
  }

  /** Tensors of node encoding, message passing and layer norm. */
  static SequencedMap<String, Shape> ofStates(GhnConfig c) {
    int h = c.hidden();
    ShapeVocabulary vocabulary = new ShapeVocabulary(c.classes(), c.maxKernel());
    GhnTensors t = new GhnTensors();
    if (c.layerNorm()) {
      t.shapes.put("ln.weight", Shape.of(h));
      t.shapes.put("ln.bias", Shape.of(h));
    }
    t.shapes.put("embed.weight", Shape.of(Primitive.values().length, h));
    t.shapes.put("shape_enc.embed_spatial.weight", Shape.of(vocabulary.noSide() + 1, h / 4));
    t.shapes.put("shape_enc.embed_channel.weight", Shape.of(vocabulary.noChannel() + 1, h / 4));
    if (c.messagePassing()) {
      int hidden = c.virtualEdges() ? h / 2 : h;
      t.layer("gnn.mlp.fc.0", hidden, h);
      t.layer("gnn.mlp.fc.2", h, hidden);
      if (c.virtualEdges()) {
        t.layer("gnn.mlp_ve.fc.0", h / 2, h);
        t.layer("gnn.mlp_ve.fc.2", h, h / 2);
      }
      t.shapes.put("gnn.gru.weight_ih", Shape.of(3 * h, h));
      t.shapes.put("gnn.gru.weight_hh", Shape.of(3 * h, h));
      t.shapes.put("gnn.gru.bias_ih", Shape.of(3 * h));
      t.shapes.put("gnn.gru.bias_hh", Shape.of(3 * h));
    } else {
      t.layer("gnn.fc.0", h, h);
      t.layer("gnn.fc.2", h, h);
    }
    return t.shapes;
  }

  /** Tensors that turn states into a network's. */
  static SequencedMap<String, Shape> ofDecoders(GhnConfig c) {
    int h = c.hidden();
    int k = c.maxKernel() * c.maxKernel();
    GhnTensors t = new GhnTensors();
    switch (c.decoder()) {
      case CONV -> {
        t.layer("decoder.fc.0", 4 * h * k, h);
        t.layer("decoder.conv.0", 8 * h, 4 * h, 1, 1);
        t.layer("decoder.conv.2", c.maxOut() * c.maxIn(), 8 * h, 1, 1);
        t.layer("decoder.class_layer_predictor.1", c.classes(), c.maxOut(), 1, 1);
      }
      case MLP -> {
        t.layer("decoder.mlp.fc.0", 2 * h, h);
        t.layer("decoder.mlp.fc.2", c.maxOut() * c.maxIn() * k, 2 * h);
        t.layer("decoder.class_layer_predictor.1", c.classes() * c.maxIn(), 2 * h);
      }
    }
    t.layer("decoder_1d.fc.0", 2 * h, h);
    t.layer("decoder_1d.fc.2", 2 * c.vectorSize(), 2 * h);
    t.layer("bias_class.1", c.classes(), c.vectorSize());
    return t.shapes;
  }

  private void layer(String name, int... weight) {
    shapes.put(name + ".weight", Shape.of(weight));
    shapes.put(name + ".bias", Shape.of(weight[0]));
  }
}
