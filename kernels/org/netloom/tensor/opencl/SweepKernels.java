package org.netloom.tensor.opencl;

/**
 * Message passing of the gated graph network, a group for each graph: all nodes of a topological
 * level at once, level after level. Gradients gather from the nodes updated later, and leave a row
 * for each update, from which products make the weights' gradients.
 *
 * <p>Block: hidden size h, MLPs, x, states after the forward sweep, after the backward sweep, tape,
 * its row; W_i, W_h, b_i, b_h; then of two MLPs: w1, b1, w2, b2, hidden, place on the tape row;
 * then of two sweeps: first levels of the graphs, starts of levels, nodes in order of levels, and
 * starts, nodes and distances of sources and of targets; at 42: ∂h, rows of the gradient, length of
 * a row, ∂x, nodes, states' gradient between the sweeps, graphs. All places are in one arena,
 * {@code home}.
 */
abstract class SweepKernels extends AttentionKernels {

  private int sweepAt(int q, int sweep) {
    return q + 24 + 9 * sweep;
  }

  private int tapeOf(int q, int sweep, int v) {
    return p[q + 6] + (sweep * p[q + 46] + v) * p[q + 7];
  }

  private int messageOf(int q) {
    return p[q + 7] - 5 * p[q + 1];
  }

  private int before(int q, int sweep, int v) {
    int at = p[q + 3];
    if (sweep == 1) {
      at = p[q + 4];
    }
    return at + v * p[q + 1];
  }

  private int after(int q, int sweep, int v) {
    return p[q + 4 + sweep] + v * p[q + 1];
  }

  private float dot(float[] home, int a, int b, int n, int step) {
    int x = inside(a);
    int y = inside(b);
    float sum = 0f;
    for (int i = 0; i < n; i++) {
      sum += home[x + i] * home[y + i * step];
    }
    return sum;
  }

  void sweeps(int q) {
    float[] home = memory(p[q + 3]);
    int h = p[q + 1];
    int lane = lane();
    int lanes = lanes();
    int graphs = p[q + 48];
    for (int graph = group(); graph < graphs; graph += groups()) {
      for (int sweep = 0; sweep < 2; sweep++) {
        int s = sweepAt(q, sweep);
        int end = p[p[s] + graph + 1];
        for (int level = p[p[s] + graph]; level < end; level++) {
          int from = p[p[s + 1] + level];
          int nodes = p[p[s + 1] + level + 1] - from;
          for (int i = lane; i < nodes * h; i += lanes) {
            message(home, q, sweep, p[p[s + 2] + from + i / h], i % h);
          }
          globalBarrier();
          for (int i = lane; i < nodes * h; i += lanes) {
            gates(home, q, sweep, p[p[s + 2] + from + i / h], i % h);
          }
          globalBarrier();
          for (int mlp = 0; mlp < p[q + 2]; mlp++) {
            int hidden = p[q + 16 + 6 * mlp];
            for (int i = lane; i < nodes * hidden; i += lanes) {
              perceptron(home, q, sweep, p[p[s + 2] + from + i / hidden], i % hidden, mlp, 0);
            }
          }
          globalBarrier();
          for (int mlp = 0; mlp < p[q + 2]; mlp++) {
            for (int i = lane; i < nodes * h; i += lanes) {
              perceptron(home, q, sweep, p[p[s + 2] + from + i / h], i % h, mlp, 1);
            }
          }
          globalBarrier();
        }
      }
    }
  }

  /** m[j] of a node from the MLPs' values of its sources. */
  private void message(float[] home, int q, int sweep, int v, int j) {
    int s = sweepAt(q, sweep);
    float sum = 0f;
    for (int e = p[p[s + 3] + v]; e < p[p[s + 3] + v + 1]; e++) {
      int source = tapeOf(q, sweep, p[p[s + 4] + e]) + j;
      int distance = p[p[s + 5] + e];
      if (distance == 1) {
        sum += home[inside(source + p[q + 17] + p[q + 16])];
      }
      if (p[q + 2] == 2) {
        sum += home[inside(source + p[q + 23] + p[q + 22])] / distance;
      }
    }
    home[inside(tapeOf(q, sweep, v) + messageOf(q) + j)] = sum;
  }

  /** The GRU's gates and new state. */
  private void gates(float[] home, int q, int sweep, int v, int j) {
    int h = p[q + 1];
    int m = tapeOf(q, sweep, v) + messageOf(q);
    int old = before(q, sweep, v);
    int wi = p[q + 8] + j * h;
    int wh = p[q + 9] + j * h;
    int bi = p[q + 10] + j;
    int bh = p[q + 11] + j;
    int gate = h * h;
    float r =
        dot(home, wi, m, h, 1) + home[inside(bi)] + dot(home, wh, old, h, 1) + home[inside(bh)];
    r = sigmoid(r);
    float z =
        dot(home, wi + gate, m, h, 1)
            + home[inside(bi + h)]
            + dot(home, wh + gate, old, h, 1)
            + home[inside(bh + h)];
    z = sigmoid(z);
    float hn = dot(home, wh + 2 * gate, old, h, 1) + home[inside(bh + 2 * h)];
    float n = hyperbolic(dot(home, wi + 2 * gate, m, h, 1) + home[inside(bi + 2 * h)] + r * hn);
    home[inside(m + h + j)] = r;
    home[inside(m + 2 * h + j)] = z;
    home[inside(m + 3 * h + j)] = n;
    home[inside(m + 4 * h + j)] = hn;
    home[inside(after(q, sweep, v) + j)] = (1f - z) * n + z * home[inside(old + j)];
  }

  /** One unit of an MLP's first or second layer. */
  private void perceptron(float[] home, int q, int sweep, int v, int j, int mlp, int layer) {
    int w = q + 12 + 6 * mlp;
    int h = p[q + 1];
    int hidden = p[w + 4];
    int to = tapeOf(q, sweep, v) + p[w + 5];
    float y = 0f;
    if (layer == 0) {
      y = dot(home, p[w] + j * h, after(q, sweep, v), h, 1) + home[inside(p[w + 1] + j)];
      home[inside(to + j)] = rectified(y);
    } else {
      y = dot(home, p[w + 2] + j * hidden, to, hidden, 1) + home[inside(p[w + 3] + j)];
      home[inside(to + hidden + j)] = rectified(y);
    }
  }

  /**
   * Rows of the gradient: ∂ of the gates r, z, n and of W_hn·h [4·h], ∂m [h], then of each MLP ∂ of
   * its output [h] and of its hidden layer.
   */
  void sweepsGradient(int q) {
    float[] home = memory(p[q + 3]);
    int h = p[q + 1];
    int lane = lane();
    int lanes = lanes();
    int graphs = p[q + 48];
    for (int graph = group(); graph < graphs; graph += groups()) {
      for (int sweep = 1; sweep >= 0; sweep--) {
        int s = sweepAt(q, sweep);
        int first = p[p[s] + graph];
        for (int level = p[p[s] + graph + 1] - 1; level >= first; level--) {
          int from = p[p[s + 1] + level];
          int nodes = p[p[s + 1] + level + 1] - from;
          for (int i = lane; i < nodes * h; i += lanes) {
            outputGradient(home, q, sweep, p[p[s + 2] + from + i / h], i % h);
          }
          globalBarrier();
          for (int mlp = 0; mlp < p[q + 2]; mlp++) {
            int hidden = p[q + 16 + 6 * mlp];
            for (int i = lane; i < nodes * hidden; i += lanes) {
              hiddenGradient(home, q, sweep, p[p[s + 2] + from + i / hidden], i % hidden, mlp);
            }
          }
          globalBarrier();
          for (int i = lane; i < nodes * h; i += lanes) {
            gatesGradient(home, q, sweep, p[p[s + 2] + from + i / h], i % h);
          }
          globalBarrier();
          for (int i = lane; i < nodes * h; i += lanes) {
            messageGradient(home, q, sweep, p[p[s + 2] + from + i / h], i % h);
          }
          globalBarrier();
        }
      }
    }
  }

  private int rowOf(int q, int sweep, int v) {
    return p[q + 43] + (sweep * p[q + 46] + v) * p[q + 44];
  }

  /** Place of an MLP's part of a gradient row. */
  private int partOf(int q, int mlp) {
    int at = 5 * p[q + 1];
    if (mlp == 1) {
      at += p[q + 1] + p[q + 16];
    }
    return at;
  }

  /** ∂ of the MLPs' outputs from the messages of the targets. */
  private void outputGradient(float[] home, int q, int sweep, int v, int j) {
    int s = sweepAt(q, sweep);
    int h = p[q + 1];
    float one = 0f;
    float two = 0f;
    for (int e = p[p[s + 6] + v]; e < p[p[s + 6] + v + 1]; e++) {
      float g = home[inside(rowOf(q, sweep, p[p[s + 7] + e]) + 4 * h + j)];
      int distance = p[p[s + 8] + e];
      if (distance == 1) {
        one += g;
      }
      two += g / distance;
    }
    int row = rowOf(q, sweep, v);
    int tape = tapeOf(q, sweep, v);
    home[inside(row + partOf(q, 0) + j)] =
        passed(one, home[inside(tape + p[q + 17] + p[q + 16] + j)]);
    if (p[q + 2] == 2) {
      home[inside(row + partOf(q, 1) + j)] =
          passed(two, home[inside(tape + p[q + 23] + p[q + 22] + j)]);
    }
  }

  /** What a ReLU with this value lets through. */
  private float passed(float g, float y) {
    float result = 0f;
    if (y > 0f) {
      result = g;
    }
    return result;
  }

  private void hiddenGradient(float[] home, int q, int sweep, int v, int k, int mlp) {
    int w = q + 12 + 6 * mlp;
    int h = p[q + 1];
    int part = rowOf(q, sweep, v) + partOf(q, mlp);
    float g = dot(home, part, p[w + 2] + k, h, p[w + 4]);
    home[inside(part + h + k)] = passed(g, home[inside(tapeOf(q, sweep, v) + p[w + 5] + k)]);
  }

  /** ∂h' of a node, and from it the gates' gradients and the direct part of ∂h. */
  private void gatesGradient(float[] home, int q, int sweep, int v, int j) {
    int h = p[q + 1];
    int row = rowOf(q, sweep, v);
    float g = home[inside(p[q + 42] + v * h + j)];
    if (sweep == 0) {
      g = home[inside(p[q + 47] + v * h + j)];
    }
    for (int mlp = 0; mlp < p[q + 2]; mlp++) {
      int w = q + 12 + 6 * mlp;
      g += dot(home, row + partOf(q, mlp) + h, p[w] + j, p[w + 4], h);
    }
    int m = tapeOf(q, sweep, v) + messageOf(q);
    float r = home[inside(m + h + j)];
    float z = home[inside(m + 2 * h + j)];
    float n = home[inside(m + 3 * h + j)];
    float hn = home[inside(m + 4 * h + j)];
    float gn = g * (1f - z) * (1f - n * n);
    home[inside(row + j)] = gn * hn * r * (1f - r);
    home[inside(row + h + j)] = g * (home[inside(before(q, sweep, v) + j)] - n) * z * (1f - z);
    home[inside(row + 2 * h + j)] = gn;
    home[inside(row + 3 * h + j)] = gn * r;
    home[inside(stateGradient(q, sweep) + v * h + j)] = g * z;
  }

  private int stateGradient(int q, int sweep) {
    int at = p[q + 47];
    if (sweep == 0) {
      at = p[q + 45];
    }
    return at;
  }

  private void messageGradient(float[] home, int q, int sweep, int v, int j) {
    int h = p[q + 1];
    int row = rowOf(q, sweep, v);
    int to = stateGradient(q, sweep) + v * h + j;
    float recurrent = dot(home, row, p[q + 9] + j, 2 * h, h);
    recurrent += dot(home, row + 3 * h, p[q + 9] + 2 * h * h + j, h, h);
    home[inside(to)] = home[inside(to)] + recurrent;
    home[inside(row + 4 * h + j)] = dot(home, row, p[q + 8] + j, 3 * h, h);
  }
}
