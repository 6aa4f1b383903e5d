package org.netloom.tensor.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.writer.KernelWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
