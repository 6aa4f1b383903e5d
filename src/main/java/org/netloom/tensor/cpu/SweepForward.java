package org.netloom.tensor.cpu;

import org.netloom.tensor.GraphLevels;

/**
 * The forward pass of the sweeps. What the GRU makes of the states before a sweep is one product
 * over all nodes; all else goes level by level, over the nodes of all graphs in it.
 *
 * <p>Its buffer, shared by the threads, holds the weights in panels and the sums of the gates.
 */
final class SweepForward implements Kernel {
  private static final int GATES = 3;

  private final SweepPlaces p;
  private final SweepGroups groups;
  private final Parallel parallel;
  private final Scratch scratch;
  private final Parallel.Range both = this::both;
  private final int h;
  private final SweepWeights input;
  private final SweepWeights hidden;
  private final SweepWeights[] first;
  private final SweepWeights[] second;

  /** W_i·m + b_i of a node, and W_h·h + b_h, in the buffer. */
  private final SweepRows inputSums;

  private final SweepRows hiddenSums;
  private final int size;
  private final Side[] sides;

  /**
   * Where the vectors of one sweep lie in the arena.
   *
   * @param hidden of each MLP
   * @param output of each MLP
   */
  private record Side(
      SweepEdges edges,
      SweepRows before,
      SweepRows after,
      SweepRows message,
      SweepRows gates,
      SweepRows[] hidden,
      SweepRows[] output) {

    static Side of(SweepPlaces p, int sweep) {
      SweepRows tape = p.tapes(sweep);
      SweepRows[] hidden = new SweepRows[p.mlps().length];
      SweepRows[] output = new SweepRows[hidden.length];
      for (int i = 0; i < hidden.length; i++) {
        hidden[i] = tape.part(p.mlps()[i].tape());
        output[i] = tape.part(p.mlps()[i].output());
      }
      return new Side(
          p.messages(sweep),
          p.before(sweep),
          p.after(sweep),
          tape.part(p.message()),
          tape.part(p.message() + p.h()),
          hidden,
          output);
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

  SweepForward(SweepPlaces p, SweepGroups groups, Parallel parallel, Scratch scratch) {
    this.p = p;
    this.groups = groups;
    this.parallel = parallel;
    this.scratch = scratch;
    this.h = p.h();
    this.sides = new Side[] {Side.of(p, 0), Side.of(p, 1)};
    int gates = GATES * h;
    this.input = new SweepWeights(0, h, gates);
    this.hidden = new SweepWeights(input.end(), h, gates);
    int mlps = p.mlps().length;
    this.first = new SweepWeights[mlps];
    this.second = new SweepWeights[mlps];
    int at = hidden.end();
    for (int i = 0; i < mlps; i++) {
      int units = p.mlps()[i].hidden();
      first[i] = new SweepWeights(at, h, units);
      second[i] = new SweepWeights(first[i].end(), units, h);
      at = second[i].end();
    }
    this.inputSums = new SweepRows(at, gates);
    this.hiddenSums = inputSums.part(p.nodes() * gates);
    this.size = at + 2 * p.nodes() * gates + TileBuffers.SLACK;
  }

  @Override
  public void run(float[] arena) {
    float[] buffer = scratch.get(0, size);
    pack(input, buffer, arena, p.wi(), p.bi());
    pack(hidden, buffer, arena, p.wh(), p.bh());
    for (int i = 0; i < first.length; i++) {
      SweepPlaces.Mlp m = p.mlps()[i];
      pack(first[i], buffer, arena, m.w1(), m.b1());
      pack(second[i], buffer, arena, m.w2(), m.b2());
    }
    parallel.forRange(groups.count(), groups.cost(), arena, buffer, both);
  }

  private static void pack(SweepWeights w, float[] buffer, float[] a, int weight, int bias) {
    w.clear(buffer);
    w.turned(buffer, a, weight);
    w.bias(buffer, a, bias);
  }

  /** Both sweeps over some groups of graphs. */
  private void both(float[] a, float[] buffer, int from, int to) {
    for (int group = from; group < to; group++) {
      for (int sweep = 0; sweep < 2; sweep++) {
        Side side = sides[sweep];
        GraphLevels levels = groups.levels(group, sweep);
        int[] nodes = levels.nodes();
        int[] starts = levels.starts();
        hidden.multiply(buffer, a, side.before, buffer, hiddenSums, nodes, 0, nodes.length, false);
        for (int level = 0; level < levels.count(); level++) {
          update(side, a, buffer, nodes, starts[level], starts[level + 1]);
        }
      }
    }
  }

  private void update(Side side, float[] a, float[] buffer, int[] nodes, int from, int to) {
    messages(side, a, nodes, from, to);
    input.multiply(buffer, a, side.message, buffer, inputSums, nodes, from, to, false);
    for (int i = from; i < to; i++) {
      int v = nodes[i];
      int gates = side.gates.at(v);
      int in = inputSums.at(v);
      int hid = hiddenSums.at(v);
      SweepVectors.gate(buffer, in, buffer, hid, a, gates, 2 * h);
      System.arraycopy(buffer, hid + 2 * h, a, gates + GATES * h, h);
      SweepVectors.state(buffer, in + 2 * h, a, gates, side.before.at(v), side.after.at(v), h);
    }
    for (int i = 0; i < first.length; i++) {
      SweepRows units = side.hidden[i];
      first[i].multiply(buffer, a, side.after, a, units, nodes, from, to, true);
      second[i].multiply(buffer, a, units, a, side.output[i], nodes, from, to, true);
    }
  }

  /** Messages of the neighbours, those already updated in this sweep. */
  private void messages(Side side, float[] a, int[] nodes, int from, int to) {
    for (int i = from; i < to; i++) {
      int v = nodes[i];
      int at = side.message.at(v);
      SweepVectors.direct(a, side.output[0], side.edges, v, a, at, h);
      if (first.length == 2) {
        SweepVectors.weighted(a, side.output[1], side.edges, v, a, at, h, true);
      }
    }
  }
}
