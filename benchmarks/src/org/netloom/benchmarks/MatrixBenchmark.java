package org.netloom.benchmarks;

import java.util.List;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.openjdk.jmh.annotations.Param;

/** C [m,n] = A [m,k]·Bᵀ [k,n], the form of a linear layer: 2·m·n·k floating-point operations. */
public class MatrixBenchmark extends ProgramBenchmark {
  /** m, n, k; the last is a 3×3 convolution of 64 to 64 channels over 64 maps of 32×32. */
  @Param({"256x256x256", "1024x1024x1024", "65536x64x576"})
  public String size;

  @Override
  List<Shape> inputs() {
    int[] mnk = numbers(size);
    return List.of(Shape.of(mnk[0], mnk[2]), Shape.of(mnk[1], mnk[2]));
  }

  @Override
  Value record(Program program, List<Value> in) {
    return program.apply(new Matrix.Product(false, true), in.get(0), in.get(1));
  }
}
