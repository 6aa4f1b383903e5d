package org.netloom.tensor.cpu;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.netloom.tensor.Execution;
import org.netloom.tensor.MemoryException;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Program;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;
import org.netloom.tensor.Workspaces;

/** An arena that is one float array; it grows when a program needs more. */
final class CpuWorkspace implements Workspace {
  private final Kernels kernels;
  private final Map<Variable, Integer> persistent = new IdentityHashMap<>();
  private final int base;
  private final long limit;
  private float[] arena;

  /**
   * @param limit most bytes of the arena
   */
  CpuWorkspace(Kernels kernels, List<Variable> variables, long limit) {
    this.kernels = kernels;
    this.limit = limit;
    this.base = Workspaces.place(variables, persistent);
    MemoryException.checkVariables((long) base * Float.BYTES, limit);
    this.arena = allocate();
  }

  private float[] allocate() {
    try {
      return new float[base + TileBuffers.SLACK];
    } catch (OutOfMemoryError e) {
      throw MemoryException.crowded((long) base * Float.BYTES);
    }
  }

  @Override
  public Execution prepare(Program program) {
    Plan plan = Workspaces.plan(program, persistent, base);
    MemoryException.check(plan.bytes(), limit);
    if (plan.floats() + TileBuffers.SLACK > arena.length) {
      grow(plan);
    }
    try {
      return new CpuExecution(plan); // kernels have buffers of their own
    } catch (OutOfMemoryError e) {
      throw MemoryException.crowded(plan.bytes());
    }
  }

  /**
   * A quarter more than needed, so that a series of different programs seldom copies, as far as the
   * limit and the heap allow.
   *
   * @throws MemoryException that says what was needed; the arena is as it was then
   */
  private void grow(Plan plan) {
    long needed = plan.floats() + TileBuffers.SLACK;
    long most = Math.min(Integer.MAX_VALUE - 64L, Math.max(needed, limit / Float.BYTES));
    try {
      arena = Arrays.copyOf(arena, (int) Math.min(most, needed + needed / 4));
    } catch (OutOfMemoryError crowded) {
      try {
        arena = Arrays.copyOf(arena, (int) needed);
      } catch (OutOfMemoryError none) {
        throw MemoryException.crowded(plan.bytes());
      }
    }
  }

  @Override
  public void write(Variable variable, float[] source) {
    System.arraycopy(source, 0, arena, offset(variable), variable.shape().size());
  }

  @Override
  public void read(Variable variable, float[] target) {
    System.arraycopy(arena, offset(variable), target, 0, variable.shape().size());
  }

  private int offset(Variable variable) {
    Integer offset = persistent.get(variable);
    if (offset == null) {
      throw new IllegalArgumentException(
          "Variable %s is not part of the workspace.".formatted(variable));
    }
    return offset;
  }

  private final class CpuExecution implements Execution {
    private final Plan plan;
    private final Kernel[] steps;

    CpuExecution(Plan plan) {
      this.plan = plan;
      this.steps = plan.steps().stream().map(kernels::prepare).toArray(Kernel[]::new);
    }

    @Override
    public void write(Value input, float[] source, int from) {
      System.arraycopy(source, from, arena, plan.offset(input), input.shape().size());
    }

    @Override
    public void run() {
      run(0, steps.length);
    }

    @Override
    public void runBefore(Value input) {
      run(0, plan.firstReader(input));
    }

    @Override
    public void runFrom(Value input) {
      run(plan.firstReader(input), steps.length);
    }

    private void run(int from, int to) {
      for (int i = from; i < to; i++) {
        steps[i].run(arena);
      }
    }

    @Override
    public void read(Value output, float[] target, int to) {
      Plan.Cut cut = plan.cut(output);
      if (cut != null) {
        kernels.cut(cut, arena, target, to);
        return;
      }
      System.arraycopy(arena, plan.offset(output), target, to, output.shape().size());
    }

    @Override
    public Plan plan() {
      return plan;
    }
  }
}
