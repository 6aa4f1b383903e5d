package org.netloom.tensor.opencl;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Value;

/** A plan's passes, written again when the workspace's region has moved. */
final class OpenClExecution implements Execution {
  private final OpenClWorkspace workspace;
  private final Plan plan;

  /** Seeds of dropout as bits: a device may flush the small numbers that they are as floats. */
  private final Map<Value, Integer> seeds = new IdentityHashMap<>();

  private @Nullable Code code;

  OpenClExecution(OpenClWorkspace workspace, Plan plan) {
    this.workspace = workspace;
    this.plan = plan;
    for (Plan.Step step : plan.steps()) {
      if (step.operation() instanceof Elementwise.Dropout) {
        seeds.put(step.application().in(1), 0);
      }
    }
  }

  @Override
  public void write(Value input, float[] source, int from) {
    workspace
        .device()
        .upload(source, from, input.shape().size(), workspace.at() + plan.offset(input));
    if (seeds.containsKey(input)) {
      seeds.put(input, Float.floatToIntBits(source[from]));
      if (code != null) {
        code.setSeeds(seeds);
        workspace.device().changed(code);
      }
    }
  }

  @Override
  public void run() {
    workspace.device().run(code());
  }

  private Code code() {
    Code known = code;
    if (known == null || known.base() != workspace.at()) {
      known = Steps.of(plan, (int) workspace.at());
      known.setSeeds(seeds);
      code = known;
    }
    return known;
  }

  @Override
  public void read(Value output, float[] target, int to) {
    workspace
        .device()
        .download(workspace.at() + plan.offset(output), target, to, output.shape().size());
  }

  @Override
  public Plan plan() {
    return plan;
  }
}
