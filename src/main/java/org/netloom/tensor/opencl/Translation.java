package org.netloom.tensor.opencl;

import com.aparapi.internal.exception.AparapiException;
import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.writer.KernelWriter;
import org.jspecify.annotations.Nullable;

/**
 * The first launch of a kernel, in which it is translated. The driver's compiler needs more stack
 * than threads have by default, and has crashed the virtual machine without.
 */
final class Translation {
  private static final long STACK = 256L << 20;

  private Translation() {}

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
            STACK);
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

  /** Why a launch failed; of a translation Aparapi says it to its log only. */
  static String reason(ArenaKernel kernel, boolean translated, Throwable failure) {
    if (translated) {
      return String.valueOf(failure.getMessage());
    }
    try {
      KernelWriter.writeToString(
          ClassModel.createClassModel(kernel.getClass()).getEntrypoint("run", kernel));
      return "the driver does not build them";
    } catch (AparapiException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static final class Failure {
    private @Nullable RuntimeException found;
  }
}
