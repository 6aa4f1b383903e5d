package org.netloom.tensor.opencl;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Tile;
import org.netloom.tensor.Value;

/** A plan's passes, written again when the workspace's region has moved. */
final class OpenClExecution implements Execution {
  private final OpenClWorkspace workspace;
  private final Plan plan;

  /** Seeds of dropout as bits: a device may flush the small numbers that they are as floats. */
  private final Map<Value, Integer> seeds = new IdentityHashMap<>();

  private @Nullable Code code;
  private float[] block = new float[0];

  OpenClExecution(OpenClWorkspace workspace, Plan plan) {
    this.workspace = workspace;
    this.plan = plan;
    for (Plan.Step step : plan.steps()) {
      if (step.operation() instanceof Elementwise.Dropout
          || step.operation() instanceof Elementwise.DropPath) {
        seeds.put(step.application().in(1), 0);
      }
    }
  }

  @Override
  public void write(Value input, float[] source, int from) {
    workspace
        .device()
        .upload(source, from, input.shape().size(), workspace.extent().at(plan.offset(input)));
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
    Code all = code();
    workspace.device().run(all, 0, all.passes());
  }

  @Override
  public void runBefore(Value input) {
    Code all = code();
    workspace.device().run(all, 0, all.firstPass(plan.firstReader(input)));
  }

  @Override
  public void runFrom(Value input) {
    Code all = code();
    workspace.device().run(all, all.firstPass(plan.firstReader(input)), all.passes());
  }

  private Code code() {
    Code known = code;
    if (known == null || known.extent() != workspace.extent()) {
      known = Steps.of(plan, workspace.extent(), workspace.device().pieces());
      known.setSeeds(seeds);
      code = known;
    }
    return known;
  }

  @Override
  public void read(Value output, float[] target, int to) {
    Plan.Cut cut = plan.cut(output);
    if (cut == null) {
      workspace
          .device()
          .download(workspace.extent().at(plan.offset(output)), target, to, output.shape().size());
    } else {
      cut(cut, target, to);
    }
  }

  /** Brings only those rows of the block that the tensor is cut from. */
  private void cut(Plan.Cut cut, float[] target, int to) {
    Tile tile = cut.tile();
    int size = tile.positions() * cut.pitch();
    int first = tile.row() * cut.pitch();
    if (block.length < size) {
      block = new float[size];
    }
    workspace.device().download(workspace.extent().at(cut.offset()) + first, block, 0, size);
    tile.write(0, Math.min(tile.outs(), tile.o()), block, -first, cut.pitch(), target, to);
  }

  @Override
  public Plan plan() {
    return plan;
  }
}
