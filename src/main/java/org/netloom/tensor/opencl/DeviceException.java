package org.netloom.tensor.opencl;

/** A device that does not run the kernels, with its name and the reason. */
public final class DeviceException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
