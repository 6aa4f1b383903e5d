package org.netloom.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.netloom.config.InputException;
import org.netloom.tensor.Backend;
import org.netloom.tensor.cpu.CpuBackend;
import org.netloom.tensor.opencl.DeviceException;
import org.netloom.tensor.opencl.OpenClBackend;
import org.netloom.tensor.opencl.OpenClDevices;

/**
 * A backend and why it is this one; the caller closes it.
 *
 * @param level how much the reason matters
 */
record BackendChoice(Backend backend, String reason, Level level) {
  static final String AUTO = "auto";
  static final String OPENCL = "opencl";
  static final String SCALAR = "scalar";
  static final List<String> NAMES = List.of(AUTO, "cpu", SCALAR, OPENCL);

  private static final Logger LOG = LogManager.getLogger(BackendChoice.class);
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  /**
   * What a name means on this machine; the first time it is logged.
   *
   * @param name one of {@link #NAMES}; {@code auto} is a GPU where there is one that runs the
   *     kernels, else the CPU
   * @param threads worker threads where the CPU computes
   * @param limit most bytes of a plan; 0 is what the heap or the device allows
   * @throws InputException if OpenCL is asked for and there is no device, or none that runs them
   */
  static BackendChoice open(String name, int threads, long limit) {
    BackendChoice choice = of(name, threads, limit, OpenClDevices.find());
    if (!TOLD.getAndSet(true)) {
      LOG.log(
          choice.level,
          "backend {}: {}; {}",
          choice.backend.name(),
          choice.backend.description(),
          choice.reason);
    }
    return choice;
  }

  static BackendChoice of(String name, int threads, long limit, OpenClDevices devices) {
    if (name.equals(AUTO)) {
      return automatic(threads, limit, devices);
    }
    Backend backend =
        switch (name) {
          case OPENCL -> openCl(devices, limit);
          case SCALAR -> scalar(limit);
          default -> cpu(threads, limit);
        };
    return new BackendChoice(backend, "asked for by --backend " + name, Level.INFO);
  }

  /** Refuses {@code opencl} where there is no device, before any work. */
  static void check(String name) {
    if (name.equals(OPENCL) && OpenClDevices.find().all().isEmpty()) {
      throw missing(OpenClDevices.find());
    }
  }

  private static BackendChoice automatic(int threads, long limit, OpenClDevices devices) {
    String reason = "no OpenCL device is a GPU";
    Level level = Level.INFO;
    if (devices.hasGpu()) {
      try {
        return new BackendChoice(running(devices, limit), "auto takes the GPU", Level.INFO);
      } catch (DeviceException e) {
        reason = e.getMessage();
        level = Level.WARN;
      }
    } else if (devices.all().isEmpty()) {
      reason = devices.reason();
    }
    return new BackendChoice(cpu(threads, limit), "auto takes the CPU: " + reason, level);
  }

  private static Backend cpu(int threads, long limit) {
    return limit == 0 ? CpuBackend.of(threads) : CpuBackend.of(threads, limit);
  }

  private static Backend scalar(long limit) {
    return limit == 0 ? CpuBackend.scalar() : CpuBackend.scalar(limit);
  }

  private static Backend openCl(OpenClDevices devices, long limit) {
    try {
      return running(devices, limit);
    } catch (DeviceException e) {
      throw new InputException(
          "--backend (opencl): %s.%n  Maybe another driver of the device, or --backend cpu?"
              .formatted(e.getMessage()));
    }
  }

  /** A backend whose device has run the kernels once. */
  private static Backend running(OpenClDevices devices, long limit) {
    OpenClBackend whole = devices.open().orElseThrow(() -> missing(devices));
    OpenClBackend backend = limit == 0 ? whole : whole.within(limit);
    try {
      backend.selfCheck();
      return backend;
    } catch (DeviceException e) {
      backend.close();
      throw e;
    }
  }

  private static InputException missing(OpenClDevices devices) {
    return new InputException(
        "--backend (opencl): there is no OpenCL device (%s).%n  Maybe install the driver of the GPU, or for this processor pocl-opencl-icd; or --backend cpu?"
            .formatted(devices.reason()));
  }
}
