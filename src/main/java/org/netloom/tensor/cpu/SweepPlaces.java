package org.netloom.tensor.cpu;

import org.netloom.tensor.GraphEdges;
import org.netloom.tensor.GraphSweeps;
import org.netloom.tensor.Plan;

/**
 * Where the operands of the two sweeps and their tape lie in the arena.
 *
 * <p>Tape of one update: MLP hidden [K], MLP output [H], where virtual MLP_ve hidden and output,
 * then the message m, the gates r, z, n and W_hn·h + b_hn, [H] each.
 *
 * @param h length of a state
 * @param last states after the backward sweep
 * @param first states after the forward sweep
 */
record SweepPlaces(
    GraphEdges edges,
    int nodes,
    int h,
    Mlp[] mlps,
    int wi,
    int wh,
    int bi,
    int bh,
    int x,
    int last,
    int first,
    int tape,
    int tapeRow) {

  /** One two-layer perceptron with ReLU after both layers; {@code tape} is its place on a row. */
  record Mlp(int w1, int b1, int w2, int b2, int hidden, int tape) {
    /** Place of its output on a row. */
    int output() {
      return tape + hidden;
    }
  }

  static SweepPlaces of(GraphSweeps op, Plan.Step s) {
    int[] in = s.in();
    return switch (op) {
      case GraphSweeps.Forward f -> of(op, s, 0, s.out()[0], s.out()[1], s.out()[2]);
      case GraphSweeps.Gradient f ->
          of(op, s, 1, in[in.length - 3], in[in.length - 2], in[in.length - 1]);
    };
  }

  private static SweepPlaces of(
      GraphSweeps op, Plan.Step s, int from, int last, int first, int tape) {
    int h = s.inShape(from).side(1);
    Mlp[] mlps = new Mlp[op.virtual() ? 2 : 1];
    int[] in = s.in();
    int at = from + 1;
    int place = 0;
    for (int i = 0; i < mlps.length; i++) {
      int hidden = s.inShape(at).side(0);
      mlps[i] = new Mlp(in[at], in[at + 1], in[at + 2], in[at + 3], hidden, place);
      place += hidden + h;
      at += GraphSweeps.BLOCK;
    }
    return new SweepPlaces(
        op.edges(),
        op.edges().nodes(),
        h,
        mlps,
        in[at],
        in[at + 1],
        in[at + 2],
        in[at + 3],
        in[from],
        last,
        first,
        tape,
        place + 5 * h);
  }

  /** The tape of one node's update in the forward (0) or backward (1) sweep. */
  int tape(int sweep, int v) {
    return tape + (sweep * nodes + v) * tapeRow;
  }

  /** Place of the message m on a tape row; r, z, n and hn follow. */
  int message() {
    return tapeRow - 5 * h;
  }

  int[] start(int sweep) {
    return sweep == 0 ? edges.inStart() : edges.outStart();
  }

  int[] node(int sweep) {
    return sweep == 0 ? edges.inNode() : edges.outNode();
  }

  int[] distance(int sweep) {
    return sweep == 0 ? edges.inDistance() : edges.outDistance();
  }

  /** A node's state before its update in a sweep. */
  int before(int sweep, int v) {
    return (sweep == 0 ? x : first) + v * h;
  }

  /** A node's state after its update in a sweep. */
  int after(int sweep, int v) {
    return (sweep == 0 ? first : last) + v * h;
  }

  /** The tape of a sweep's updates by node. */
  SweepRows tapes(int sweep) {
    return new SweepRows(tape(sweep, 0), tapeRow);
  }

  /** The states before a sweep. */
  SweepRows before(int sweep) {
    return new SweepRows(before(sweep, 0), h);
  }

  /** The states after a sweep. */
  SweepRows after(int sweep) {
    return new SweepRows(after(sweep, 0), h);
  }

  /** The edges along which the messages of a sweep come. */
  SweepEdges messages(int sweep) {
    return SweepEdges.of(start(sweep), node(sweep), distance(sweep));
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
