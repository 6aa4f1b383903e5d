package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class GraphCommandTest {
  private final CommandLineRun netloom = new CommandLineRun();

  /** Counts of the published network, as the reference's builder gives them. */
  @Test
  void jsonHoldsTheFiguresOfThePrimitiveGraphAndTheCost() throws Exception {
    assertThat(netloom.run("graph", "vit", "--json")).isZero();
    JsonNode json = JsonMapper.builder().build().readTree(netloom.out());
    assertThat(json.get("nodes").asInt()).isEqualTo(129);
    assertThat(json.get("edges").asInt()).isEqualTo(148);
    assertThat(json.get("edges_within_50").asInt()).isEqualTo(8254);
    assertThat(json.get("max_distance").asInt()).isEqualTo(30);
    assertThat(json.get("mean_degree").asDouble()).isEqualTo(2.294573643410853);
    assertThat(json.get("mean_path").asDouble()).isEqualTo(10.700096899224807);
    assertThat(json.get("distances").get("1").asInt()).isEqualTo(148);
    assertThat(json.get("histogram").get("pos_enc").asInt()).isEqualTo(1);
    assertThat(json.get("parameters").asLong()).isEqualTo(1_012_234);
    assertThat(json.get("parameters_reachable").asLong()).isEqualTo(1_012_234);
    assertThat(json.get("macs").asLong()).isGreaterThan(1_000_000);
    assertThat(netloom.err()).isEmpty();
  }

  @Test
  void proseSaysTheSameAndFlagsSetClassesAndInput() {
    assertThat(netloom.run("graph", "vit", "--classes", "100", "--input", "3x64x48")).isZero();
    assertThat(netloom.out()).contains("3x64x48, 100", "nodes", "129", "edges within 50", "msa 10");
  }

  @Test
  void anUnknownArchitectureIsAMistake() {
    assertThat(netloom.run("graph", "vitt")).isEqualTo(2);
    assertThat(netloom.err()).contains("'vitt'", "vit");
    assertThat(netloom.out()).isEmpty();
  }
}
