package org.netloom.tensor.opencl;

import java.util.Optional;

/** The devices of tests: one backend each for the whole run, because a translation takes long. */
public final class TestDevices {
  private static final Optional<OpenClBackend> OPENCL = OpenClDevices.find().open();
  private static final OpenClBackend JAVA = new OpenClBackend(DeviceModel.java(2, 2));

  private TestDevices() {}

  /** The first OpenCL device, if there is one. */
  public static Optional<OpenClBackend> opencl() {
    return OPENCL;
  }

  /** The kernels in Java threads, in groups of two by two. */
  public static OpenClBackend java() {
    return JAVA;
  }
}
