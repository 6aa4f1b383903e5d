package org.netloom.tensor.cpu;

import org.netloom.tensor.GraphLevels;
import org.netloom.tensor.Plan;

/**
 * The gradient of the sweeps, levels in reverse. Gradients gather from the nodes updated later, in
 * ascending order; the vectors of all updates are kept, so that in the end {@link SweepTotals}
 * makes the gradient of each weight of them.
 *
 * <p>Its buffer, shared by the threads, holds the weights in panels and those vectors.
 */
final class SweepGradient implements Kernel {
  private static final int GATES = 3;

  private final SweepPlaces p;
  private final SweepGroups groups;
  private final Parallel parallel;
  private final Scratch scratch;
  private final Parallel.Range[] sweeps = {
    (a, b, from, to) -> sweep(0, a, b, from, to), (a, b, from, to) -> sweep(1, a, b, from, to)
  };
  private final int h;
  private final SweepWeights input;
  private final SweepWeights hidden;
  private final SweepWeights[] first;
  private final SweepWeights[] second;
  private final Side[] sides;

  /** ∂h after the backward sweep, as given, and ∂x. */
  private final int given;

  private final int result;

  /** ∂ of the states between the sweeps and of those at either end, in the buffer. */
  private final SweepRows outer;

  private final SweepRows between;

  /** ∂m by node, for the sweep at work. */
  private final SweepRows message;

  private final int size;
  private final SweepTotals totals;

  /**
   * Where the vectors of one sweep lie: what it left in the arena, and in the buffer the gradients
   * of that.
   *
   * @param edges along which its gradients come, those of the messages of the other sweep
   * @param tape of its updates in the arena: r, z, n and W_hn·h + b_hn
   * @param old states before it in the arena
   * @param hidden of each MLP in the arena
   * @param output of each MLP in the arena
   * @param gates ∂ of the gates' sums: candidate, reset, update, candidate of the hidden side
   * @param ofHidden ∂ of each MLP's hidden layer
   * @param ofOutput ∂ of each MLP's output
   * @param after ∂ of the states after it
   * @param before ∂ of the states before it
   */
  private record Side(
      SweepEdges edges,
      SweepRows tape,
      SweepRows old,
      SweepRows[] hidden,
      SweepRows[] output,
      SweepRows gates,
      SweepRows hiddenGates,
      SweepRows[] ofHidden,
      SweepRows[] ofOutput,
      SweepRows after,
      SweepRows before) {

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  SweepGradient(
      SweepPlaces p, SweepGroups groups, Plan.Step s, Parallel parallel, Scratch scratch) {
    this.p = p;
    this.groups = groups;
    this.parallel = parallel;
    this.scratch = scratch;
    this.h = p.h();
    this.given = s.in()[0];
    this.result = s.out()[0];
    int mlps = p.mlps().length;
    this.input = new SweepWeights(0, GATES * h, h);
    this.hidden = new SweepWeights(input.end(), GATES * h, h);
    this.first = new SweepWeights[mlps];
    this.second = new SweepWeights[mlps];
    int at = hidden.end();
    for (int i = 0; i < mlps; i++) {
      int units = p.mlps()[i].hidden();
      first[i] = new SweepWeights(at, units, h);
      second[i] = new SweepWeights(first[i].end(), h, units);
      at = second[i].end();
    }
    int updates = 2 * p.nodes();
    SweepRows gates = new SweepRows(at, (GATES + 1) * h);
    at += updates * gates.step();
    SweepRows[] output = new SweepRows[mlps];
    SweepRows[] inner = new SweepRows[mlps];
    for (int i = 0; i < mlps; i++) {
      output[i] = new SweepRows(at, h);
      inner[i] = new SweepRows(at + updates * h, p.mlps()[i].hidden());
      at += updates * (h + inner[i].step());
    }
    int states = p.nodes() * h;
    this.message = new SweepRows(at, h);
    this.outer = message.part(states);
    this.between = outer.part(states);
    this.size = at + 3 * states + TileBuffers.SLACK;
    this.sides =
        new Side[] {
          side(0, gates, inner, output, between, outer),
          side(1, gates, inner, output, outer, between)
        };
    this.totals = new SweepTotals(p, gates, inner, output, s.out(), parallel);
  }

  private Side side(
      int sweep,
      SweepRows gates,
      SweepRows[] inner,
      SweepRows[] output,
      SweepRows after,
      SweepRows before) {
    int mlps = inner.length;
    SweepRows tape = p.tapes(sweep);
    SweepRows[] units = new SweepRows[mlps];
    SweepRows[] results = new SweepRows[mlps];
    SweepRows[] ofUnits = new SweepRows[mlps];
    SweepRows[] ofResults = new SweepRows[mlps];
    for (int i = 0; i < mlps; i++) {
      units[i] = tape.part(p.mlps()[i].tape());
      results[i] = tape.part(p.mlps()[i].output());
      ofUnits[i] = of(inner[i], sweep);
      ofResults[i] = of(output[i], sweep);
    }
    return new Side(
        p.messages(1 - sweep),
        tape.part(p.message() + h),
        p.before(sweep),
        units,
        results,
        of(gates, sweep),
        of(gates, sweep).part(h),
        ofUnits,
        ofResults,
        after,
        before);
  }

  /** A sweep's rows among those of all updates. */
  private SweepRows of(SweepRows all, int sweep) {
    return all.part(sweep * p.nodes() * all.step());
  }

  @Override
  public void run(float[] a) {
    float[] b = scratch.get(0, size);
    input.clear(b);
    input.rows(b, 0, a, p.wi() + 2 * h * h, h);
    input.rows(b, h, a, p.wi(), 2 * h);
    hidden.clear(b);
    hidden.rows(b, 0, a, p.wh(), GATES * h);
    for (int i = 0; i < first.length; i++) {
      SweepPlaces.Mlp m = p.mlps()[i];
      first[i].clear(b);
      first[i].rows(b, 0, a, m.w1(), m.hidden());
      second[i].clear(b);
      second[i].rows(b, 0, a, m.w2(), h);
    }
    int states = p.nodes() * h;
    System.arraycopy(a, given, b, outer.base(), states);
    for (int sweep = 1; sweep >= 0; sweep--) {
      parallel.forRange(groups.count(), groups.cost(), a, b, sweeps[sweep]);
    }
    System.arraycopy(b, outer.base(), a, result, states);
    totals.run(a, b);
  }

  /** ∂ of the states before a sweep, for some groups of graphs. */
  private void sweep(int sweep, float[] a, float[] b, int from, int to) {
    Side side = sides[sweep];
    for (int group = from; group < to; group++) {
      GraphLevels levels = groups.levels(group, sweep);
      int[] nodes = levels.nodes();
      int[] starts = levels.starts();
      for (int level = levels.count() - 1; level >= 0; level--) {
        downdate(side, a, b, nodes, starts[level], starts[level + 1]);
      }
      hidden.add(b, b, side.hiddenGates, b, side.before, nodes, 0, nodes.length);
    }
  }

  /** Reverse of one level's updates: ∂h', complete then, into ∂ of the gates and of the message. */
  private void downdate(Side side, float[] a, float[] b, int[] nodes, int from, int to) {
    messages(side, b, nodes, from, to);
    for (int i = 0; i < first.length; i++) {
      SweepRows out = side.ofOutput[i];
      SweepRows in = side.ofHidden[i];
      stop(a, side.output[i], b, out, nodes, from, to, h);
      second[i].multiply(b, b, out, b, in, nodes, from, to, false);
      stop(a, side.hidden[i], b, in, nodes, from, to, in.step());
      first[i].add(b, b, in, b, side.after, nodes, from, to);
    }
    for (int i = from; i < to; i++) {
      int v = nodes[i];
      SweepVectors.gradients(
          a,
          side.tape.at(v),
          side.old.at(v),
          b,
          side.after.at(v),
          side.gates.at(v),
          side.before.at(v),
          h);
    }
    input.multiply(b, b, side.gates, b, message, nodes, from, to, false);
  }

  /** ∂ of the MLPs' outputs: what the messages to the nodes updated later make of them. */
  private void messages(Side side, float[] b, int[] nodes, int from, int to) {
    for (int i = from; i < to; i++) {
      int v = nodes[i];
      SweepVectors.direct(b, message, side.edges, v, b, side.ofOutput[0].at(v), h);
      if (first.length == 2) {
        SweepVectors.weighted(b, message, side.edges, v, b, side.ofOutput[1].at(v), h, false);
      }
    }
  }

  private static void stop(
      float[] a, SweepRows y, float[] b, SweepRows g, int[] nodes, int from, int to, int size) {
    for (int i = from; i < to; i++) {
      SweepVectors.stop(a, y.at(nodes[i]), b, g.at(nodes[i]), size);
    }
  }
}
