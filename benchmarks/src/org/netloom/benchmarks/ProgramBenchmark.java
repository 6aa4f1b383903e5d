package org.netloom.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.openjdk.jmh.annotations.Benchmark;

/** Times one recorded program, its inputs filled with seeded noise. */
public abstract class ProgramBenchmark extends CpuBenchmark {
  private Execution execution;

  /** The shapes of the program's inputs. */
  abstract List<Shape> inputs();

  /** Records what is timed; the value returned is kept. */
  abstract Value record(Program program, List<Value> inputs);

  @Override
  final void prepare() {
    Program program = new Program();
    List<Value> inputs = new ArrayList<>();
    for (Shape shape : inputs()) {
      inputs.add(program.input("input " + inputs.size(), shape));
    }
    program.output(record(program, inputs));
    execution = backend.workspace(List.of()).prepare(program);
    SplittableRandom random = new SplittableRandom(1);
    for (Value input : inputs) {
      float[] noise = new float[input.shape().size()];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = (float) random.nextGaussian();
      }
      execution.write(input, noise, 0);
    }
  }

  @Benchmark
  public final void run() {
    execution.run();
  }

  /** The numbers of a text like {@code 64x32x32}. */
  static int[] numbers(String text) {
    String[] parts = text.split("x");
    int[] numbers = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = Integer.parseInt(parts[i]);
    }
    return numbers;
  }
}
