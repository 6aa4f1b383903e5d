package org.netloom.ghn;

import java.util.List;
import org.netloom.tensor.Value;

/** What turns the states of nodes into blocks of weights: the published 4-D decoders. */
interface Blocks {
  /** The decoder of a configuration. */
  static Blocks of(GhnRecorder recorder, GhnConfig config, Value states) {
    return switch (config.decoder()) {
      case CONV -> new ConvBlocks(recorder, config, states);
      case MLP -> new MlpBlocks(recorder, config, states);
    };
  }

  /**
   * Decodes all that a network needs, at once.
   *
   * @param classifiers nodes whose tensor is a classification weight
   */
  Decoded decode(List<Request> requests, List<Integer> classifiers);

  /**
   * What was decoded.
   *
   * @param parts of the requests, in their order
   * @param classWeights of the classifiers, in their order: [classes, I] each
   */
  record Decoded(List<Part> parts, List<Value> classWeights) {}

  /**
   * Part of the block of each of some nodes: the kernel's top-left corner of the first channels.
   *
   * @param need the part, within the largest shape
   */
  record Request(List<Integer> nodes, Need need) {
    int rows() {
      return nodes.size() * need.positions();
    }
  }

  /**
   * Where a request's blocks lie: in rows (node, position) from a first one on, whose columns begin
   * with (out, in).
   */
  record Part(Value block, int row) {}

  /** Kernel height and width, output and input channels of a part of a decoded block. */
  record Need(int kh, int kw, int outs, int ins) {
    int positions() {
      return kh * kw;
    }

    int pairs() {
      return outs * ins;
    }

    int values() {
      return outs * ins * kh * kw;
    }

    boolean holds(Need other) {
      return kh >= other.kh && kw >= other.kw && outs >= other.outs && ins >= other.ins;
    }
  }
}
