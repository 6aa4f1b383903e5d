package org.netloom.tensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of the tests in a virtual machine of its own. */
public final class OwnMachine {
  private OwnMachine() {}

  /** How a program ended: its exit code and what it wrote. */
  public record Ended(int code, String out, String err) {}

  /**
   * Runs a program with the tests' class path to its end.
   *
   * @param options of the virtual machine
   */
  public static Ended run(List<String> options, Class<?> program, List<String> arguments)
      throws IOException, InterruptedException {
    return run(options, program, arguments, process -> {});
  }

  /** The same, but asks the program to end (SIGTERM) as soon as a file is there. */
  public static Ended stop(Path awaited, Class<?> program, List<String> arguments)
      throws IOException, InterruptedException {
    return run(
        List.of(),
        program,
        arguments,
        process -> {
          while (process.isAlive() && !Files.exists(awaited)) {
            Thread.sleep(5);
          }
          process.toHandle().destroy(); // what it says at the end is still to be read
        });
  }

  /** What is done with a program that has started. */
  private interface Meanwhile {
    void act(Process process) throws InterruptedException;
  }

  private static Ended run(
      List<String> options, Class<?> program, List<String> arguments, Meanwhile meanwhile)
      throws IOException, InterruptedException {
    String path = System.getProperty("java.class.path");
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", path)));
    command.add(program.getName());
    command.addAll(arguments);
    Path errors = Files.createTempFile("netloom-own-machine", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      meanwhile.act(process);
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      return new Ended(code, out, Files.readString(errors));
    } finally {
      Files.delete(errors);
    }
  }
}
