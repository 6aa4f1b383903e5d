package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.GraphSweeps;
import org.netloom.tensor.Plan;

/**
 * {@link GraphSweepKernels} in vectors. States and gates are rows padded to whole vectors; in the
 * gradient the rows of all updates are kept, so that each weight's gradient is one product over
 * them in the end.
 */
final class SimdGraphSweeps {
  private static final int GATES = 3;
  private static final float[] NONE = {};

  private final TileBuffers buffers;
  private final Scratch scratch = new Scratch(2);

  SimdGraphSweeps(TileBuffers buffers) {
    this.buffers = buffers;
  }

  Kernel prepare(GraphSweeps op, Plan.Step s) {
    SweepPlaces places = SweepPlaces.of(op, s);
    return switch (op) {
      case GraphSweeps.Forward f -> new Forward(places);
      case GraphSweeps.Gradient f -> new Gradient(places, s);
    };
  }

  /** Floats of all weights, each in rows padded to whole vectors. */
  private static int weightSize(SweepPlaces p) {
    int hp = SweepWeights.padded(p.h());
    int size = 2 * GATES * hp * hp;
    for (SweepPlaces.Mlp mlp : p.mlps()) {
      size += 2 * SweepWeights.padded(mlp.hidden()) * hp;
    }
    return size;
  }

  /** The forward pass; {@code b} holds one update's rows. */
  private final class Forward implements Kernel {
    private final SweepPlaces p;
    private final int h;
    private final int hp;
    private final SweepWeights[] input = new SweepWeights[GATES];
    private final SweepWeights[] hidden = new SweepWeights[GATES];
    private final SweepWeights[] first;
    private final SweepWeights[] second;
    private final int size;
    private float[] a = NONE;
    private float[] b = NONE;
    private float[] w = NONE;

    Forward(SweepPlaces p) {
      this.p = p;
      this.h = p.h();
      this.hp = SweepWeights.padded(h);
      int widest = hp;
      int at = 0;
      for (int g = 0; g < GATES; g++) {
        input[g] = new SweepWeights(p.wi() + g * h * h, true, at, h, h);
        hidden[g] = new SweepWeights(p.wh() + g * h * h, true, input[g].end(), h, h);
        at = hidden[g].end();
      }
      first = new SweepWeights[p.mlps().length];
      second = new SweepWeights[p.mlps().length];
      for (int i = 0; i < first.length; i++) {
        SweepPlaces.Mlp mlp = p.mlps()[i];
        first[i] = new SweepWeights(mlp.w1(), true, at, h, mlp.hidden());
        second[i] = new SweepWeights(mlp.w2(), true, first[i].end(), mlp.hidden(), h);
        at = second[i].end();
        widest = Math.max(widest, first[i].width());
      }
      this.size = 13 * hp + widest;
    }

    @Override
    public void run(float[] arena) {
      a = arena;
      b = scratch.get(1, size);
      w = scratch.get(0, weightSize(p));
      Arrays.fill(b, 0, size, 0f);
      for (int g = 0; g < GATES; g++) {
        input[g].load(a, w);
        hidden[g].load(a, w);
      }
      for (int i = 0; i < first.length; i++) {
        first[i].load(a, w);
        second[i].load(a, w);
      }
      for (int v = 0; v < p.nodes(); v++) {
        update(0, v);
      }
      for (int v = p.nodes() - 1; v >= 0; v--) {
        update(1, v);
      }
      a = NONE;
      b = NONE;
      w = NONE;
    }

    private void update(int sweep, int v) {
      int m = 0;
      int old = hp;
      int now = 2 * hp;
      int r = 3 * hp;
      int z = 4 * hp;
      int n = 5 * hp;
      int in = 6 * hp;
      int hid = 9 * hp;
      int row = p.tape(sweep, v);
      message(sweep, v, m);
      System.arraycopy(a, p.before(sweep, v), b, old, h);
      for (int g = 0; g < GATES; g++) {
        System.arraycopy(a, p.bi() + g * h, b, in + g * hp, h);
        System.arraycopy(a, p.bh() + g * h, b, hid + g * hp, h);
        input[g].multiply(w, b, m, b, in + g * hp);
        hidden[g].multiply(w, b, old, b, hid + g * hp);
      }
      SweepVectors.gate(b, in, hid, r, hp);
      SweepVectors.gate(b, in + hp, hid + hp, z, hp);
      SweepVectors.state(b, in + 2 * hp, hid + 2 * hp, r, z, n, old, now, hp);
      int to = row + p.message();
      System.arraycopy(b, m, a, to, h);
      System.arraycopy(b, r, a, to + h, h);
      System.arraycopy(b, z, a, to + 2 * h, h);
      System.arraycopy(b, n, a, to + 3 * h, h);
      System.arraycopy(b, hid + 2 * hp, a, to + 4 * h, h);
      System.arraycopy(b, now, a, p.after(sweep, v), h);
      perceptrons(row, now, 12 * hp, 13 * hp);
    }

    /** Sum of the neighbours' messages, those already updated in this sweep. */
    private void message(int sweep, int v, int m) {
      Arrays.fill(b, m, m + hp, 0f);
      int[] start = p.start(sweep);
      for (int e = start[v]; e < start[v + 1]; e++) {
        int source = p.tape(sweep, p.node(sweep)[e]);
        int distance = p.distance(sweep)[e];
        for (int i = 0; i < first.length; i++) {
          if (i == 1 || distance == 1) {
            SweepPlaces.Mlp mlp = p.mlps()[i];
            SweepVectors.addExact(1f / distance, a, source + mlp.tape() + mlp.hidden(), b, m, h);
          }
        }
      }
    }

    private void perceptrons(int row, int now, int output, int inner) {
      for (int i = 0; i < first.length; i++) {
        SweepPlaces.Mlp mlp = p.mlps()[i];
        Arrays.fill(b, inner, inner + first[i].width(), 0f);
        System.arraycopy(a, mlp.b1(), b, inner, mlp.hidden());
        first[i].multiply(w, b, now, b, inner);
        SweepVectors.rectify(b, inner, first[i].width());
        Arrays.fill(b, output, output + hp, 0f);
        System.arraycopy(a, mlp.b2(), b, output, h);
        second[i].multiply(w, b, inner, b, output);
        SweepVectors.rectify(b, output, hp);
        System.arraycopy(b, inner, a, row + mlp.tape(), mlp.hidden());
        System.arraycopy(b, output, a, row + mlp.tape() + mlp.hidden(), h);
      }
    }
  }

  /** The gradient; {@code b} holds the rows of all updates, then the gradients of the states. */
  private final class Gradient implements Kernel {
    private final SweepPlaces p;
    private final Plan.Step s;
    private final int h;
    private final int hp;
    private final int updates;

    /** Floats of one update's row. */
    private final int step;

    private final int message = 0;
    private final int old;
    private final int now;
    private final int reset;
    private final int update;
    private final int candidate;
    private final int hiddenSum;
    private final int state;
    private final int toReset;
    private final int toUpdate;
    private final int toCandidate;
    private final int toHidden;
    private final int[] inner;
    private final int[] output;
    private final int[] toInner;
    private final int[] toOutput;
    private final SweepWeights[] input = new SweepWeights[GATES];
    private final SweepWeights[] hidden = new SweepWeights[GATES];
    private final SweepWeights[] first;
    private final SweepWeights[] second;

    /** ∂ of each MLP's outputs, a row per node. */
    private final int[] messages;

    private final int sum;
    private final int[] toInput;
    private final int[] toState;
    private final int size;
    private float[] a = NONE;
    private float[] b = NONE;
    private float[] w = NONE;
    private int after;
    private int before;
    private int done;

    Gradient(SweepPlaces p, Plan.Step s) {
      this.p = p;
      this.s = s;
      this.h = p.h();
      this.hp = SweepWeights.padded(h);
      this.updates = 2 * p.nodes();
      this.old = hp;
      this.now = 2 * hp;
      this.reset = 3 * hp;
      this.update = 4 * hp;
      this.candidate = 5 * hp;
      this.hiddenSum = 6 * hp;
      this.state = 7 * hp;
      this.toReset = 8 * hp;
      this.toUpdate = 9 * hp;
      this.toCandidate = 10 * hp;
      this.toHidden = 11 * hp;
      this.toInput = new int[] {toReset, toUpdate, toCandidate};
      this.toState = new int[] {toReset, toUpdate, toHidden};
      int mlps = p.mlps().length;
      this.inner = new int[mlps];
      this.output = new int[mlps];
      this.toInner = new int[mlps];
      this.toOutput = new int[mlps];
      this.first = new SweepWeights[mlps];
      this.second = new SweepWeights[mlps];
      int at = 0;
      for (int g = 0; g < GATES; g++) {
        input[g] = new SweepWeights(p.wi() + g * h * h, false, at, h, h);
        hidden[g] = new SweepWeights(p.wh() + g * h * h, false, input[g].end(), h, h);
        at = hidden[g].end();
      }
      int place = 12 * hp;
      int widest = hp;
      for (int i = 0; i < mlps; i++) {
        SweepPlaces.Mlp mlp = p.mlps()[i];
        first[i] = new SweepWeights(mlp.w1(), false, at, mlp.hidden(), h);
        second[i] = new SweepWeights(mlp.w2(), false, first[i].end(), h, mlp.hidden());
        at = second[i].end();
        int kp = second[i].width();
        widest = Math.max(widest, kp);
        inner[i] = place;
        toInner[i] = place + kp;
        output[i] = place + 2 * kp;
        toOutput[i] = place + 2 * kp + hp;
        place += 2 * kp + 2 * hp;
      }
      this.step = place;
      int states = p.nodes() * hp;
      this.messages = new int[mlps];
      for (int i = 0; i < mlps; i++) {
        messages[i] = updates * step + (2 + i) * states;
      }
      this.sum = updates * step + (2 + mlps) * states;
      this.size = sum + widest + 64;
    }

    @Override
    public void run(float[] arena) {
      a = arena;
      b = scratch.get(1, size);
      w = scratch.get(0, weightSize(p));
      Arrays.fill(b, 0, size, 0f);
      for (int g = 0; g < GATES; g++) {
        input[g].load(a, w);
        hidden[g].load(a, w);
      }
      for (int i = 0; i < first.length; i++) {
        first[i].load(a, w);
        second[i].load(a, w);
      }
      after = updates * step;
      before = after + p.nodes() * hp;
      done = 0;
      for (int v = 0; v < p.nodes(); v++) {
        System.arraycopy(a, s.in()[0] + v * h, b, after + v * hp, h);
      }
      for (int v = 0; v < p.nodes(); v++) {
        downdate(1, v);
      }
      int swap = after;
      after = before;
      before = swap;
      for (int place : messages) {
        Arrays.fill(b, place, place + p.nodes() * hp, 0f);
      }
      for (int v = p.nodes() - 1; v >= 0; v--) {
        downdate(0, v);
      }
      for (int v = 0; v < p.nodes(); v++) {
        System.arraycopy(b, before + v * hp, a, s.out()[0] + v * h, h);
      }
      weights(s.out());
      a = NONE;
      b = NONE;
      w = NONE;
    }

    /** Reverse of one update: ∂h' (complete by now) into ∂h and the messages of its sources. */
    private void downdate(int sweep, int v) {
      int row = done++ * step;
      int g = after + v * hp;
      read(sweep, v, row);
      for (int i = 0; i < first.length; i++) {
        System.arraycopy(b, messages[i] + v * hp, b, row + toOutput[i], hp);
        SweepVectors.stop(b, row + output[i], b, row + toOutput[i], hp);
        second[i].multiply(w, b, row + toOutput[i], b, row + toInner[i]);
        SweepVectors.stop(b, row + inner[i], b, row + toInner[i], second[i].width());
        first[i].multiply(w, b, row + toInner[i], b, g);
      }
      System.arraycopy(b, g, b, row + state, hp);
      int earlier = before + v * hp;
      SweepVectors.gradients(
          b,
          row + state,
          row + reset,
          row + update,
          row + candidate,
          row + hiddenSum,
          row + old,
          row + toReset,
          row + toUpdate,
          row + toCandidate,
          row + toHidden,
          earlier,
          hp);
      Arrays.fill(b, sum, sum + hp, 0f);
      for (int k = 0; k < GATES; k++) {
        input[k].multiply(w, b, row + toInput[k], b, sum);
        hidden[k].multiply(w, b, row + toState[k], b, earlier);
      }
      int[] start = p.start(sweep);
      for (int e = start[v]; e < start[v + 1]; e++) {
        int distance = p.distance(sweep)[e];
        for (int i = 0; i < first.length; i++) {
          if (i == 1 || distance == 1) {
            SweepVectors.add(1f / distance, b, sum, b, messages[i] + p.node(sweep)[e] * hp, hp);
          }
        }
      }
    }

    /** What the forward pass left of one update. */
    private void read(int sweep, int v, int row) {
      int tape = p.tape(sweep, v);
      System.arraycopy(a, p.before(sweep, v), b, row + old, h);
      System.arraycopy(a, p.after(sweep, v), b, row + now, h);
      int from = tape + p.message();
      System.arraycopy(a, from, b, row + message, h);
      System.arraycopy(a, from + h, b, row + reset, h);
      System.arraycopy(a, from + 2 * h, b, row + update, h);
      System.arraycopy(a, from + 3 * h, b, row + candidate, h);
      System.arraycopy(a, from + 4 * h, b, row + hiddenSum, h);
      for (int i = 0; i < first.length; i++) {
        SweepPlaces.Mlp mlp = p.mlps()[i];
        System.arraycopy(a, tape + mlp.tape(), b, row + inner[i], mlp.hidden());
        System.arraycopy(a, tape + mlp.tape() + mlp.hidden(), b, row + output[i], h);
      }
    }

    private void weights(int[] out) {
      for (int i = 0; i < first.length; i++) {
        int k = p.mlps()[i].hidden();
        int at = 1 + GraphSweeps.BLOCK * i;
        product(toInner[i], k, now, h, out[at]);
        total(toInner[i], k, out[at + 1]);
        product(toOutput[i], h, inner[i], k, out[at + 2]);
        total(toOutput[i], h, out[at + 3]);
      }
      int at = 1 + GraphSweeps.BLOCK * first.length;
      for (int k = 0; k < GATES; k++) {
        product(toInput[k], h, message, h, out[at] + k * h * h);
        product(toState[k], h, old, h, out[at + 1] + k * h * h);
        total(toInput[k], h, out[at + 2] + k * h);
        total(toState[k], h, out[at + 3] + k * h);
      }
    }

    /** ∂W [m, n] = Σ over all updates of one row part times another. */
    private void product(int left, int m, int right, int n, int out) {
      int[] rows = buffers.rows(updates, step);
      OuterProduct.multiply(b, left, rows, b, right, rows, updates, a, out, n, 0, m, n, false);
    }

    /** ∂b [m] = Σ over all updates of one row part. */
    private void total(int part, int m, int out) {
      int width = SweepWeights.padded(m);
      Arrays.fill(b, sum, sum + width, 0f);
      for (int u = 0; u < updates; u++) {
        SweepVectors.add(1f, b, u * step + part, b, sum, width);
      }
      System.arraycopy(b, sum, a, out, m);
    }
  }
}
