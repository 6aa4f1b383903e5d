package org.netloom.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands as a user would, and keeps what they print. */
final class CommandLineRun {
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  /** The exit code. */
  int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
