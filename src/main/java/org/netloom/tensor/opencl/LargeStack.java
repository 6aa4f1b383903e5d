package org.netloom.tensor.opencl;

import org.jspecify.annotations.Nullable;

/**
 * Runs a translation: the driver's compiler needs more stack than threads have by default, and has
 * crashed the virtual machine without.
 */
final class LargeStack {
  private static final long BYTES = 256L << 20;

  private LargeStack() {}

  /**
   * Waits for the call, however often this thread is interrupted meanwhile, and fails as it does.
   */
  static void run(Runnable call) {
    Failure failure = new Failure();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                call.run();
              } catch (RuntimeException e) {
                failure.found = e;
              }
            },
            "opencl-translation",
            BYTES);
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure.found != null) {
      throw failure.found;
    }
  }

  private static final class Failure {
    private @Nullable RuntimeException found;
  }
}
