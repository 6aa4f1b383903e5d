package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.GraphLevels;
import org.netloom.tensor.GraphSweeps;
import org.netloom.tensor.Plan;

/**
 * The gradient of the sweeps, levels in reverse. Gradients gather from the nodes updated later, in
 * ascending order; the vectors of all updates are kept, so that in the end the gradient of each
 * weight is one product over them: first those of the forward sweep, then those of the backward
 * sweep, each by node.
 */
final class SweepGradient {
  private static final int GATES = 3;

  private final SweepPlaces p;
  private final float[] a;
  private final float[] b;
  private final int h;
  private final int updates;
  private final SweepWeights input;
  private final SweepWeights hidden;
  private final SweepWeights[] first;
  private final SweepWeights[] second;

  /** ∂ of the gates' sums by update: candidate, reset, update, candidate of the hidden side. */
  private final SweepRows gates;

  /** ∂ of each MLP's output and hidden layer by update. */
  private final SweepRows[] output;

  private final SweepRows[] inner;

  /** ∂m by node, for the sweep at work. */
  private final SweepRows message;

  /** ∂ of the states after and before the sweep at work. */
  private SweepRows after;

  private SweepRows before;

  SweepGradient(SweepPlaces p, float[] a, Scratch scratch) {
    this.p = p;
    this.a = a;
    this.h = p.h();
    this.updates = 2 * p.nodes();
    int mlps = p.mlps().length;
    float[] weights = scratch.get(0, p.weightSize());
    this.input =
        new SweepWeights(weights, 0, GATES * h, h)
            .rows(0, a, p.wi() + 2 * h * h, h)
            .rows(h, a, p.wi(), 2 * h);
    this.hidden =
        new SweepWeights(weights, input.end(), GATES * h, h).rows(0, a, p.wh(), GATES * h);
    this.first = new SweepWeights[mlps];
    this.second = new SweepWeights[mlps];
    this.output = new SweepRows[mlps];
    this.inner = new SweepRows[mlps];
    int at = hidden.end();
    int size = (2 * (GATES + 1) + 3) * p.nodes() * h;
    for (int i = 0; i < mlps; i++) {
      SweepPlaces.Mlp m = p.mlps()[i];
      first[i] = new SweepWeights(weights, at, m.hidden(), h).rows(0, a, m.w1(), m.hidden());
      second[i] = new SweepWeights(weights, first[i].end(), h, m.hidden()).rows(0, a, m.w2(), h);
      at = second[i].end();
      size += updates * (h + m.hidden());
    }
    this.b = scratch.get(1, size + TileBuffers.SLACK);
    this.gates = new SweepRows(b, 0, (GATES + 1) * h);
    int place = updates * (GATES + 1) * h;
    for (int i = 0; i < mlps; i++) {
      int k = p.mlps()[i].hidden();
      output[i] = new SweepRows(b, place, h);
      inner[i] = new SweepRows(b, place + updates * h, k);
      place += updates * (h + k);
    }
    int states = p.nodes() * h;
    this.message = new SweepRows(b, place, h);
    this.after = new SweepRows(b, place + states, h);
    this.before = new SweepRows(b, place + 2 * states, h);
  }

  /** ∂h of all nodes into ∂x, the graphs over the threads in groups. */
  void states(Plan.Step s, SweepGroups groups, Parallel parallel) {
    int states = p.nodes() * h;
    System.arraycopy(a, s.in()[0], b, after.base(), states);
    for (int sweep = 1; sweep >= 0; sweep--) {
      int of = sweep;
      groups.each(parallel, a, b, levels -> sweep(of, levels.get(of)));
      SweepRows done = before;
      before = after;
      after = done;
    }
    System.arraycopy(b, after.base(), a, s.out()[0], states);
  }

  private void sweep(int sweep, GraphLevels levels) {
    int[] nodes = levels.nodes();
    for (int level = levels.count() - 1; level >= 0; level--) {
      downdate(sweep, nodes, levels.starts()[level], levels.starts()[level + 1]);
    }
    hidden.add(of(gates, sweep).part(h), before, nodes, 0, nodes.length);
  }

  /** Reverse of one level's updates: ∂h', complete then, into ∂ of the gates and of the message. */
  private void downdate(int sweep, int[] nodes, int from, int to) {
    SweepRows tape = p.tapes(a, sweep, 0);
    SweepRows gate = of(gates, sweep);
    messages(sweep, nodes, from, to);
    for (int i = 0; i < first.length; i++) {
      SweepPlaces.Mlp mlp = p.mlps()[i];
      SweepRows out = of(output[i], sweep);
      SweepRows in = of(inner[i], sweep);
      stop(tape.part(mlp.output()), out, nodes, from, to, h);
      second[i].multiply(out, in, nodes, from, to, false);
      stop(tape.part(mlp.tape()), in, nodes, from, to, mlp.hidden());
      first[i].add(in, after, nodes, from, to);
    }
    for (int i = from; i < to; i++) {
      int v = nodes[i];
      SweepVectors.gradients(
          a,
          tape.at(v) + p.message() + h,
          p.before(sweep, v),
          b,
          after.at(v),
          gate.at(v),
          before.at(v),
          h);
    }
    input.multiply(gate, message, nodes, from, to, false);
  }

  /** ∂ of the MLPs' outputs: what the messages to the nodes updated later make of them. */
  private void messages(int sweep, int[] nodes, int from, int to) {
    int[] start = p.start(1 - sweep);
    int[] node = p.node(1 - sweep);
    int[] distance = p.distance(1 - sweep);
    SweepRows near = of(output[0], sweep);
    SweepRows far = of(output[first.length - 1], sweep);
    for (int i = from; i < to; i++) {
      int v = nodes[i];
      int end = start[v + 1];
      SweepVectors.direct(message, node, distance, start[v], end, b, near.at(v), h);
      if (first.length == 2) {
        SweepVectors.weighted(message, node, distance, start[v], end, b, far.at(v), h);
      }
    }
  }

  private static void stop(SweepRows y, SweepRows g, int[] nodes, int from, int to, int size) {
    for (int i = from; i < to; i++) {
      SweepVectors.stop(y.data(), y.at(nodes[i]), g.data(), g.at(nodes[i]), size);
    }
  }

  /** A sweep's rows among those of all updates. */
  private SweepRows of(SweepRows all, int sweep) {
    return all.part(sweep * p.nodes() * all.step());
  }

  /** The gradients of all weights, from those of all updates. */
  void weights(int[] out, Parallel parallel) {
    int[] tape = offsets(p.tape(0, 0), p.tape(1, 0), p.tapeRow());
    int[] now = offsets(p.after(0, 0), p.after(1, 0), h);
    int[] old = offsets(p.before(0, 0), p.before(1, 0), h);
    for (int i = 0; i < first.length; i++) {
      SweepPlaces.Mlp mlp = p.mlps()[i];
      int at = 1 + GraphSweeps.BLOCK * i;
      product(inner[i], mlp.hidden(), 0, now, out[at], parallel);
      total(inner[i], mlp.hidden(), out[at + 1]);
      product(output[i], h, mlp.tape(), tape, out[at + 2], mlp.hidden(), parallel);
      total(output[i], h, out[at + 3]);
    }
    int at = 1 + GraphSweeps.BLOCK * first.length;
    int square = h * h;
    product(gates.part(h), 2 * h, p.message(), tape, out[at], parallel);
    product(gates, h, p.message(), tape, out[at] + 2 * square, parallel);
    product(gates.part(h), GATES * h, 0, old, out[at + 1], parallel);
    total(gates.part(h), 2 * h, out[at + 2]);
    total(gates, h, out[at + 2] + 2 * h);
    total(gates.part(h), GATES * h, out[at + 3]);
  }

  /** Where the operands of all updates lie, whose sweeps may lie apart. */
  private int[] offsets(int forward, int backward, int step) {
    int[] all = new int[updates];
    for (int v = 0; v < p.nodes(); v++) {
      all[v] = forward + v * step;
      all[p.nodes() + v] = backward + v * step;
    }
    return all;
  }

  private void product(SweepRows left, int m, int base, int[] at, int out, Parallel parallel) {
    product(left, m, base, at, out, h, parallel);
  }

  /** ∂W [m, n] = Σ over all updates of one vector times another. */
  private void product(
      SweepRows left, int m, int base, int[] at, int out, int n, Parallel parallel) {
    int[] rows = new int[updates];
    for (int u = 0; u < updates; u++) {
      rows[u] = left.at(u);
    }
    int blocks = Math.ceilDiv(m, OuterProduct.ROWS);
    parallel.forRange(
        blocks,
        (long) updates * m * n,
        a,
        b,
        (arena, shared, from, to) ->
            OuterProduct.multiply(
                shared,
                0,
                rows,
                arena,
                base,
                at,
                updates,
                arena,
                out,
                n,
                from * OuterProduct.ROWS,
                Math.min(m, to * OuterProduct.ROWS),
                n,
                false));
  }

  /** ∂b [m] = Σ over all updates of a vector. */
  private void total(SweepRows of, int m, int out) {
    Arrays.fill(a, out, out + m, 0f);
    for (int u = 0; u < updates; u++) {
      SweepVectors.add(b, of.at(u), a, out, m);
    }
  }
}
