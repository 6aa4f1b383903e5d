package org.netloom.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.netloom.config.InputException;
import org.netloom.tensor.Backend;
import org.netloom.tensor.cpu.CpuBackend;
import org.netloom.tensor.opencl.OpenClBackend;
import org.netloom.tensor.opencl.OpenClDevices;

/** Which backend a name means on this machine. */
final class BackendChoice {
  static final String AUTO = "auto";
  static final String OPENCL = "opencl";
  static final String SCALAR = "scalar";
  static final List<String> NAMES = List.of(AUTO, "cpu", SCALAR, OPENCL);

  private static final Logger LOG = LogManager.getLogger(BackendChoice.class);
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private BackendChoice() {}

  /**
   * A backend; the caller closes it.
   *
   * @param name one of {@link #NAMES}; {@code auto} is a GPU where there is one, else the CPU
   * @param threads worker threads where the CPU computes
   * @param limit most bytes of a plan; 0 is what the heap or the device allows
   * @throws InputException if OpenCL is asked for and there is no device
   */
  static Backend open(String name, int threads, long limit) {
    Backend backend =
        switch (name) {
          case OPENCL -> openCl(OpenClDevices.find(), limit);
          case SCALAR -> scalar(limit);
          case "cpu" -> cpu(threads, limit);
          default -> automatic(threads, limit);
        };
    if (!TOLD.getAndSet(true)) {
      LOG.info("backend {}: {}; {}", backend.name(), backend.description(), reason(name));
    }
    return backend;
  }

  /** Refuses {@code opencl} where there is no device, before any work. */
  static void check(String name) {
    if (name.equals(OPENCL) && OpenClDevices.find().all().isEmpty()) {
      throw missing(OpenClDevices.find());
    }
  }

  /** Why a name leads to what it does here. */
  static String reason(String name) {
    if (!name.equals(AUTO)) {
      return "asked for by --backend " + name;
    }
    OpenClDevices devices = OpenClDevices.find();
    if (devices.hasGpu()) {
      return "auto takes the GPU";
    }
    return devices.all().isEmpty()
        ? "auto takes the CPU: " + devices.reason()
        : "auto takes the CPU: no OpenCL device is a GPU";
  }

  private static Backend automatic(int threads, long limit) {
    OpenClDevices devices = OpenClDevices.find();
    return devices.hasGpu() ? openCl(devices, limit) : cpu(threads, limit);
  }

  private static Backend cpu(int threads, long limit) {
    return limit == 0 ? CpuBackend.of(threads) : CpuBackend.of(threads, limit);
  }

  private static Backend scalar(long limit) {
    return limit == 0 ? CpuBackend.scalar() : CpuBackend.scalar(limit);
  }

  private static Backend openCl(OpenClDevices devices, long limit) {
    OpenClBackend backend = devices.open().orElseThrow(() -> missing(devices));
    return limit == 0 ? backend : backend.within(limit);
  }

  private static InputException missing(OpenClDevices devices) {
    return new InputException(
        "--backend (opencl): there is no OpenCL device (%s).%n  Maybe install the driver of the GPU, or for this processor pocl-opencl-icd; or --backend cpu?"
            .formatted(devices.reason()));
  }
}
