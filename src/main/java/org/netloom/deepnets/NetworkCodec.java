package org.netloom.deepnets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.DeepNetsArchitecture.Norm;
import org.netloom.architecture.Genotype;
import org.netloom.architecture.Genotype.Edge;
import org.netloom.architecture.InputShape;

/**
 * One network as little-endian bytes: 24 + 4 for each step for a generated one. {@code
 * docs/deepnets.md} has the layout.
 */
final class NetworkCodec {
  private static final int GENERATED = 0;
  private static final int PREDEFINED = 1;
  private static final int CHANNELS = 32;
  private static final int CLASSES = 10;
  private static final CellOperation[] OPERATIONS = CellOperation.values();

  private NetworkCodec() {}

  /** Writes at the buffer's position. */
  static void encode(NetworkEntry entry, ByteBuffer to) {
    switch (entry) {
      case NetworkEntry.Generated network -> encode(network, to);
      case NetworkEntry.Predefined network -> {
        byte[] name = network.name().getBytes(StandardCharsets.US_ASCII);
        to.put((byte) PREDEFINED).put((byte) name.length).put(name);
      }
    }
  }

  private static void encode(NetworkEntry.Generated network, ByteBuffer to) {
    DeepNetsArchitecture a = network.base();
    Genotype g = a.genotype();
    int concat = 0;
    for (int state : g.normalConcat()) {
      concat |= 1 << (state - 2);
    }
    to.put((byte) GENERATED)
        .put((byte) a.cells())
        .put((byte) (g.normal().size() / 2))
        .put((byte) flags(a))
        .put((byte) a.stemKernel())
        .put((byte) a.channelMultiplier())
        .put((byte) a.fcLayers())
        .put((byte) 0)
        .putShort((short) a.fcDim())
        .putShort((short) network.smallWidth())
        .putShort((short) network.largeWidth())
        .putShort((short) concat)
        .putInt((int) network.smallParameters())
        .putInt((int) network.largeParameters());
    for (List<Edge> cell : List.of(g.normal(), g.reduce())) {
      for (Edge edge : cell) {
        to.put((byte) (edge.operation().ordinal() | edge.input() << 4));
      }
    }
  }

  private static int flags(DeepNetsArchitecture a) {
    return a.stemType()
        | (a.stemPool() ? 2 : 0)
        | (a.preprocess() ? 4 : 0)
        | (a.globalAverage() ? 8 : 0)
        | (a.norm() == Norm.BATCH_NORM ? 16 : 0);
  }

  /**
   * Reads all of the buffer.
   *
   * @throws IllegalArgumentException if the bytes are no network
   */
  static NetworkEntry decode(ByteBuffer from) {
    int size = from.remaining();
    int kind = size == 0 ? -1 : from.get();
    if (kind == PREDEFINED && size >= 2) {
      byte[] name = new byte[from.get() & 0xff];
      require(name.length == from.remaining(), "a name of (%d) bytes".formatted(name.length));
      from.get(name);
      return new NetworkEntry.Predefined(new String(name, StandardCharsets.US_ASCII));
    }
    require(kind == GENERATED && size >= 24, "kind (%d) in (%d) bytes".formatted(kind, size));
    return generated(from, size);
  }

  private static NetworkEntry generated(ByteBuffer from, int size) {
    int cells = from.get() & 0xff;
    int steps = from.get() & 0xff;
    int flags = from.get();
    int stemKernel = from.get() & 0xff;
    int multiplier = from.get();
    int fcLayers = from.get();
    from.get(); // unused
    int fcDim = from.getShort() & 0xffff;
    int smallWidth = from.getShort() & 0xffff;
    int largeWidth = from.getShort() & 0xffff;
    List<Integer> concat = states(from.getShort() & 0xffff);
    long smallParameters = from.getInt() & 0xffffffffL;
    long largeParameters = from.getInt() & 0xffffffffL;
    require(size == 24 + 4 * steps, "(%d) steps in (%d) bytes".formatted(steps, size));
    Genotype genotype = new Genotype(edges(from, steps), concat, edges(from, steps), concat);
    DeepNetsArchitecture base =
        new DeepNetsArchitecture(
            CHANNELS,
            cells,
            stemKernel,
            (flags & 16) != 0 ? Norm.BATCH_NORM : Norm.NONE,
            flags & 1,
            (flags & 2) != 0,
            (flags & 4) != 0,
            multiplier,
            fcLayers,
            fcDim,
            (flags & 8) != 0,
            genotype,
            CLASSES,
            InputShape.CIFAR);
    return new NetworkEntry.Generated(
        base, smallWidth, largeWidth, smallParameters, largeParameters);
  }

  private static List<Integer> states(int mask) {
    List<Integer> states = new ArrayList<>();
    for (int bit = 0; bit < Short.SIZE; bit++) {
      if ((mask >> bit & 1) == 1) {
        states.add(2 + bit);
      }
    }
    return states;
  }

  private static List<Edge> edges(ByteBuffer from, int steps) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 2 * steps; i++) {
      int edge = from.get() & 0xff;
      require((edge & 15) < OPERATIONS.length, "operation (%d)".formatted(edge & 15));
      edges.add(new Edge(OPERATIONS[edge & 15], edge >> 4));
    }
    return edges;
  }

  private static void require(boolean holds, String found) {
    if (!holds) {
      throw new IllegalArgumentException("%s is no network.".formatted(found));
    }
  }
}
