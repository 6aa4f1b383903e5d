package org.netloom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.netloom.config.Section;
import org.netloom.config.YamlReader;
import org.netloom.ghn.GhnTraining;
import org.netloom.ghn.GhnTrainingReader;
import org.netloom.run.RunConfigReader;

/** The pages under {@code docs} agree with the code. */
class DocsTest {
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TESTS = Path.of("src", "test", "java");

  @Test
  void theTableOfRoomsListsThePackages() throws IOException {
    TreeSet<String> documented =
        new TreeSet<>(found("architecture.md", "(?m)^\\| `([a-z.]+)` \\|"));
    TreeSet<String> packages = new TreeSet<>();
    Path root = MAIN.resolve(Path.of("org", "netloom"));
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> root.relativize(file.getParent()).toString().replace('/', '.'))
          .filter(name -> !name.isEmpty())
          .forEach(packages::add);
    }
    assertThat(documented).isEqualTo(packages);
  }

  @Test
  void everyKeyOfAFileIsExplainedAndNoOther() throws IOException {
    TreeSet<String> keys = new TreeSet<>(YamlReader.keys(RunConfigReader::read));
    keys.addAll(YamlReader.keys(DocsTest::training));
    assertThat(new TreeSet<>(found("configuration.md", "(?m)^\\| `([a-z_.]+)`"))).isEqualTo(keys);
  }

  @Test
  void theSchemaForEditorsIsThatOfTheReaders() throws IOException {
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ObjectNode schema = json.valueToTree(YamlReader.schema(RunConfigReader::read));
    JsonNode training =
        json.valueToTree(YamlReader.schema(DocsTest::training)).at("/properties/ghn");
    ObjectNode ghn = (ObjectNode) schema.at("/properties/ghn");
    ghn.putArray("anyOf").add(json.createObjectNode().put("type", "string")).add(training);
    String text = json.writeValueAsString(schema) + "\n";
    Path file = Path.of("search-spaces", "schema.json");
    if ("write".equals(System.getProperty("schema"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(file)
        .as("Maybe 'mvn test -Dtest=DocsTest -Dschema=write'?")
        .content()
        .isEqualTo(text);
  }

  private static GhnTraining training(Section root) {
    return GhnTrainingReader.read(root.section("ghn").section("train"), 1);
  }

  @Test
  void everyInvariantNamesTestsThatExist() throws IOException {
    List<String> guards = found("invariants.md", "`(\\w+(?:Test|IT)(?:\\.\\w+)?)`");
    assertThat(guards).hasSizeGreaterThan(20);
    for (String guard : guards) {
      String[] parts = guard.split("\\.");
      try (Stream<Path> files = Files.walk(TESTS)) {
        List<Path> file = files.filter(f -> f.endsWith(parts[0] + ".java")).toList();
        assertThat(file).as(guard).hasSize(1);
        if (parts.length == 2) {
          assertThat(Files.readString(file.getFirst())).contains(" " + parts[1] + "(");
        }
      }
    }
  }

  private static List<String> found(String page, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(Path.of("docs", page)))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
