package org.netloom.cli;

import org.netloom.config.InputException;
import org.netloom.tensor.Backend;
import org.netloom.tensor.cpu.CpuBackend;
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
      description = "auto, cpu or scalar; opencl is not in this version.")
  String backend = "auto";

  /** As many as asked for; all cores when nothing was said. */
  int threadCount() {
    if (threads < 0) {
      throw new InputException("--threads (%d) must be 0 or more.".formatted(threads));
    }
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** The backend asked for; the caller closes it. */
  Backend openBackend() {
    return openBackend(threadCount());
  }

  /** A backend of the kind asked for with so many threads; the caller closes it. */
  Backend openBackend(int threads) {
    return switch (backend) {
      case "auto", "cpu" -> CpuBackend.of(threads);
      case "scalar" -> CpuBackend.scalar();
      case "opencl" ->
          throw new InputException(
              "--backend (opencl): not in this version. Allowed: auto, cpu, scalar.");
      default ->
          throw new InputException(
              "--backend (%s): unknown backend. Allowed: auto, cpu, scalar.".formatted(backend));
    };
  }
}
