package org.netloom.cli;

import org.jspecify.annotations.Nullable;
import org.netloom.run.RunListener;

/** The phases of a run as one progress bar after the other, or as lines. */
final class PhaseProgress implements RunListener, AutoCloseable {
  private @Nullable Progress current;

  @Override
  public synchronized void phase(String name, long units) {
    close();
    current = Progress.start(name, units);
  }

  @Override
  public synchronized void step(long units, String extra) {
    if (current != null) {
      current.step(units, extra);
    }
  }

  @Override
  public synchronized void say(String line) {
    System.err.println(line);
  }

  @Override
  public synchronized void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
