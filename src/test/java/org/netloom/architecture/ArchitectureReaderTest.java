package org.netloom.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.architecture.ArchitectureReader.ArchitectureSource;
import org.netloom.config.InputException;

final class ArchitectureReaderTest {
  private static final String YAML =
      """
      kind: deepnets1m
      C: 16
      n_cells: 3
      ks: 3
      norm: bnorm
      stem_type: 0
      genotype:
        normal: [[conv_3x3, 0], [skip_connect, 1]]
        normal_concat: [2]
        reduce: [[max_pool_3x3, 0], [none, 1]]
        reduce_concat: [2]
      """;

  @TempDir private Path folder;

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("net.yaml"), text).toString();
  }

  @Test
  void aFileAndItsCanonicalTextAreTheSameArchitecture() throws IOException {
    ArchitectureSource source = ArchitectureReader.read(file(YAML));
    assertThat(source.hasClasses()).isFalse();
    assertThat(source.hasInput()).isFalse();
    String canonical = source.architecture().canonical();
    ArchitectureSource again = ArchitectureReader.read(canonical);
    assertThat(again.architecture()).isEqualTo(source.architecture());
    assertThat(again.architecture().canonical()).isEqualTo(canonical);
    assertThat(again.hasClasses()).isTrue();
    assertThat(again.hasInput()).isTrue();
  }

  @Test
  void classesAndInputOfAFileAreKept() throws IOException {
    ArchitectureSource source =
        ArchitectureReader.read(file(YAML + "classes: 7\ninput: 3x28x24\n"));
    assertThat(source.architecture().classes()).isEqualTo(7);
    assertThat(source.architecture().input()).isEqualTo(new InputShape(3, 28, 24));
    assertThat(source.hasClasses()).isTrue();
    assertThat(source.hasInput()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vit", "darts"})
  void aPresetIsReadByNameAndByItsCanonicalText(String name) {
    Architecture preset = ArchitectureReader.read(name).architecture();
    Architecture large = preset.with(1000, new InputShape(3, 224, 224));
    assertThat(ArchitectureReader.read(large.canonical()).architecture()).isEqualTo(large);
    assertThat(large.id()).isNotEqualTo(preset.id());
  }

  @Test
  void canonicalTextDoesNotDependOnTheLanguageOfTheMachine() throws IOException {
    Architecture network = ArchitectureReader.read(file(YAML)).architecture();
    Architecture preset = ArchitectureReader.read("vit").architecture();
    String ids = network.id() + preset.id();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(network.id() + preset.id()).isEqualTo(ids);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "C: 16|C: wide|C: needs an integer, but is (\"wide\")",
        "C: 16|C: 0|C: (0) is out of range",
        "ks: 3|kernel: 3|kernel: unknown key",
        "ks: 3|kernel: 3|ks: needs an integer, but is ()",
        "norm: bnorm|norm: group|norm: unknown norm (\"group\")",
        "norm: bnorm|norm: group|Allowed: bn, bnorm, bn-track, none, null",
        "stem_type: 0|stem_pool: 3|stem_pool: (3) is neither true nor false",
        "stem_type: 0|stem_type: 2|Allowed: 0 to 1",
        "conv_3x3, 0|conv_4x4, 0|unknown operation ('conv_4x4')",
        "conv_3x3, 0|conv_4x4, 0|sep_conv_3x3",
        "conv_3x3, 0|conv_3x3, 2|reads state (2); allowed are 0 to 1",
        "conv_3x3, 0|conv_3x3, x|an edge is [operation, state]",
        "normal_concat: [2]|normal_concat: [3]|is ([3])",
        "kind: deepnets1m|kind: deepnets|Allowed: deepnets1m, preset",
        "kind: deepnets1m|input: 3x0x32|kind: unknown kind ('')",
        "ks: 3|input: 3x0x32|input: An input shape is written",
      })
  void mistakesNameFileKeyValueAndAllowedValues(String from, String to, String message)
      throws IOException {
    String file = file(YAML.replace(from, to));
    assertThatThrownBy(() -> ArchitectureReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet5000",
        "",
        "no/such/file.yaml",
        "\0",
        "{",
        "{}",
        "{\"kind\":\"preset\"}",
        "{\"kind\":\"preset\",\"name\":\"vit\",\"C\":3}",
        "{\"kind\":\"preset\",\"name\":\"vit\",\"classes\":-1}",
        "{\"kind\":\"deepnets1m\"}",
        "{\"kind\":\"deepnets1m\",\"genotype\":3}"
      })
  void anythingElseIsRefusedWithAMessage(String argument) {
    assertThatThrownBy(() -> ArchitectureReader.read(argument)).isInstanceOf(InputException.class);
  }

  @Test
  void allMistakesAreToldAtOnce() throws IOException {
    String file = file(YAML.replace("C: 16", "C: 0").replace("ks: 3", "ks: no"));
    assertThatThrownBy(() -> ArchitectureReader.read(file))
        .hasMessageContaining("C: ")
        .hasMessageContaining("ks: ");
  }
}
