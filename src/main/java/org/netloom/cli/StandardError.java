package org.netloom.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Gives the process its real standard error back. The launcher starts Java with a filter as
 * standard error, because no flag silences the virtual machine's greeting about the Vector API
 * module, and hands the real one over as another descriptor. Once Java runs, nothing needs the
 * filter: a terminal is seen as one, and all output has arrived when the program ends.
 */
final class StandardError {
  private static final int STDERR = 2;

  private StandardError() {}

  /** Duplicates the descriptor that the launcher names in {@code netloom.stderr} onto 2. */
  static void restore() {
    Integer descriptor = Integer.getInteger("netloom.stderr");
    if (descriptor == null) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> dup2 = linker.defaultLookup().find("dup2");
    if (dup2.isEmpty()) {
      return; // the filter stays, and passes everything on
    }
    FunctionDescriptor type =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    try {
      int ignored =
          (int) linker.downcallHandle(dup2.get(), type).invokeExact((int) descriptor, STDERR);
    } catch (Throwable failure) { // the signature of method handles; dup2 itself throws nothing
      throw new IllegalStateException("Standard error cannot be restored.", failure);
    }
  }

  /** Whether standard error is a terminal that a line can be rewritten on. */
  static boolean isTerminal() {
    String kind = System.getenv("TERM");
    if (kind == null || kind.equals("dumb")) {
      return false;
    }
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> isatty = linker.defaultLookup().find("isatty");
    if (isatty.isEmpty()) {
      return false;
    }
    FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    try {
      return (int) linker.downcallHandle(isatty.get(), type).invokeExact(STDERR) == 1;
    } catch (Throwable failure) { // the signature of method handles; isatty itself throws nothing
      throw new IllegalStateException("Standard error cannot be asked.", failure);
    }
  }
}
