package org.netloom.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.config.InputException;

class PropertyModelFileTest {
  @TempDir private Path folder;

  private Path write() {
    float[] shared = {0.1f, -2};
    float[] other = {3, 1e-30f};
    Property accuracy =
        new Property(
            Target.parse("accuracy:percent"),
            new HyperParameters(10, 0.5, 0.1),
            0.75,
            new SupportVectors(0.5, List.of(shared, other), new double[] {1.0 / 3, -10}, 50.5));
    Property time =
        new Property(
            Target.parse("time"),
            new HyperParameters(1, 0.05, 0.2),
            -0.25,
            new SupportVectors(0.05, List.of(shared), new double[] {1}, 2));
    Path file = folder.resolve("model.json");
    PropertyModelFile.write(
        file,
        new PropertyModel(
            new PropertyModel.Source("shapes10", "ab12", 2, null, "3x32x32"),
            List.of(accuracy, time)));
    return file;
  }

  @Test
  void aModelComesBackAsItWasAndRepeatsByteForByte() throws IOException {
    Path file = write();
    String text = Files.readString(file);
    PropertyModel read = PropertyModelFile.read(file);
    assertThat(read.source())
        .isEqualTo(new PropertyModel.Source("shapes10", "ab12", 2, null, "3x32x32"));
    assertThat(read.properties())
        .extracting(Property::target)
        .containsExactly(Target.parse("accuracy:percent"), Target.parse("time"));
    assertThat(read.properties().getFirst().chosen()).isEqualTo(new HyperParameters(10, 0.5, 0.1));
    // 1/3 exp(−½ (0.1² + 2²)) at the origin; the other vector is too far away to count much
    double expected =
        50.5 + Math.exp(-0.5 * (0.1f * (double) 0.1f + 4)) / 3 - 10 * Math.exp(-0.5 * 9);
    assertThat(read.properties().getFirst().predict(new float[] {0, 0}))
        .isCloseTo(expected, within(1e-12));
    PropertyModelFile.write(file, read);
    assertThat(file).content().isEqualTo(text);
    assertThat(text).containsOnlyOnce("0.1,-2.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":1 | \"version\":2 | version (2)",
        "netloom-properties | other | is no model of properties",
        "\"hidden\":2 | \"hidden\":3 | vector 0 has (2) numbers, not (3)",
        "\"hidden\":2 | \"hidden\":0 | hidden is (0)",
        "\"support\":[0,1] | \"support\":[0,2] | support vector (2) is none of 0 to 1",
        "\"support\":[0,1] | \"support\":[0] | (1) support vectors and (2) coefficients",
        "\"offset\":50.5 | \"offset\":1e999 | offset has",
        "\"offset\":50.5 | \"offset\":null | offset has (null)",
        "\"c\":10.0 | \"c\":-1 | C (-1.0)",
        "\"form\":\"percent\" | \"form\":\"hours\" | hours' is no form",
        "\"name\":\"time\" | \"name\":7 | name is (7)",
        "\"targets\":[ | \"targets\":[],\"left\":[ | has no targets",
        "\"vectors\" | \"vector\" | vectors is ()",
        "0.1,-2.0 | 0.1,\"x\" | vectors has (\"x\")"
      })
  void aDamagedFileIsRefusedWithThePlace(String right, String wrong, String message)
      throws IOException {
    Path file = write();
    String text = Files.readString(file);
    assertThat(text).contains(right);
    Files.writeString(file, text.replaceFirst(Pattern.quote(right), wrong));
    assertThatThrownBy(() -> PropertyModelFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("model.json: ")
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsCutIsRefused() throws IOException {
    Path file = write();
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length - 2; length += 7) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> PropertyModelFile.read(file)).isInstanceOf(InputException.class);
    }
  }
}
