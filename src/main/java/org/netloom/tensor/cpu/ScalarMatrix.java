package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/** Matrix products and row selections as plain loops. */
final class ScalarMatrix {
  private ScalarMatrix() {}

  static void run(Matrix op, Plan.Step s, float[] a) {
    switch (op) {
      case Matrix.Product p -> product(p, s, a);
      case Matrix.GatherRows g ->
          gather(g.rows(), s.outShape(0).side(-1), a, s.in()[0], s.out()[0]);
      case Matrix.ScatterRows g -> scatter(g, s, a);
    }
  }

  static void product(Matrix.Product p, Plan.Step s, float[] a) {
    Shape left = s.inShape(0);
    Shape right = s.inShape(1);
    int lda = left.side(-1);
    int ldb = right.side(-1);
    int k = p.transposeA() ? left.rows() : lda;
    int m = p.transposeA() ? lda : left.rows();
    int n = p.transposeB() ? right.rows() : ldb;
    int x = s.in()[0];
    int w = s.in()[1];
    int y = s.out()[0];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int t = 0; t < k; t++) {
          sum +=
              (double) a[x + (p.transposeA() ? t * lda + i : i * lda + t)]
                  * a[w + (p.transposeB() ? j * ldb + t : t * ldb + j)];
        }
        a[y + i * n + j] = (float) sum;
      }
    }
  }

  private static void gather(int[] rows, int length, float[] a, int x, int y) {
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(a, x + rows[i] * length, a, y + i * length, length);
    }
  }

  private static void scatter(Matrix.ScatterRows op, Plan.Step s, float[] a) {
    int length = op.shape().side(-1);
    int x = s.out()[0];
    Arrays.fill(a, x, x + op.shape().size(), 0f);
    int next = 0;
    for (int k = 0; k < s.in().length; k++) {
      int end = s.in()[k] + s.inShape(k).size();
      for (int from = s.in()[k]; from < end; from += length) {
        int to = x + op.rows()[next++] * length;
        for (int j = 0; j < length; j++) {
          a[to + j] += a[from + j];
        }
      }
    }
  }
}
