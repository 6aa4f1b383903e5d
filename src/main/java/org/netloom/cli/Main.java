package org.netloom.cli;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program {@code netloom}. Exit codes: 0 done, 1 a defect of Netloom, 2 mistaken usage or
 * input, 3 nothing valid found, 130 interrupted.
 */
@Command(
    name = "netloom",
    description = "Neural architecture search, scored by a graph hypernetwork.",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a defect of Netloom",
      "2:mistaken usage or input",
      "3:nothing valid found within the budget",
      "130:interrupted; what says so can be resumed"
    },
    subcommands = {
      DoctorCommand.class,
      EmbedCommand.class,
      EvaluateCommand.class,
      EvaluateGhnCommand.class,
      ExportCommand.class,
      FinetuneCommand.class,
      FitPropertiesCommand.class,
      GenerateCommand.class,
      GraphCommand.class,
      PredictCommand.class,
      PredictPropertiesCommand.class,
      ReportCommand.class,
      ResumeCommand.class,
      RunCommand.class,
      SampleCommand.class,
      SearchCommand.class,
      TrainGhnCommand.class,
      ValidateCommand.class,
      AutoComplete.GenerateCompletion.class
    })
public final class Main implements Runnable {
  private static final int DEFECT = 1;
  private static final int MISTAKE = 2;
  static final int INTERRUPTED = 130;

  @Spec private @Nullable CommandSpec spec;

  /** What {@code --version} prints. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"netloom " + version()};
    }
  }

  /** The version that the jar's manifest names. */
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }

  /** Starts the program and ends the virtual machine with its exit code. */
  public static void main(String[] arguments) {
    StandardError.restore();
    Locale.setDefault(Locale.ROOT); // numbers look alike everywhere
    int code;
    try {
      code = commandLine().execute(arguments);
    } catch (OutOfMemoryError e) {
      System.err.printf(
          "The memory (%d MB) is not enough for this: %s.%n  Maybe a smaller batch, or -Xmx in"
              + " JDK_JAVA_OPTIONS?%n",
          Runtime.getRuntime().maxMemory() >> 20, e.getMessage());
      code = MISTAKE;
    }
    System.exit(code);
  }

  /** A new command line; tests replace its writers. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, Main::path)
        .setParameterExceptionHandler((problem, arguments) -> explainUsage(problem))
        .setExecutionStrategy(Main::execute)
        .setExecutionExceptionHandler((problem, command, parsed) -> explain(problem, command));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'%s' is not a path: %s".formatted(text, e.getReason()));
    }
  }

  /** Runs the command that was named, its common options checked. */
  private static int execute(ParseResult parsed) {
    for (CommandLine command : parsed.asCommandLineList()) {
      for (CommandSpec mixin : command.getCommandSpec().mixins().values()) {
        if (mixin.userObject() instanceof CommonOptions options) {
          try {
            options.check();
          } catch (InputException mistake) {
            return explain(mistake, command);
          }
        }
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** The mistake and where help is, in place of all the help there is. */
  private static int explainUsage(CommandLine.ParameterException problem) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(problem.getMessage());
    UnmatchedArgumentException.printSuggestions(problem, err);
    err.printf("  Maybe '%s --help'?%n", command.getCommandSpec().qualifiedName());
    return MISTAKE;
  }

  /** {@code netloom} without a command is a mistake. */
  @Override
  public void run() {
    CommandSpec root = spec;
    if (root != null) {
      throw new CommandLine.ParameterException(root.commandLine(), "A command is missing.");
    }
  }

  private static int explain(Exception problem, CommandLine command) {
    PrintWriter err = command.getErr();
    switch (problem) {
      case InputException mistake -> {
        err.println(mistake.getMessage());
        return MISTAKE;
      }
      case IllegalArgumentException mistake -> {
        err.println(mistake.getMessage());
        return MISTAKE;
      }
      case InterruptedException interruption -> {
        err.println("Interrupted.");
        return INTERRUPTED;
      }
      default -> {
        err.println("This is a defect of Netloom; please report it with what follows.");
        problem.printStackTrace(err);
        return DEFECT;
      }
    }
  }
}
