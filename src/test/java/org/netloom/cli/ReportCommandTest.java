package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.report.RunFixture;
import org.netloom.store.RunDirectory;

class ReportCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void thePageIsWrittenIntoTheRun() {
    Path run = folder.resolve("run");
    RunFixture.create(run).close();
    assertThat(run("report", run.toString())).isZero();
    assertThat(run.resolve("report.html")).content().contains("quickstart on shapes10");
    assertThat(out.toString())
        .contains("reaches 81.8 % test accuracy (fine-tuned 5 epochs)")
        .contains("report written to " + run.resolve("report.html"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void oneJsonDocumentHasThePlaceAndTheHeadlineNumbers() throws Exception {
    Path run = folder.resolve("run");
    Path page = folder.resolve("page.html");
    RunFixture.create(run).close();
    assertThat(run("report", run.toString(), "--out", page.toString(), "--json")).isZero();
    JsonNode numbers = JsonMapper.builder().build().readTree(out.toString());
    assertThat(numbers.get("report").asText()).isEqualTo(page.toString());
    assertThat(numbers.get("ranked").asInt()).isEqualTo(6);
    assertThat(numbers.get("best").get("fine_tuned_accuracy").asDouble()).isEqualTo(0.828);
    assertThat(numbers.get("best").get("test_accuracy").asDouble()).isEqualTo(0.828 - 0.01);
    assertThat(numbers.get("best").get("folder").asText()).startsWith("top/01-");
    assertThat(Files.exists(page)).isTrue();
    assertThat(run.resolve("report.html")).doesNotExist();
  }

  @Test
  void whatIsNoRunOrInUseIsAMistake() {
    assertThat(run("report", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no such folder").doesNotContain("\tat ");
    assertThat(run("report", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is not a run of Netloom");
    Path run = folder.resolve("run");
    try (RunDirectory held = RunFixture.create(run)) {
      assertThat(held.path()).isEqualTo(run);
      assertThat(run("report", run.toString())).isEqualTo(2);
    }
    assertThat(err.toString()).contains("another process works on this run");
    assertThat(run("report")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
