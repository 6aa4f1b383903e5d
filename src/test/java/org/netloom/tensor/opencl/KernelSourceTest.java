package org.netloom.tensor.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import com.aparapi.Kernel;
import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.writer.KernelWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The OpenCL C beside the kernels is what Aparapi makes of them. */
class KernelSourceTest {
  private static final Path FILE = Path.of("kernels", "arena.cl");

  @Test
  void theOpenClSourceIsThatOfTheKernels() throws Exception {
    ArenaKernel kernel = new ArenaKernel();
    String source =
        KernelWriter.writeToString(
            ClassModel.createClassModel(ArenaKernel.class).getEntrypoint("run", kernel));
    if ("write".equals(System.getProperty("kernels"))) {
      Files.writeString(FILE, source);
    }
    assertThat(Files.readString(FILE))
        .as("%s; Maybe 'mvn test -Dtest=KernelSourceTest -Dkernels=write'?", FILE)
        .isEqualTo(source);
  }

  /** Aparapi calls one of two private methods with the same signature, whichever was meant. */
  @Test
  void noTwoPrivateMethodsOfTheKernelsHaveOneSignature() {
    Map<String, String> owners = new HashMap<>();
    List<String> twice = new ArrayList<>();
    for (Class<?> c = ArenaKernel.class; c != Kernel.class; c = c.getSuperclass()) {
      for (Method method : c.getDeclaredMethods()) {
        if (Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic()) {
          String signature = method.getName() + Arrays.toString(method.getParameterTypes());
          String other = owners.putIfAbsent(signature, c.getSimpleName());
          if (other != null) {
            twice.add("%s in %s and %s".formatted(signature, other, c.getSimpleName()));
          }
        }
      }
    }
    assertThat(owners).isNotEmpty();
    assertThat(twice).isEmpty();
  }
}
