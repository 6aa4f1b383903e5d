package org.netloom.cli;

import org.netloom.config.InputException;
import org.netloom.tensor.Backend;
import picocli.CommandLine.Option;

/** Options of all commands. */
final class CommonOptions {
  @Option(names = "--json", description = "Print one JSON document instead of prose.")
  boolean json;

  @Option(names = "--seed", defaultValue = "42", description = "Seed of every random decision.")
  long seed;

  @Option(names = "--threads", defaultValue = "0", description = "Threads; 0 means all cores.")
  int threads;

  @Option(
      names = "--backend",
      defaultValue = "auto",
      description = "auto (a GPU where there is one, else cpu), cpu, scalar or opencl.")
  String backend = "auto";

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Most memory of a plan, like 512m or 2g; one that needs more is refused before it runs."
              + " What the heap or the device has if left out; the heap's size is -Xmx in"
              + " JDK_JAVA_OPTIONS.")
  String memory = "";

  /**
   * Refuses what no command takes; called before every command.
   *
   * @throws InputException naming the option
   */
  void check() {
    if (threads < 0) {
      throw new InputException("--threads (%d) must be 0 or more.".formatted(threads));
    }
    if (!BackendChoice.NAMES.contains(backend)) {
      throw new InputException(
          "--backend (%s): unknown backend. Allowed: %s."
              .formatted(backend, String.join(", ", BackendChoice.NAMES)));
    }
    MemorySize.read(memory);
    BackendChoice.check(backend);
  }

  /** As many as asked for; all cores when nothing was said. */
  int threadCount() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** The backend asked for and why it is this one; the caller closes it. */
  BackendChoice chooseBackend() {
    return choose(backend, threadCount());
  }

  /** The backend asked for; the caller closes it. */
  Backend openBackend() {
    return openBackend(threadCount());
  }

  /**
   * The backend for one prediction; the caller closes it. Nothing asked for means plain loops: they
   * are through before the compiler has made the vector kernels fast.
   */
  Backend openBackendForOnePass() {
    String name = backend.equals(BackendChoice.AUTO) ? BackendChoice.SCALAR : backend;
    return choose(name, threadCount()).backend();
  }

  /** A backend of the kind asked for with so many threads; the caller closes it. */
  Backend openBackend(int threads) {
    return choose(backend, threads).backend();
  }

  private BackendChoice choose(String name, int threads) {
    return BackendChoice.open(name, threads, MemorySize.read(memory));
  }
}
