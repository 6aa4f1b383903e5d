package org.netloom.tensor.opencl;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/** Programs on one OpenCL device; workspaces are regions of a few arenas there. */
public final class OpenClBackend implements Backend {
  private final DeviceModel model;
  private final Supplier<ArenaKernel> kernels;
  private final long limit;
  private @Nullable ArenaDevice device;

  OpenClBackend(DeviceModel model) {
    this(model, ArenaKernel::new);
  }

  OpenClBackend(DeviceModel model, Supplier<ArenaKernel> kernels) {
    this(model, kernels, Long.MAX_VALUE);
  }

  private OpenClBackend(DeviceModel model, Supplier<ArenaKernel> kernels, long limit) {
    this.model = model;
    this.kernels = kernels;
    this.limit = limit;
  }

  /** A backend on the same device whose plans may have so many bytes. */
  public OpenClBackend within(long bytes) {
    return new OpenClBackend(model, kernels, bytes);
  }

  /** The device, with its kernels translated by the first who needs it. */
  private synchronized ArenaDevice device() {
    ArenaDevice known = device;
    if (known == null) {
      known = new ArenaDevice(model, kernels.get());
      device = known;
      known.start();
    }
    return known;
  }

  @Override
  public String name() {
    return "opencl";
  }

  @Override
  public String description() {
    return model.name();
  }

  @Override
  public Workspace workspace(List<Variable> variables) {
    return new OpenClWorkspace(device(), variables, limit);
  }

  /**
   * Whether tensors on the device outlive a garbage collection; for people.
   *
   * @throws IllegalStateException if they do not
   * @throws DeviceException if the device does not run the kernels
   */
  public String selfCheck() {
    device().check();
    return "tensors outlive a garbage collection";
  }

  /** Launches of kernels so far, transfers included; each runs one or many passes. */
  public long launches() {
    return device().launches();
  }

  /** Passes of programs so far. */
  public long passes() {
    return device().passes();
  }

  /** Bytes of the arenas on the device. */
  public long arenaBytes() {
    return device().bytes();
  }

  /** Arenas in use: one, unless what is needed does not fit. */
  int arenas() {
    return device().arenas();
  }

  @Override
  public synchronized void close() {
    if (device != null) {
      device.close();
    }
  }
}
