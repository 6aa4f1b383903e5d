package org.netloom.tensor.opencl;

import org.netloom.tensor.GraphEdges;
import org.netloom.tensor.GraphSweeps;
import org.netloom.tensor.Plan;

/**
 * Message passing over any number of graphs: one pass for all updates, and products for the
 * gradients of the weights.
 */
final class SweepSteps {
  private static final int BLOCK = 48;
  private static final int MLPS = 11;
  private static final int SWEEPS = 23;
  private static final int GRADIENT = 41;

  private final Code code;
  private final int h;
  private final int nodes;
  private final int[] hidden;
  private final int[] tapePlace;
  private final int tapeRow;
  private final int[] block = new int[BLOCK];

  private SweepSteps(GraphSweeps op, Plan.Step s, Code code, int from) {
    this.code = code;
    this.h = s.inShape(from).side(1);
    this.nodes = op.edges().nodes();
    int mlps = op.virtual() ? 2 : 1;
    this.hidden = new int[mlps];
    this.tapePlace = new int[mlps];
    int at = from + 1;
    int place = 0;
    for (int i = 0; i < mlps; i++) {
      hidden[i] = s.inShape(at).side(0);
      tapePlace[i] = place;
      int mlp = MLPS + 6 * i;
      for (int j = 0; j < GraphSweeps.BLOCK; j++) {
        block[mlp + j] = code.at(s.in()[at + j]);
      }
      block[mlp + 4] = hidden[i];
      block[mlp + 5] = place;
      place += hidden[i] + h;
      at += GraphSweeps.BLOCK;
    }
    this.tapeRow = place + 5 * h;
    block[0] = h;
    block[1] = mlps;
    block[2] = code.at(s.in()[from]);
    block[6] = tapeRow;
    for (int j = 0; j < GraphSweeps.BLOCK; j++) {
      block[7 + j] = code.at(s.in()[at + j]);
    }
    edges(op.edges());
    block[GRADIENT + 4] = nodes;
  }

  static void write(GraphSweeps op, Plan.Step s, Code code) {
    switch (op) {
      case GraphSweeps.Forward f -> {
        SweepSteps steps = new SweepSteps(op, s, code, 0);
        steps.states(s.out()[1], s.out()[0], s.out()[2]);
        code.pass(Op.SWEEPS, steps.block);
      }
      case GraphSweeps.Gradient f -> {
        int[] in = s.in();
        SweepSteps steps = new SweepSteps(op, s, code, 1);
        steps.states(in[in.length - 2], in[in.length - 3], in[in.length - 1]);
        steps.gradient(s);
      }
    }
  }

  private void states(int first, int last, int tape) {
    block[3] = code.at(first);
    block[4] = code.at(last);
    block[5] = code.at(tape);
  }

  private void edges(GraphEdges e) {
    int[] in = {code.table(e.inStart()), code.table(e.inNode()), code.table(e.inDistance())};
    int[] out = {code.table(e.outStart()), code.table(e.outNode()), code.table(e.outDistance())};
    sweep(SWEEPS, SweepLevels.of(e, true), in, out);
    sweep(SWEEPS + 9, SweepLevels.of(e, false), out, in);
    block[GRADIENT + 6] = e.graphs();
  }

  private void sweep(int at, SweepLevels levels, int[] sources, int[] targets) {
    block[at] = code.table(levels.graphs());
    block[at + 1] = code.table(levels.starts());
    block[at + 2] = code.table(levels.nodes());
    System.arraycopy(sources, 0, block, at + 3, 3);
    System.arraycopy(targets, 0, block, at + 6, 3);
  }

  private void gradient(Plan.Step s) {
    int row = 5 * h;
    int[] part = new int[hidden.length];
    for (int i = 0; i < hidden.length; i++) {
      part[i] = row;
      row += h + hidden[i];
    }
    int updates = 2 * nodes;
    int rows = code.temporary((long) updates * row);
    int between = code.temporary((long) nodes * h);
    int old = code.temporary((long) updates * h);
    int now = code.temporary((long) updates * h);
    block[GRADIENT] = code.at(s.in()[0]);
    block[GRADIENT + 1] = rows;
    block[GRADIENT + 2] = row;
    block[GRADIENT + 3] = code.at(s.out()[0]);
    block[GRADIENT + 5] = between;
    code.pass(Op.SWEEPS_GRADIENT, block);
    LayoutSteps.copy(code, block[2], old, nodes * h);
    LayoutSteps.copy(code, block[3], old + nodes * h, nodes * h);
    LayoutSteps.copy(code, block[3], now, nodes * h);
    LayoutSteps.copy(code, block[4], now + nodes * h, nodes * h);
    int[] out = s.out();
    for (int i = 0; i < hidden.length; i++) {
      int place = 1 + GraphSweeps.BLOCK * i;
      int output = rows + part[i];
      int unit = output + h;
      int tape = block[5] + tapePlace[i];
      product(hidden[i], h, unit, row, now, h, out[place]);
      Columns.sum(code, updates, hidden[i], unit, row, code.at(out[place + 1]));
      product(h, hidden[i], output, row, tape, tapeRow, out[place + 2]);
      Columns.sum(code, updates, h, output, row, code.at(out[place + 3]));
    }
    int gru = 1 + GraphSweeps.BLOCK * hidden.length;
    product(3 * h, h, rows, row, block[5] + tapeRow - 5 * h, tapeRow, out[gru]);
    product(2 * h, h, rows, row, old, h, out[gru + 1]);
    product(h, h, rows + 3 * h, row, old, h, out[gru + 1] + 2 * h * h);
    Columns.sum(code, updates, 3 * h, rows, row, code.at(out[gru + 2]));
    Columns.sum(code, updates, 2 * h, rows, row, code.at(out[gru + 3]));
    Columns.sum(code, updates, h, rows + 3 * h, row, code.at(out[gru + 3]) + 2 * h);
  }

  /** A weight's gradient [m, n]: the sum over all updates of left's column i times right's j. */
  private void product(int m, int n, int left, int leftRow, int right, int rightRow, int to) {
    Products.product(
        code,
        m,
        n,
        2 * nodes,
        1,
        Products.Left.matrix(code, left, 1, leftRow, 2 * nodes),
        new Products.Right(right, 0, rightRow),
        code.at(to),
        0,
        n);
  }
}
