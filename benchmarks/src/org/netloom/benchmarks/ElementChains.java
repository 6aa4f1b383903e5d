package org.netloom.benchmarks;

import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import org.netloom.graph.ComputationalGraph;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Operation;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Value;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * Counts what fusing chains of element-wise operations could save: operations whose operand another
 * one makes for them alone, and the megabytes that would not be written and read again.
 */
public final class ElementChains {
  private static final int BATCH = 64;

  private ElementChains() {}

  /** Prints a table of the fixed networks, forward and backward. */
  public static void main(String[] arguments) throws Exception {
    System.out.println("| network | operations | fusable | MB moved | MB saved |");
    System.out.println("|---|---|---|---|---|");
    try (CpuBackend cpu = CpuBackend.of(1)) {
      for (Map.Entry<String, ComputationalGraph> at : ComparedNetworks.fixed().entrySet()) {
        Plan plan = NetworkProgram.of(cpu, at.getValue(), BATCH, true).plan();
        System.out.printf(Locale.ROOT, "| %s %s%n", at.getKey(), row(plan));
      }
    }
  }

  private static String row(Plan plan) {
    Map<Value, Integer> reads = new IdentityHashMap<>();
    Map<Value, Operation> makers = new IdentityHashMap<>();
    long moved = 0;
    for (Plan.Step step : plan.steps()) {
      for (Value in : step.application().inputs()) {
        reads.merge(in, 1, Integer::sum);
        moved += in.shape().size();
      }
      for (Value out : step.application().outputs()) {
        makers.put(out, step.operation());
        moved += out.shape().size();
      }
    }
    int fusable = 0;
    long saved = 0;
    for (Plan.Step step : plan.steps()) {
      for (Value in : step.application().inputs()) {
        if (byElement(step.operation())
            && byElement(makers.get(in))
            && reads.get(in) == 1
            && in.shape().size() == step.outShape(0).size()) {
          fusable++;
          saved += 2L * in.shape().size();
        }
      }
    }
    return String.format(
        Locale.ROOT,
        "| %d | %d | %.0f | %.1f |",
        plan.steps().size(),
        fusable,
        moved * Float.BYTES / 1e6,
        saved * Float.BYTES / 1e6);
  }

  private static boolean byElement(Operation operation) {
    return operation instanceof Elementwise
        && !(operation instanceof Elementwise.SumRepeated)
        && !(operation instanceof Elementwise.ChannelScaleGradient);
  }
}
