package org.netloom.tensor.opencl;

import java.lang.ref.Cleaner;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.netloom.tensor.Execution;
import org.netloom.tensor.MemoryException;
import org.netloom.tensor.Pieces;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Program;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;
import org.netloom.tensor.Workspaces;

/** A region of the device's arenas; it moves when a program needs more. */
final class OpenClWorkspace implements Workspace {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Map<Variable, Integer> persistent = new IdentityHashMap<>();
  private final Region region;
  private final int variables;
  private final long limit;

  /**
   * @param limit most bytes of the region
   */
  OpenClWorkspace(ArenaDevice device, List<Variable> all, long limit) {
    this.limit = limit;
    this.variables = Workspaces.place(all, persistent, device.pieces());
    MemoryException.checkVariables((long) variables * Float.BYTES, limit);
    this.region = region(device);
    CLEANER.register(this, region);
    if (variables > 0) {
      Code zero = new Code(region.extent, device.pieces(), 0);
      region.extent.parts(
          variables, (at, part) -> LayoutSteps.fill(zero, region.extent.at(at), part, 0));
      device.run(zero);
    }
  }

  private Region region(ArenaDevice device) {
    try {
      return new Region(device, variables);
    } catch (OutOfMemoryError e) { // of the heap, which holds a copy
      throw MemoryException.crowded((long) variables * Float.BYTES);
    }
  }

  @Override
  public Execution prepare(Program program) {
    Pieces pieces = region.device.pieces();
    Plan plan = Workspaces.plan(program, persistent, variables, pieces);
    long needed = Steps.of(plan, Extent.NOWHERE, pieces).floats();
    MemoryException.check(needed * Float.BYTES, limit);
    if (needed > region.extent.size()) {
      try {
        region.grow(needed, variables);
      } catch (OutOfMemoryError e) { // of the heap, which holds a copy
        throw MemoryException.crowded(needed * Float.BYTES);
      }
    }
    return new OpenClExecution(this, plan);
  }

  ArenaDevice device() {
    return region.device;
  }

  /** Where the region is; another one when it has moved. */
  Extent extent() {
    return region.extent;
  }

  @Override
  public void write(Variable variable, float[] source) {
    region.device.upload(source, 0, variable.shape().size(), region.extent.at(offset(variable)));
  }

  @Override
  public void read(Variable variable, float[] target) {
    region.device.download(region.extent.at(offset(variable)), target, 0, variable.shape().size());
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
