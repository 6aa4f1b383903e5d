package org.netloom.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.netloom.config.InputException;
import org.netloom.store.RunConditions;
import org.netloom.tensor.Backend;
import org.netloom.tensor.MemoryException;
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

  private long inheritedMemory;

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

  /** What the results of a run depend on beside its file: kept with it. */
  RunConditions conditions() {
    try (Backend opened = openBackend()) {
      return new RunConditions(opened.name(), memoryLimit());
    }
  }

  /**
   * Takes the conditions of an earlier run wherever the command line says nothing.
   *
   * @param run that goes on, for messages
   * @return what is other than it was then, for people; empty if nothing is
   * @throws InputException if its kind of backend cannot be had here
   */
  Optional<String> goOnUnder(RunConditions before, Path run) {
    inheritedMemory = before.memory();
    if (backend.equals(BackendChoice.AUTO)) {
      backend = before.backend();
    }
    RunConditions now;
    try {
      now = conditions();
    } catch (InputException e) {
      throw new InputException(
          "%s: the run began with --backend %s.%n%s"
              .formatted(run, before.backend(), e.getMessage()),
          e);
    }
    return now.equals(before)
        ? Optional.empty()
        : Optional.of(
            "%s: the run began with %s and goes on with %s: results may differ from those of an uninterrupted run."
                .formatted(run, describe(before), describe(now)));
  }

  /** Conditions as the options that they come from. */
  static String describe(RunConditions conditions) {
    return "--backend %s and %s"
        .formatted(
            conditions.backend(),
            conditions.memory() == 0
                ? "no --memory"
                : "--memory of " + MemoryException.text(conditions.memory()));
  }

  /** Most bytes of a plan; 0 is what the heap or the device allows. */
  private long memoryLimit() {
    return memory.isEmpty() ? inheritedMemory : MemorySize.read(memory);
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
    return BackendChoice.open(name, threads, memoryLimit());
  }
}
