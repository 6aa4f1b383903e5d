package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netloom.config.InputException;
import org.netloom.tensor.opencl.OpenClDevices;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theVersionGoesToStandardOutput() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("netloom ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void anUnknownOptionIsAMistakeAndNamed() {
    assertThat(run("doctor", "--no-such-option")).isEqualTo(2);
    assertThat(err.toString()).contains("--no-such-option").doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aMissingCommandIsAMistake() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("command is missing");
  }

  @TestFactory
  Stream<DynamicTest> everyCommandExplainsItself() {
    return Main.commandLine().getSubcommands().entrySet().stream()
        .filter(entry -> !entry.getKey().equals("generate-completion"))
        .map(
            entry -> DynamicTest.dynamicTest(entry.getKey(), () -> explainsItself(entry.getKey())));
  }

  private void explainsItself(String name) {
    CommandSpec command = Main.commandLine().getSubcommands().get(name).getCommandSpec();
    assertThat(command.usageMessage().description()).isNotEmpty();
    assertThat(command.optionsMap()).containsKeys("--help", "--json", "--seed", "--threads");
    assertThat(command.args()).allSatisfy(a -> assertThat(a.description()).isNotEmpty());
    assertThat(run(name, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: netloom " + name, "Exit codes:");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theCompletionScriptKnowsEveryCommand() {
    assertThat(run("generate-completion")).isZero();
    assertThat(out.toString())
        .contains(Main.commandLine().getSubcommands().keySet())
        .contains("--threads", "complete -F");
  }

  @Test
  void anUnknownBackendIsRefusedWithTheAllowedValues() {
    assertThat(run("doctor", "--backend", "cuda")).isEqualTo(2);
    assertThat(err.toString()).contains("(cuda)", "auto, cpu, scalar, opencl");
  }

  @Test
  void withoutADeviceOpenClIsAMistakeAndDoctorSaysWhy() {
    assumeThat(OpenClDevices.find().all()).as("devices").isEmpty();
    assertThat(run("doctor", "--backend", "opencl")).isEqualTo(2);
    assertThat(err.toString()).contains("no OpenCL device", "pocl-opencl-icd");
    assertThat(run("doctor")).isZero();
    assertThat(out.toString()).contains("none: ");
  }

  @Test
  void withADeviceDoctorChecksAndMeasuresIt() {
    assumeThat(OpenClDevices.find().all()).as("devices").isNotEmpty();
    assertThat(run("doctor", "--backend", "opencl")).isZero();
    assertThat(out.toString()).contains("outlive a garbage collection", "GFLOP/s");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void negativeThreadsAreRefusedWithTheValue() {
    assertThat(run("doctor", "--threads", "-3")).isEqualTo(2);
    assertThat(err.toString()).contains("(-3)");
  }

  @Test
  void doctorPrintsOneJsonDocumentWithTheBackendAskedFor() throws Exception {
    assertThat(run("doctor", "--json", "--backend", "scalar")).isZero();
    JsonNode facts = JsonMapper.builder().build().readTree(out.toString());
    assertThat(facts.get("backend").asText()).isEqualTo("scalar");
    assertThat(facts.get("cores").asInt()).isPositive();
    assertThat(facts.get("memory_mb").asLong()).isPositive();
  }

  @Test
  void mistakenInputShowsItsMessageAlone() {
    assertThat(fail(new InputException("a.yaml:1:2: wrong"))).isEqualTo(2);
    assertThat(err.toString().strip()).isEqualTo("a.yaml:1:2: wrong");
  }

  @Test
  void anInterruptionHasItsOwnCode() {
    assertThat(fail(new InterruptedException())).isEqualTo(130);
  }

  @Test
  void aDefectShowsWhereItHappened() {
    assertThat(fail(new IllegalStateException("odd"))).isEqualTo(1);
    assertThat(err.toString()).contains("defect", "odd", "\tat ");
  }

  private int run(String... arguments) {
    return execute(Main.commandLine(), arguments);
  }

  private int fail(Exception problem) {
    return execute(Main.commandLine().addSubcommand(new Failing(problem)), "failing");
  }

  private int execute(CommandLine command, String... arguments) {
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Command(name = "failing")
  private record Failing(Exception problem) implements java.util.concurrent.Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      throw problem;
    }
  }
}
