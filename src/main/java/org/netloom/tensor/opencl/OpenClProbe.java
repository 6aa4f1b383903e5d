package org.netloom.tensor.opencl;

import java.util.List;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;

/** Measures what a backend can do. */
public final class OpenClProbe {
  private static final int SIDE = 512;
  private static final int RUNS = 5;

  private OpenClProbe() {}

  /** Rate of a product of two square matrices in GFLOP/s, the best of a few runs. */
  public static double productRate(Backend backend) {
    Program program = new Program();
    Value a = program.input("a", Shape.of(SIDE, SIDE));
    Value b = program.input("b", Shape.of(SIDE, SIDE));
    program.output(program.apply(new Matrix.Product(false, false), a, b));
    Execution execution = backend.workspace(List.of()).prepare(program);
    execution.write(a, new float[SIDE * SIDE], 0);
    execution.write(b, new float[SIDE * SIDE], 0);
    double best = 0;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      execution.run();
      double seconds = (System.nanoTime() - start) / 1e9;
      best = Math.max(best, 2.0 * SIDE * SIDE * SIDE / seconds / 1e9);
    }
    return best;
  }
}
