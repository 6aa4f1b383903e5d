package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.GraphSweeps;
import org.netloom.tensor.Plan;

/**
 * The two sweeps of the gated graph network and their gradient. Each MLP is evaluated once per
 * updated node, not once per edge; sums over neighbours run in ascending order of nodes.
 */
final class GraphSweepKernels {
  private final float[] a;
  private final SweepPlaces places;
  private final int h;
  private final int nodes;
  private final SweepPlaces.Mlp[] mlps;
  private final int wi;
  private final int wh;
  private final int bi;
  private final int bh;

  private GraphSweepKernels(SweepPlaces places, float[] a) {
    this.a = a;
    this.places = places;
    this.h = places.h();
    this.nodes = places.nodes();
    this.mlps = places.mlps();
    this.wi = places.wi();
    this.wh = places.wh();
    this.bi = places.bi();
    this.bh = places.bh();
  }

  static void run(GraphSweeps op, Plan.Step s, float[] a) {
    GraphSweepKernels kernels = new GraphSweepKernels(SweepPlaces.of(op, s), a);
    switch (op) {
      case GraphSweeps.Forward f -> kernels.forward();
      case GraphSweeps.Gradient f -> kernels.backward(s);
    }
  }

  private void forward() {
    for (int v = 0; v < nodes; v++) {
      update(0, v);
    }
    for (int v = nodes - 1; v >= 0; v--) {
      update(1, v);
    }
  }

  /** h'_v from h_v and the messages of the neighbours already updated in this sweep. */
  private void update(int sweep, int v) {
    int at = places.tape(sweep, v);
    int m = at + places.message();
    int r = m + h;
    int z = r + h;
    int n = z + h;
    int hn = n + h;
    Arrays.fill(a, m, m + h, 0f);
    int[] start = places.start(sweep);
    int[] node = places.node(sweep);
    int[] distance = places.distance(sweep);
    for (int e = start[v]; e < start[v + 1]; e++) {
      int source = places.tape(sweep, node[e]);
      if (distance[e] == 1) {
        axpy(1f, source + mlps[0].tape() + mlps[0].hidden(), m, h);
      }
      if (mlps.length == 2) {
        axpy(1f / distance[e], source + mlps[1].tape() + mlps[1].hidden(), m, h);
      }
    }
    int old = places.before(sweep, v);
    for (int j = 0; j < h; j++) {
      a[r + j] = sigmoid(gate(wi, bi, m, j) + gate(wh, bh, old, j));
      a[z + j] = sigmoid(gate(wi, bi, m, h + j) + gate(wh, bh, old, h + j));
      a[hn + j] = gate(wh, bh, old, 2 * h + j);
      a[n + j] = (float) Math.tanh(gate(wi, bi, m, 2 * h + j) + a[r + j] * a[hn + j]);
    }
    int now = places.after(sweep, v);
    for (int j = 0; j < h; j++) {
      a[now + j] = (1 - a[z + j]) * a[n + j] + a[z + j] * a[old + j];
    }
    for (SweepPlaces.Mlp mlp : mlps) {
      int hidden = at + mlp.tape();
      layer(mlp.w1(), mlp.b1(), now, h, hidden, mlp.hidden());
      layer(mlp.w2(), mlp.b2(), hidden, mlp.hidden(), hidden + mlp.hidden(), h);
    }
  }

  private float gate(int w, int b, int input, int row) {
    return dot(w + row * h, input, h) + a[b + row];
  }

  private void layer(int w, int b, int input, int inputs, int output, int outputs) {
    for (int i = 0; i < outputs; i++) {
      a[output + i] = Math.max(0f, dot(w + i * inputs, input, inputs) + a[b + i]);
    }
  }

  /** Four partial sums in a fixed pattern: faster than one, and the same on every machine. */
  private float dot(int p, int q, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      s0 += a[p + i] * a[q + i];
      s1 += a[p + i + 1] * a[q + i + 1];
      s2 += a[p + i + 2] * a[q + i + 2];
      s3 += a[p + i + 3] * a[q + i + 3];
    }
    for (; i < n; i++) {
      s0 += a[p + i] * a[q + i];
    }
    return s0 + s1 + (s2 + s3);
  }

  private void axpy(float factor, int p, int q, int n) {
    for (int i = 0; i < n; i++) {
      a[q + i] += factor * a[p + i];
    }
  }

  private static float sigmoid(float v) {
    return (float) (1 / (1 + Math.exp(-v)));
  }

  /** Gradients of all weights are summed in one array in the order of the outputs. */
  private void backward(Plan.Step s) {
    int[] out = s.out();
    for (int i = 0; i < out.length; i++) {
      Arrays.fill(a, out[i], out[i] + s.outShape(i).size(), 0f);
    }
    float[] state = new float[nodes * h];
    System.arraycopy(a, s.in()[0], state, 0, nodes * h);
    float[] earlier = new float[nodes * h];
    float[][] messages = new float[mlps.length][nodes * h];
    float[] work = new float[10 * h];
    for (int v = 0; v < nodes; v++) {
      downdate(1, v, state, earlier, messages, out, work);
    }
    float[] inputs = new float[nodes * h];
    for (float[] message : messages) {
      Arrays.fill(message, 0f);
    }
    for (int v = nodes - 1; v >= 0; v--) {
      downdate(0, v, earlier, inputs, messages, out, work);
    }
    System.arraycopy(inputs, 0, a, out[0], nodes * h);
  }

  /** Reverse of {@link #update}: ∂h'_v (complete by now) into ∂h_v, the messages and weights. */
  private void downdate(
      int sweep,
      int v,
      float[] after,
      float[] before,
      float[][] messages,
      int[] out,
      float[] work) {
    int at = places.tape(sweep, v);
    int d = v * h;
    int now = places.after(sweep, v);
    int old = places.before(sweep, v);
    for (int i = 0; i < mlps.length; i++) {
      perceptron(i, at, now, messages[i], after, d, out, work);
    }
    int m = at + places.message();
    int r = m + h;
    int z = r + h;
    int n = z + h;
    int hn = n + h;
    for (int j = 0; j < h; j++) {
      float g = after[d + j];
      float gn = g * (1 - a[z + j]) * (1 - a[n + j] * a[n + j]);
      float gz = g * (a[old + j] - a[n + j]) * a[z + j] * (1 - a[z + j]);
      float gr = gn * a[hn + j] * a[r + j] * (1 - a[r + j]);
      work[j] = gr;
      work[h + j] = gz;
      work[2 * h + j] = gn;
      work[3 * h + j] = gn * a[r + j];
      before[d + j] = g * a[z + j];
    }
    int base = 1 + GraphSweeps.BLOCK * mlps.length;
    float[] gm = new float[h];
    for (int row = 0; row < 3 * h; row++) {
      float gi = work[row];
      float gh = row < 2 * h ? gi : work[row + h];
      a[out[base + 2] + row] += gi;
      a[out[base + 3] + row] += gh;
      int weight = row * h;
      for (int j = 0; j < h; j++) {
        a[out[base] + weight + j] += gi * a[m + j];
        a[out[base + 1] + weight + j] += gh * a[old + j];
        gm[j] += gi * a[wi + weight + j];
        before[d + j] += gh * a[wh + weight + j];
      }
    }
    int[] start = places.start(sweep);
    int[] node = places.node(sweep);
    int[] distance = places.distance(sweep);
    for (int e = start[v]; e < start[v + 1]; e++) {
      int source = node[e] * h;
      if (distance[e] == 1) {
        for (int j = 0; j < h; j++) {
          messages[0][source + j] += gm[j];
        }
      }
      if (mlps.length == 2) {
        float factor = 1f / distance[e];
        for (int j = 0; j < h; j++) {
          messages[1][source + j] += factor * gm[j];
        }
      }
    }
  }

  /** Back through one MLP: its output's gradient is in message[d..], its input's goes to state. */
  private void perceptron(
      int i, int at, int now, float[] message, float[] state, int d, int[] out, float[] work) {
    SweepPlaces.Mlp mlp = mlps[i];
    int hidden = at + mlp.tape();
    int output = hidden + mlp.hidden();
    int place = 1 + GraphSweeps.BLOCK * i;
    float[] gh = work.length >= mlp.hidden() ? work : new float[mlp.hidden()];
    Arrays.fill(gh, 0, mlp.hidden(), 0f);
    for (int o = 0; o < h; o++) {
      float g = a[output + o] > 0 ? message[d + o] : 0f;
      if (g == 0f) {
        continue;
      }
      a[out[place + 3] + o] += g;
      int weight = o * mlp.hidden();
      for (int k = 0; k < mlp.hidden(); k++) {
        a[out[place + 2] + weight + k] += g * a[hidden + k];
        gh[k] += g * a[mlp.w2() + weight + k];
      }
    }
    for (int k = 0; k < mlp.hidden(); k++) {
      float g = a[hidden + k] > 0 ? gh[k] : 0f;
      if (g == 0f) {
        continue;
      }
      a[out[place + 1] + k] += g;
      int weight = k * h;
      for (int j = 0; j < h; j++) {
        a[out[place] + weight + j] += g * a[now + j];
        state[d + j] += g * a[mlp.w1() + weight + j];
      }
    }
  }
}
