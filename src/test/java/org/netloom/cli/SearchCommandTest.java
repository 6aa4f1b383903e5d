package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.config.YamlReader;
import org.netloom.run.RunConfigReader;
import picocli.CommandLine;

/**
 * What {@code search}, {@code resume}, {@code train-ghn} and {@code evaluate-ghn} refuse, and how.
 */
class SearchCommandTest {
  private static final String GHN = "src/test/resources/golden/checkpoint_zip_tiny_ghn2.pt";

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private Path space(String text) throws IOException {
    return Files.writeString(folder.resolve("space.yaml"), text);
  }

  @Test
  void allProblemsOfTheFileAreToldAndNothingIsRun() throws IOException {
    Path out = folder.resolve("run");

    int code =
        run(
            "search",
            space("search: {population: many}\nspace: {opperations: [conv_3x3]}\n").toString(),
            "--out",
            out.toString());

    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .contains(":1:22: search.population", ":2:9: space.opperations", "Maybe 'operations'?")
        .contains("2 problems. Nothing was run.");
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"search", "train-ghn"})
  void aMissingFileIsAMistake(String command) {
    assertThat(run(command, "no-such.yaml", "--out", folder.resolve("x").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no-such.yaml");
  }

  @Test
  void aFolderThatHoldsSomethingIsRefused() throws IOException {
    Path out = Files.createDirectory(folder.resolve("mine"));
    Files.writeString(out.resolve("thesis.txt"), "precious");

    int code =
        run(
            "search",
            space("data: shapes10\n").toString(),
            "--set",
            "ghn=" + GHN,
            "--out",
            out + "");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("is not empty").contains("Nothing was changed");
    assertThat(out).isDirectoryContaining("glob:**thesis.txt");
    assertThat(run("train-ghn", folder.resolve("space.yaml") + "", "--out", out + "")).isEqualTo(2);
  }

  @Test
  void anUnknownHypernetworkIsNamedWithTheBuiltInOnes() throws IOException {
    int code = run("search", space("ghn: shapes11\n").toString(), "--out", folder + "/run");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("shapes11: there is no such file", "Built in: shapes10");
  }

  @Test
  void aHypernetworkOfOtherClassesIsRefusedWithTheCommandThatMakesOne() throws IOException {
    Path images = folder.resolve("images");
    for (String name : new String[] {"cat", "dog", "eel"}) {
      Path sub = Files.createDirectories(images.resolve(name));
      for (int i = 0; i < 12; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i, 3, 0xff8800);
        ImageIO.write(image, "png", sub.resolve(i + ".png").toFile());
      }
    }
    String text =
        """
        data: folder:%s
        space: {channels: 8, cells: 3, steps: 1}
        ghn: %s
        """
            .formatted(images, GHN);

    int code = run("search", space(text).toString(), "--out", folder + "/run");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .contains("No hypernetwork fits")
        .contains("classifiers of 10 classes")
        .contains("has 3")
        .contains("./netloom train-ghn " + folder.resolve("space.yaml"))
        .containsPattern("in about \\d+(\\.\\d)? (s|min|h) on this machine");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void resumingWhatIsNoRunOrNoTrainingIsAMistake() throws IOException {
    assertThat(run("resume", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is not a run of Netloom");
    Path file = space("data: shapes10\n");
    assertThat(run("train-ghn", file + "", "--out", folder + "/new", "--resume")).isEqualTo(2);
    assertThat(err.toString()).contains("holds no training to go on with");
  }

  @Test
  void aHypernetworkIsNotMeasuredOnOtherClasses() throws IOException {
    assertThat(run("evaluate-ghn", GHN, "--data", "shapes10", "--space", "none.yaml")).isEqualTo(2);
    assertThat(
            run(
                "evaluate-ghn",
                GHN,
                "--data",
                "shapes10",
                "--space",
                space("") + "",
                "--nets",
                "0"))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "shapes10-ghn", "own-images"})
  void theSpacesThatComeWithTheProgramAreValid(String name) {
    Path file = Path.of("search-spaces", name + ".yaml");
    assertThat(YamlReader.read(file, List.of(), RunConfigReader::read).formats()).isNotEmpty();
  }
}
