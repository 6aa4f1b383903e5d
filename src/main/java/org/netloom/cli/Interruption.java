package org.netloom.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C as an interrupt of the command's thread: while one is open, the end of the virtual machine
 * (SIGINT, SIGTERM) first interrupts the thread that opened it and waits until that one has put its
 * things in order and closed it, half a minute at most. The process then ends with the code of the
 * signal: 130 for Ctrl-C.
 *
 * <pre>{@code
 * try (Interruption interruption = Interruption.listen()) {
 *   try {
 *     work();
 *   } catch (InterruptedException e) {
 *     say("Interrupted. Run the same command again to go on.");
 *     return 130;
 *   }
 * }
 * }</pre>
 *
 * <p>What is to be said must be said before it is closed: afterwards the machine may stop.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Thread worker) {
    this.hook =
        new Thread(
            () -> {
              worker.interrupt();
              try {
                boolean inTime = closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (!inTime) {
                  System.err.println("Stopped without waiting any longer.");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "interruption");
  }

  /** Listens on behalf of the calling thread. */
  static Interruption listen() {
    Interruption interruption = new Interruption(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Stops listening; the end of the virtual machine waits no longer. */
  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      Thread.interrupted(); // the machine is ending and the hook has done its work
    }
  }
}
