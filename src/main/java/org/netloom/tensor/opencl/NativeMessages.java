package org.netloom.tensor.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/**
 * Keeps what native libraries print about themselves off the screen: Aparapi greets every platform
 * that it does not know, and drivers name what they lack. Java has no way to do so, as they write
 * to the process's standard error.
 */
final class NativeMessages {
  private static final int STDERR = 2;
  private static final int WRITE_ONLY = 1;

  private NativeMessages() {}

  /** What a call gives, standard error going nowhere meanwhile; as it is where that cannot be. */
  static <T> T silenced(Supplier<T> call) {
    int nowhere = open("/dev/null");
    int kept = nowhere < 0 ? -1 : invoke("dup", STDERR);
    if (kept < 0) {
      return call.get();
    }
    try {
      invoke("dup2", nowhere, STDERR);
      return call.get();
    } finally {
      invoke("dup2", kept, STDERR);
      invoke("close", kept);
      invoke("close", nowhere);
    }
  }

  private static int open(String path) {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle open =
          Linker.nativeLinker()
              .downcallHandle(
                  Linker.nativeLinker().defaultLookup().find("open").orElseThrow(),
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                  Linker.Option.firstVariadicArg(2));
      MemorySegment name = arena.allocateFrom(path);
      return (int) open.invokeExact(name, WRITE_ONLY);
    } catch (Throwable failure) { // the signature of method handles; there is no such function
      return -1;
    }
  }

  /** A function of the C library on numbers; −1 where there is none. */
  private static int invoke(String function, int... arguments) {
    ValueLayout[] types = new ValueLayout[arguments.length];
    Object[] values = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      types[i] = ValueLayout.JAVA_INT;
      values[i] = arguments[i];
    }
    try {
      return (int)
          Linker.nativeLinker()
              .downcallHandle(
                  Linker.nativeLinker().defaultLookup().find(function).orElseThrow(),
                  FunctionDescriptor.of(ValueLayout.JAVA_INT, types))
              .invokeWithArguments(values);
    } catch (Throwable failure) { // the signature of method handles; there is no such function
      return -1;
    }
  }
}
