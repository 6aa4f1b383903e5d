package org.netloom.tensor.opencl;

import com.aparapi.device.Device;
import com.aparapi.device.JavaDevice;
import com.aparapi.device.OpenCLDevice;

/**
 * How the kernels run on a device.
 *
 * @param side items of a group in each of two directions
 * @param groups groups of a pass; no result depends on it
 * @param spread whether neighbouring items touch neighbouring values
 * @param firstFloats length of a new arena
 * @param mostFloats what the longest arena is used for
 * @param memoryFloats what all arenas may have together
 */
record DeviceModel(
    Device device,
    String name,
    int side,
    int groups,
    boolean spread,
    long firstFloats,
    long mostFloats,
    long memoryFloats) {

  /** 32 MB and a bit: an array that the collector leaves where it is (humongous to G1). */
  private static final long FIRST_FLOATS = (8L << 20) + (1 << 16);

  /** Aparapi counts an array's bytes by an int: an arena has at most 2³¹ − 1 of them. */
  private static final long MOST_BYTES = Integer.MAX_VALUE;

  /** An OpenCL device. */
  static DeviceModel of(OpenCLDevice device) {
    device.setSharedMemory(false);
    boolean cpu = device.getType() == Device.TYPE.CPU;
    int units = Math.max(1, device.getMaxComputeUnits());
    long bytes = Math.min(MOST_BYTES, Math.max(0, device.getMaxMemAllocSize()));
    return new DeviceModel(
        device,
        device.getName() == null ? "an OpenCL device" : device.getName().strip(),
        Tiles.SIDE,
        cpu ? 2 * units : 8 * units,
        !cpu,
        Math.min(FIRST_FLOATS, bytes / Float.BYTES),
        bytes / Float.BYTES,
        Math.max(0, device.getGlobalMemSize()) / Float.BYTES);
  }

  /** Floats of a piece of a region: as much as an arena has room for. */
  long piece() {
    return Math.max(16, (mostFloats - Arenas.FIRST) / 16 * 16);
  }

  /** What the device has, for people. */
  String limits() {
    return "%s has (%d) MB, and here at most (%d) buffers of (%d) MB"
        .formatted(name, mega(memoryFloats), DeviceMemory.ARENAS, mega(mostFloats));
  }

  private static long mega(long floats) {
    return floats * Float.BYTES >> 20;
  }

  /** The same device with shorter arenas. */
  DeviceModel limited(long floats) {
    return new DeviceModel(device, name, side, groups, spread, firstFloats, floats, memoryFloats);
  }

  /** The same device, with its work laid out as for a GPU. */
  DeviceModel asGpu() {
    return new DeviceModel(device, name, side, groups, true, firstFloats, mostFloats, memoryFloats);
  }

  /** Threads of this virtual machine instead of a device: for tests of small shapes. */
  static DeviceModel java(int side, int groups) {
    return new DeviceModel(
        JavaDevice.THREAD_POOL, "Java threads", side, groups, false, 1 << 16, 1 << 24, 1 << 26);
  }
}
