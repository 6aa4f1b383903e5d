package org.netloom.tensor.opencl;

import java.util.Optional;

/** The devices of tests: one backend each for the whole run, because a translation takes long. */
public final class TestDevices {
  private static final Optional<OpenClBackend> OPENCL = OpenClDevices.find().open();
  private static final Optional<OpenClBackend> AS_GPU =
      OpenClDevices.find().first().map(model -> new OpenClBackend(model.asGpu()));
  private static final OpenClBackend JAVA = new OpenClBackend(DeviceModel.java(2, 2));

  private TestDevices() {}

  /** The first OpenCL device, if there is one. */
  public static Optional<OpenClBackend> opencl() {
    return OPENCL;
  }

  /** The same device, with its work laid out as for a GPU. */
  public static Optional<OpenClBackend> asGpu() {
    return AS_GPU;
  }

  /** The first OpenCL device with shorter arenas; the caller closes it. */
  public static Optional<OpenClBackend> limited(long floats) {
    return OpenClDevices.find().first().map(model -> new OpenClBackend(model.limited(floats)));
  }

  /** The kernels in Java threads with shorter arenas; the caller closes it. */
  public static OpenClBackend limitedJava(long floats) {
    return new OpenClBackend(DeviceModel.java(2, 2).limited(floats));
  }

  /** The devices with kernels that Aparapi does not translate, the first one called a GPU. */
  public static OpenClDevices broken() {
    return OpenClDevices.find().with(BrokenKernels.Untranslatable::new);
  }

  /** How many arenas a backend uses. */
  public static int arenas(OpenClBackend backend) {
    return backend.arenas();
  }

  /** The kernels in Java threads, in groups of two by two. */
  public static OpenClBackend java() {
    return JAVA;
  }
}
