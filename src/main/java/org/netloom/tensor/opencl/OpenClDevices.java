package org.netloom.tensor.opencl;

import com.aparapi.Config;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The OpenCL devices of this machine; none is a normal state. */
public final class OpenClDevices {
  /** Held, because levels go with loggers that nobody holds. */
  private static final Logger APARAPI = Logger.getLogger(Config.getLoggerName());

  private final List<OpenCLDevice> devices;
  private final String reason;
  private final boolean gpu;
  private final Supplier<ArenaKernel> kernels;

  /** What was found; drivers are asked once, as some crash when two threads ask at a time. */
  private static final class Found {
    static final OpenClDevices DEVICES = NativeMessages.silenced(OpenClDevices::look);
  }

  /** One device, for people. */
  public record Facts(
      String name,
      String kind,
      String platform,
      String driver,
      int units,
      long memoryMb,
      long bufferMb) {}

  private OpenClDevices(
      List<OpenCLDevice> devices, String reason, boolean gpu, Supplier<ArenaKernel> kernels) {
    this.devices = devices;
    this.reason = reason;
    this.gpu = gpu;
    this.kernels = kernels;
  }

  /** The same devices with other kernels, the first one called a GPU. */
  OpenClDevices with(Supplier<ArenaKernel> others) {
    return new OpenClDevices(devices, reason, !devices.isEmpty(), others);
  }

  /** The devices that there are, GPUs first. */
  public static OpenClDevices find() {
    return Found.DEVICES;
  }

  private static OpenClDevices look() {
    try {
      APARAPI.setLevel(Level.OFF);
      List<OpenCLDevice> all = new ArrayList<>(OpenCLDevice.listDevices(null));
      all.sort(Comparator.comparing(device -> device.getType() == Device.TYPE.GPU ? 0 : 1));
      String reason = all.isEmpty() ? "no OpenCL driver, or none with a device" : "";
      boolean gpu = !all.isEmpty() && all.getFirst().getType() == Device.TYPE.GPU;
      return new OpenClDevices(all, reason, gpu, ArenaKernel::new);
    } catch (LinkageError | RuntimeException e) {
      String reason = "Aparapi's library does not load (" + e + ")";
      return new OpenClDevices(List.of(), reason, false, ArenaKernel::new);
    }
  }

  /** Why there is no device; empty where there is one. */
  public String reason() {
    return reason;
  }

  /** All devices. */
  public List<Facts> all() {
    return devices.stream().map(OpenClDevices::facts).toList();
  }

  private static Facts facts(OpenCLDevice device) {
    return new Facts(
        DeviceModel.of(device).name(),
        device.getType().name(),
        device.getOpenCLPlatform().getName(),
        device.getOpenCLPlatform().getVersion(),
        device.getMaxComputeUnits(),
        device.getGlobalMemSize() >> 20,
        DeviceModel.of(device).mostFloats() * Float.BYTES >> 20);
  }

  /** Whether a GPU is among them. */
  public boolean hasGpu() {
    return gpu;
  }

  /** A backend on the first device; the caller closes it. */
  public Optional<OpenClBackend> open() {
    return first().map(model -> new OpenClBackend(model, kernels));
  }

  Optional<DeviceModel> first() {
    return devices.stream().findFirst().map(DeviceModel::of);
  }
}
