package org.netloom.cli;

import java.io.PrintWriter;
import org.netloom.config.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code netloom}. Exit codes: 0 done, 1 a defect, 2 mistaken usage or input. */
@Command(
    name = "netloom",
    description = "Neural architecture search, scored by a graph hypernetwork.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {DoctorCommand.class, PredictCommand.class, RunCommand.class})
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  /** The version that the jar's manifest names. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"netloom " + (version == null ? "(development)" : version)};
    }
  }

  /** Starts the program and ends the virtual machine with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command; errors go to standard error. */
  static int run(String... arguments) {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::explain)
        .execute(arguments);
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "A command is missing. Maybe 'netloom --help'?");
    }
  }

  private static int explain(
      Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (problem instanceof InputException || problem instanceof IllegalArgumentException) {
      err.println(problem.getMessage());
      return 2;
    }
    err.println("Netloom failed: %s".formatted(problem));
    err.println("This is a defect. Run again with JAVA_TOOL_OPTIONS=-Dnetloom.trace=true for more.");
    if (Boolean.getBoolean("netloom.trace")) {
      problem.printStackTrace(err);
    }
    return 1;
  }
}
