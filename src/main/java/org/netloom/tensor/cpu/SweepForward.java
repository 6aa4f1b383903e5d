package org.netloom.tensor.cpu;

import java.util.List;
import org.netloom.tensor.GraphLevels;

/**
 * The forward pass of the sweeps. What the GRU makes of the states before a sweep is one product
 * over all nodes; all else goes level by level, over the nodes of all graphs in it.
 */
final class SweepForward {
  private static final int GATES = 3;

  private final SweepPlaces p;
  private final float[] a;
  private final int h;
  private final SweepWeights input;
  private final SweepWeights hidden;
  private final SweepWeights[] first;
  private final SweepWeights[] second;

  /** W_i·m + b_i of a node, and W_h·h + b_h. */
  private final SweepRows inputSums;

  private final SweepRows hiddenSums;

  SweepForward(SweepPlaces p, float[] a, Scratch scratch) {
    this.p = p;
    this.a = a;
    this.h = p.h();
    int gates = GATES * h;
    float[] weights = scratch.get(0, p.weightSize());
    this.input = new SweepWeights(weights, 0, h, gates).turned(a, p.wi()).bias(a, p.bi());
    this.hidden =
        new SweepWeights(weights, input.end(), h, gates).turned(a, p.wh()).bias(a, p.bh());
    int mlps = p.mlps().length;
    this.first = new SweepWeights[mlps];
    this.second = new SweepWeights[mlps];
    int at = hidden.end();
    for (int i = 0; i < mlps; i++) {
      SweepPlaces.Mlp m = p.mlps()[i];
      first[i] = new SweepWeights(weights, at, h, m.hidden()).turned(a, m.w1()).bias(a, m.b1());
      second[i] =
          new SweepWeights(weights, first[i].end(), m.hidden(), h)
              .turned(a, m.w2())
              .bias(a, m.b2());
      at = second[i].end();
    }
    float[] sums = scratch.get(1, 2 * p.nodes() * gates);
    this.inputSums = new SweepRows(sums, 0, gates);
    this.hiddenSums = new SweepRows(sums, p.nodes() * gates, gates);
  }

  /** Both sweeps over some of the graphs. */
  void run(List<GraphLevels> group) {
    for (int sweep = 0; sweep < 2; sweep++) {
      GraphLevels levels = group.get(sweep);
      int[] nodes = levels.nodes();
      hidden.multiply(p.before(a, sweep), hiddenSums, nodes, 0, nodes.length, false);
      for (int level = 0; level < levels.count(); level++) {
        update(sweep, nodes, levels.starts()[level], levels.starts()[level + 1]);
      }
    }
  }

  private void update(int sweep, int[] nodes, int from, int to) {
    int message = p.message();
    SweepRows tape = p.tapes(a, sweep, 0);
    SweepRows after = p.after(a, sweep);
    messages(sweep, nodes, from, to);
    input.multiply(tape.part(message), inputSums, nodes, from, to, false);
    for (int i = from; i < to; i++) {
      int v = nodes[i];
      int gates = tape.at(v) + message + h;
      float[] in = inputSums.data();
      float[] hid = hiddenSums.data();
      int ofIn = inputSums.at(v);
      int ofHid = hiddenSums.at(v);
      SweepVectors.gate(in, ofIn, hid, ofHid, a, gates, 2 * h);
      System.arraycopy(hid, ofHid + 2 * h, a, gates + GATES * h, h);
      SweepVectors.state(in, ofIn + 2 * h, a, gates, p.before(sweep, v), p.after(sweep, v), h);
    }
    for (int i = 0; i < first.length; i++) {
      SweepPlaces.Mlp mlp = p.mlps()[i];
      first[i].multiply(after, tape.part(mlp.tape()), nodes, from, to, true);
      second[i].multiply(tape.part(mlp.tape()), tape.part(mlp.output()), nodes, from, to, true);
    }
  }

  /** Messages of the neighbours, those already updated in this sweep. */
  private void messages(int sweep, int[] nodes, int from, int to) {
    int[] start = p.start(sweep);
    int[] node = p.node(sweep);
    int[] distance = p.distance(sweep);
    SweepRows near = p.tapes(a, sweep, p.mlps()[0].output());
    SweepRows far = p.tapes(a, sweep, p.mlps()[first.length - 1].output());
    for (int i = from; i < to; i++) {
      int v = nodes[i];
      int at = p.tape(sweep, v) + p.message();
      SweepVectors.direct(near, node, distance, start[v], start[v + 1], a, at, h);
      if (first.length == 2) {
        int sum = inputSums.at(v);
        SweepVectors.weighted(
            far, node, distance, start[v], start[v + 1], inputSums.data(), sum, h);
        SweepVectors.add(inputSums.data(), sum, a, at, h);
      }
    }
  }
}
