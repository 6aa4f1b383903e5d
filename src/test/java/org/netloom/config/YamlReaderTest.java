package org.netloom.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlReaderTest {
  private static final Map<String, String> OPERATIONS =
      Choices.of(List.of("none", "skip_connect", "sep_conv_3x3", "sep_conv_5x5"), op -> op);

  private record Cell(List<String> operations, int steps, double rate, boolean pool) {}

  private static Cell cell(Section top) {
    Section cell = top.section("cell");
    Section search = top.section("search");
    search.integer("population", 40, 2, 1000);
    search.whole("macs", 0, 0, Long.MAX_VALUE);
    return new Cell(
        cell.choiceList("operations", "operation", List.of("none"), OPERATIONS),
        cell.integer("steps", 1, 1, 8),
        cell.number("rate", 0.5, 0, 1),
        cell.flag("pool", true));
  }

  private static Cell read(String text, String... overrides) {
    return YamlReader.parse("darts.yaml", text, List.of(overrides), YamlReaderTest::cell);
  }

  private static String message(String text, String... overrides) {
    try {
      return "read: " + read(text, overrides);
    } catch (InputException e) {
      return e.getMessage();
    }
  }

  @Test
  void everyProblemIsToldAtOnceWithItsPlaceTheAllowedValuesAndAGuess() {
    String text =
        """
        cell:
          operations: [none, sep_conv_4x4,
                       Skip-Connect]
          steps: 1.5
          rate: 2
          pool: maybe
          populaton: 3
        search:
          populaton: 7
          steps: 3
        """;
    assertThat(message(text))
        .isEqualTo(
            """
            darts.yaml:2:22: cell.operations[1]: unknown operation 'sep_conv_4x4'.
              Allowed: none, skip_connect, sep_conv_3x3, sep_conv_5x5
              Maybe 'sep_conv_3x3'?
            darts.yaml:3:16: cell.operations[2]: unknown operation 'Skip-Connect'.
              Allowed: none, skip_connect, sep_conv_3x3, sep_conv_5x5
              Maybe 'skip_connect'?
            darts.yaml:4:10: cell.steps: expected a whole number, but found '1.5'.
              Allowed: 1 to 8
            darts.yaml:5:9: cell.rate: (2.0) is out of range.
              Allowed: 0 to 1
            darts.yaml:6:9: cell.pool: expected true or false, but found 'maybe'.
              Allowed: true, false
            darts.yaml:7:3: cell.populaton: unknown key 'populaton'.
              Allowed: operations, steps, rate, pool
            darts.yaml:9:3: search.populaton: unknown key 'populaton'.
              Allowed: population, macs
              Maybe 'population'?
            darts.yaml:10:3: search.steps: unknown key 'steps'.
              Allowed: population, macs
              Maybe 'cell.steps'?
            8 problems. Nothing was run.\
            """);
  }

  @Test
  void valuesAreReadAndAbsentOnesTakeTheirDefaults() {
    assertThat(read("cell: {operations: skip_connect, steps: 2}"))
        .isEqualTo(new Cell(List.of("skip_connect"), 2, 0.5, true));
    assertThat(read("{\"cell\": {\"rate\": 1e-2, \"pool\": false}}"))
        .isEqualTo(new Cell(List.of("none"), 1, 0.01, false));
    assertThat(read("cell:\nsearch:\n").steps()).isEqualTo(1);
  }

  @Test
  void numbersMayCarrySuffixes() {
    record Macs(long value) {}
    for (var e :
        Map.of(
                "6M",
                6_000_000L,
                "1.5k",
                1500L,
                "2G",
                2_000_000_000L,
                "10_000",
                10000L,
                "1e3",
                1000L)
            .entrySet()) {
      Macs macs =
          YamlReader.parse(
              "x", "m: " + e.getKey(), List.of(), s -> new Macs(s.whole("m", 0, 0, 1L << 40)));
      assertThat(macs.value()).as(e.getKey()).isEqualTo(e.getValue());
    }
    for (String wrong : List.of("6Q", "0x10", "1e999", "99999999999999999999", "NaN", "--3")) {
      assertThat(message("search: {macs: " + wrong + "}")).contains("expected a whole number");
    }
  }

  @Test
  void aDuplicateKeyNamesItsFirstLine() {
    assertThat(message("cell:\n  steps: 1\n  steps: 2\n"))
        .isEqualTo(
            "darts.yaml:3:3: cell.steps: key 'steps' is given twice; first in line (2).\n"
                + "1 problem. Nothing was run.");
  }

  @Test
  void listsRefuseRepetitionAndEmptiness() {
    assertThat(message("cell: {operations: [none, none]}"))
        .startsWith("darts.yaml:1:27: cell.operations[1]: is listed twice.");
    assertThat(message("cell: {operations: []}")).contains("the list is empty");
  }

  @Test
  void brokenSyntaxIsLocated() {
    assertThat(message("cell:\n  steps: [1, 2\nsearch: {}\n")).startsWith("darts.yaml:3:");
    assertThat(message("cell:\n\tsteps: 1\n")).startsWith("darts.yaml:2:1: broken YAML: ");
    assertThat(message("cell: *b\n")).startsWith("darts.yaml:1:7: cell: aliases");
    assertThat(message("cell: {}\n---\ncell: {}\n")).contains("a second document starts");
    assertThat(message("")).startsWith("darts.yaml:1:1: the file is empty");
    assertThat(message("- 1\n")).startsWith("darts.yaml:1:1: expected keys with values");
    assertThat(message("x: " + "[".repeat(500))).contains("problem");
  }

  @Test
  void wrongKindsAreTold() {
    assertThat(message("cell: 3\n"))
        .startsWith("darts.yaml:1:7: cell: expected keys with values, but found '3'.");
    assertThat(message("cell: {steps: [1]}")).contains("expected a whole number, but found a list");
    assertThat(message("cell: {steps: }"))
        .contains("cell.steps: expected a whole number, but found no value.");
  }

  @Test
  void optionsOverrideTheFileAndTheirMistakesNameTheOption() {
    assertThat(read("cell: {steps: 2}", "cell.steps=3", "cell.operations=[none, skip_connect]"))
        .isEqualTo(new Cell(List.of("none", "skip_connect"), 3, 0.5, true));
    assertThat(message("cell: {steps: 2}", "search.populaton=3", "cell.steps=x", "cell.steps.a=1"))
        .isEqualTo(
            """
            --set cell.steps.a: cell.steps.a: 'steps' holds 'x' in (--set cell.steps), not keys that could be set.
            --set cell.steps: cell.steps: expected a whole number, but found 'x'.
              Allowed: 1 to 8
            --set search.populaton: search.populaton: unknown key 'populaton'.
              Allowed: population, macs
              Maybe 'population'?
            3 problems. Nothing was run.\
            """);
    assertThat(message("cell: {}", "nonsense")).contains("must be written key=value");
  }

  @Test
  void filesThatAreNotTextAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("space.yaml");
    Files.write(file, new byte[] {'a', ':', '\n', 'b', (byte) 0xFF});
    assertThatThrownBy(() -> YamlReader.read(file, List.of(), YamlReaderTest::cell))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("space.yaml:2:2: is not UTF-8 text (byte 0xFF)");
    Files.write(file, new byte[] {'a', 0, 'b'});
    assertThatThrownBy(() -> YamlReader.read(file, List.of(), YamlReaderTest::cell))
        .hasMessageContaining("space.yaml:1:2: holds a control character (0x00)");
    Path other = folder.resolve("spcae.yaml");
    assertThatThrownBy(() -> YamlReader.read(other, List.of(), YamlReaderTest::cell))
        .hasMessageContaining("there is no such file.\n  Maybe '" + file + "'?");
    assertThatThrownBy(() -> YamlReader.read(folder, List.of(), YamlReaderTest::cell))
        .hasMessageContaining("is a folder");
    Files.write(file, "\uFEFFcell: {steps: 4}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(YamlReader.read(file, List.of(), YamlReaderTest::cell).steps()).isEqualTo(4);
  }

  @Test
  void aSchemaTellsKeysRangesAllowedValuesAndDefaults() {
    JsonNode schema = new ObjectMapper().valueToTree(YamlReader.schema(YamlReaderTest::cell));
    assertThat(YamlReader.keys(YamlReaderTest::cell)).contains("cell.rate", "search.population");
    assertThat(schema.at("/additionalProperties")).isEqualTo(BooleanNode.FALSE);
    JsonNode cell = schema.at("/properties/cell/properties");
    assertThat(cell.fieldNames())
        .toIterable()
        .containsExactly("operations", "steps", "rate", "pool");
    assertThat(cell.at("/operations/default").toString()).isEqualTo("[\"none\"]");
    assertThat(cell.at("/operations/anyOf/0/items/enum")).hasSize(4);
    assertThat(cell.at("/operations/anyOf/1/enum/3").asText()).isEqualTo("sep_conv_5x5");
    assertThat(cell.at("/steps/maximum").asInt()).isEqualTo(8);
    assertThat(cell.at("/rate/default").asDouble()).isEqualTo(0.5);
    assertThat(cell.at("/pool/type").asText()).isEqualTo("boolean");
    assertThat(schema.at("/properties/search/properties/macs/maximum").asLong())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatTheWriterWritesReadsBack() {
    String text =
        YamlWriter.write(
            Map.of("cell", Map.of("operations", List.of("none", "skip_connect"), "rate", 0.25)));
    assertThat(read(text)).isEqualTo(new Cell(List.of("none", "skip_connect"), 1, 0.25, true));
    assertThat(YamlWriter.write(Map.of("a", "yes: \"no\"\n")))
        .isEqualTo("a: \"yes: \\\"no\\\"\\x0a\"\n");
  }
}
