package org.netloom.tensor.opencl;

import java.lang.ref.Cleaner;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Program;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;
import org.netloom.tensor.Workspaces;

/** A region of the device's arena; it moves when a program needs more. */
final class OpenClWorkspace implements Workspace {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Map<Variable, Integer> persistent = new IdentityHashMap<>();
  private final Region region;
  private final int variables;

  /** What a workspace holds of the arena; given back when the workspace is unreachable. */
  private static final class Region implements Runnable {
    private final ArenaDevice device;
    private long at;
    private long size;

    Region(ArenaDevice device, long size) {
      this.device = device;
      this.size = Regions.aligned(size);
      this.at = device.take(this.size);
    }

    /** Moves everything to a larger region. */
    void grow(long needed) {
      long slack = needed < device.mostFloats() / 8 ? needed / 4 : 0;
      long larger = Regions.aligned(needed + slack);
      long to = device.take(larger);
      Code copy = new Code(0, 0);
      LayoutSteps.copy(copy, (int) at, (int) to, (int) size);
      device.run(copy);
      device.release(at, size);
      at = to;
      size = larger;
    }

    @Override
    public void run() {
      device.abandon(at, size);
    }
  }

  OpenClWorkspace(ArenaDevice device, List<Variable> all) {
    this.variables = Workspaces.place(all, persistent);
    this.region = new Region(device, variables);
    CLEANER.register(this, region);
    if (variables > 0) {
      Code zero = new Code((int) region.at, 0);
      LayoutSteps.fill(zero, zero.at(0), variables, 0);
      device.run(zero);
    }
  }

  @Override
  public Execution prepare(Program program) {
    Plan plan = Workspaces.plan(program, persistent, variables);
    long needed = Steps.of(plan, 0).floats();
    if (needed > region.size) {
      region.grow(needed);
    }
    return new OpenClExecution(this, plan);
  }

  ArenaDevice device() {
    return region.device;
  }

  /** First place of the region in the arena; changes when the region moves. */
  long at() {
    return region.at;
  }

  @Override
  public void write(Variable variable, float[] source) {
    region.device.upload(source, 0, variable.shape().size(), region.at + offset(variable));
  }

  @Override
  public void read(Variable variable, float[] target) {
    region.device.download(region.at + offset(variable), target, 0, variable.shape().size());
  }

  private int offset(Variable variable) {
    Integer offset = persistent.get(variable);
    if (offset == null) {
      throw new IllegalArgumentException(
          "Variable %s is not part of the workspace.".formatted(variable));
    }
    return offset;
  }
}
