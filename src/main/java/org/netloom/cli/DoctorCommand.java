package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.tensor.Backend;
import org.netloom.tensor.opencl.OpenClBackend;
import org.netloom.tensor.opencl.OpenClDevices;
import org.netloom.tensor.opencl.OpenClProbe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code netloom doctor}: what will be used on this machine, and why. */
@Command(name = "doctor", description = "Show what will be used on this machine, and why.")
final class DoctorCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  /** Prints the facts; 0. */
  @Override
  public Integer call() throws Exception {
    Map<String, Object> facts = new LinkedHashMap<>();
    Runtime runtime = Runtime.getRuntime();
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("cores", runtime.availableProcessors());
    facts.put("memory_mb", runtime.maxMemory() >> 20);
    facts.put("vector_module", ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    BackendChoice choice = common.chooseBackend();
    try (Backend backend = choice.backend()) {
      facts.put("backend", backend.name());
      facts.put("backend_reason", backend.description() + "; " + choice.reason());
      facts.put("opencl", openCl());
      if (backend instanceof OpenClBackend device) {
        facts.put("opencl_check", device.selfCheck());
        facts.put("opencl_gemm", "%.1f GFLOP/s".formatted(OpenClProbe.productRate(device)));
      }
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (common.json) {
      out.println(JsonMapper.builder().build().writeValueAsString(facts));
    } else {
      facts.forEach((key, value) -> print(out, key, value));
    }
    return 0;
  }

  private static void print(PrintWriter out, String key, Object value) {
    for (Object line : value instanceof List<?> all ? all : List.of(value)) {
      out.printf("%-15s %s%n", key, line);
    }
  }

  /** One line for each device, or why there is none. */
  private static List<String> openCl() {
    OpenClDevices devices = OpenClDevices.find();
    if (devices.all().isEmpty()) {
      return List.of("none: " + devices.reason());
    }
    return devices.all().stream()
        .map(
            at ->
                "%s (%s, %s, driver %s): %d units, %d MB, buffers to %d MB"
                    .formatted(
                        at.name(),
                        at.kind(),
                        at.platform(),
                        at.driver(),
                        at.units(),
                        at.memoryMb(),
                        at.bufferMb()))
        .toList();
  }
}
