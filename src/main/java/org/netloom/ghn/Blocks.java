package org.netloom.ghn;

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
   * Part of the block of each node: the kernel's top-left corner of the first channels.
   *
   * @param need the part, within the largest shape
   * @return rows (node, position) of columns (out, in): [nodes·kh·kw, outs·ins]
   */
  Value block(int[] nodes, Need need);

  /** A node's state as a classification weight: [classes, I]. */
  Value classWeight(int node);

  /** Kernel height and width, output and input channels of a part of a decoded block. */
  record Need(int kh, int kw, int outs, int ins) {
    int positions() {
      return kh * kw;
    }

    int values() {
      return outs * ins * kh * kw;
    }

    boolean holds(Need other) {
      return kh >= other.kh && kw >= other.kw && outs >= other.outs && ins >= other.ins;
    }
  }
}
