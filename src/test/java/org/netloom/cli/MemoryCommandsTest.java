package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.Architecture;
import org.netloom.training.Subjects;

/** What commands tell of the memory that was planned, and what they refuse for want of it. */
final class MemoryCommandsTest {
  private static final Architecture SMALL = Subjects.smallArchitecture();
  private static final String GHN = "src/test/resources/golden/checkpoint_zip_tiny_ghn2.pt";

  @TempDir private Path folder;
  private final CommandLineRun netloom = new CommandLineRun();

  private int predict(String... more) {
    String[] first = {
      "predict", SMALL.canonical(), "--ghn", GHN, "--out", folder.resolve("p.safetensors") + ""
    };
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return netloom.run(all);
  }

  @Test
  void aPredictionTellsItsPlanAndTheLimitCountsToTheByte() throws Exception {
    assertThat(predict("--json")).as(netloom.err()).isZero();
    JsonNode facts = JsonMapper.builder().build().readTree(netloom.out());
    long bytes = facts.get("memory").asLong();
    assertThat(bytes).isPositive();
    assertThat(predict()).isZero();
    assertThat(netloom.out())
        .contains(
            String.format(Locale.ROOT, "s, %.1f MB of memory, written to ", bytes / 1048576.0));
    String enough = String.format(Locale.ROOT, "%.9fk", bytes / 1024.0);
    String little = String.format(Locale.ROOT, "%.9fk", (bytes - 1) / 1024.0);
    assertThat(predict("--memory", enough)).as(netloom.err()).isZero();
    assertThat(predict("--memory", little)).isEqualTo(2);
    assertThat(netloom.err()).contains("The plan needs (", "; the limit is (", "Maybe");
  }
}
