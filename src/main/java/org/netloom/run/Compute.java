package org.netloom.run;

import java.util.function.IntFunction;
import org.netloom.tensor.Backend;

/**
 * The threads of a run and where they compute.
 *
 * @param threads at work at the same time
 * @param backends gives a backend of that many threads; whoever asks closes it
 */
public record Compute(int threads, IntFunction<Backend> backends) {
  /** A backend of all threads. */
  public Backend open() {
    return backends.apply(threads);
  }
}
