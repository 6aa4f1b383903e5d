package org.netloom.tensor.cpu;

import org.netloom.tensor.GraphSweeps;

/**
 * The gradients of all weights of the sweeps, from the vectors of all updates: each is one product
 * or one sum over them, first those of the forward sweep, then those of the backward sweep, each by
 * node.
 */
final class SweepTotals {
  private static final int GATES = 3;

  private final Parallel parallel;
  private final int updates;
  private final Product[] products;
  private final Total[] totals;

  /** ∂W [m, n] = Σ over all updates of one vector, in the buffer, times another, in the arena. */
  private record Product(int blocks, long cost, Parallel.Range rows) {}

  /** ∂b [m] = Σ over all updates of a vector, in the buffer. */
  private record Total(SweepRows of, int m, int out) {}

  /** Second factors: where those of all updates, whose sweeps may lie apart, start in the arena. */
  private record Factor(int[] at, int base, int n) {
    Factor part(int offset, int length) {
      return new Factor(at, base + offset, length);
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

  /**
   * Prepares them.
   *
   * @param gates ∂ of the gates' sums by update: candidate, reset, update, candidate of the hidden
   *     side
   * @param inner ∂ of each MLP's hidden layer by update
   * @param output ∂ of each MLP's output by update
   * @param out where the gradients of all operands of the sweeps go
   */
  SweepTotals(
      SweepPlaces p,
      SweepRows gates,
      SweepRows[] inner,
      SweepRows[] output,
      int[] out,
      Parallel parallel) {
    this.parallel = parallel;
    this.updates = 2 * p.nodes();
    int h = p.h();
    int mlps = inner.length;
    Factor tape = factor(p.tapes(0), p.tapes(1), h);
    Factor now = factor(p.after(0), p.after(1), h);
    Factor old = factor(p.before(0), p.before(1), h);
    this.products = new Product[2 * mlps + GATES];
    this.totals = new Total[2 * mlps + GATES];
    for (int i = 0; i < mlps; i++) {
      SweepPlaces.Mlp mlp = p.mlps()[i];
      int at = 1 + GraphSweeps.BLOCK * i;
      products[2 * i] = product(inner[i], mlp.hidden(), now, out[at]);
      totals[2 * i] = new Total(inner[i], mlp.hidden(), out[at + 1]);
      products[2 * i + 1] = product(output[i], h, tape.part(mlp.tape(), mlp.hidden()), out[at + 2]);
      totals[2 * i + 1] = new Total(output[i], h, out[at + 3]);
    }
    int at = 1 + GraphSweeps.BLOCK * mlps;
    int next = 2 * mlps;
    SweepRows hidden = gates.part(h);
    Factor message = tape.part(p.message(), h);
    products[next] = product(hidden, 2 * h, message, out[at]);
    products[next + 1] = product(gates, h, message, out[at] + 2 * h * h);
    products[next + 2] = product(hidden, GATES * h, old, out[at + 1]);
    totals[next] = new Total(hidden, 2 * h, out[at + 2]);
    totals[next + 1] = new Total(gates, h, out[at + 2] + 2 * h);
    totals[next + 2] = new Total(hidden, GATES * h, out[at + 3]);
  }

  private Factor factor(SweepRows forward, SweepRows backward, int n) {
    int nodes = updates / 2;
    int[] at = new int[updates];
    for (int v = 0; v < nodes; v++) {
      at[v] = forward.at(v);
      at[nodes + v] = backward.at(v);
    }
    return new Factor(at, 0, n);
  }

  private Product product(SweepRows left, int m, Factor right, int out) {
    int[] rows = new int[updates];
    for (int u = 0; u < updates; u++) {
      rows[u] = left.at(u);
    }
    return new Product(
        Math.ceilDiv(m, OuterProduct.ROWS),
        (long) updates * m * right.n,
        (a, b, from, to) ->
            OuterProduct.multiply(
                b,
                0,
                rows,
                a,
                right.base,
                right.at,
                updates,
                a,
                out,
                right.n,
                from * OuterProduct.ROWS,
                Math.min(m, to * OuterProduct.ROWS),
                right.n,
                false));
  }

  /** Runs them all on the arena and the buffer. */
  void run(float[] a, float[] b) {
    for (Product product : products) {
      parallel.forRange(product.blocks, product.cost, a, b, product.rows);
    }
    for (Total total : totals) {
      SweepVectors.total(b, total.of, updates, a, total.out, total.m);
    }
  }
}
