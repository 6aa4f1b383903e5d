package org.netloom.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.architecture.ArchitectureReader.ArchitectureSource;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;

class ArchitectureYamlTest {
  @TempDir private Path folder;

  private ArchitectureSource written(Architecture architecture) throws IOException {
    Path file = folder.resolve("net.yaml");
    Files.writeString(file, ArchitectureYaml.write(architecture));
    return ArchitectureReader.read(file.toString());
  }

  @Test
  void sampledArchitecturesComeBackEqual() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    Sampler sampler = new Sampler(SearchSpace.quickstart(7));
    for (int i = 0; i < 50; i++) {
      DeepNetsArchitecture drawn = sampler.sample(random);
      ArchitectureSource read = written(drawn);
      assertThat(read.architecture()).isEqualTo(drawn);
      assertThat(read.hasClasses()).isTrue();
      assertThat(read.hasInput()).isTrue();
    }
  }

  @Test
  void aPresetComesBackEqual() throws IOException {
    Architecture preset = new PresetArchitecture("vit", 100, new InputShape(3, 224, 192));
    assertThat(written(preset).architecture()).isEqualTo(preset);
  }

  @Test
  void theTextIsForPeople() {
    Architecture preset = new PresetArchitecture("vit", 10, InputShape.CIFAR);
    String text = ArchitectureYaml.write(preset);
    assertThat(text)
        .isEqualTo(
            """
            # Architecture %s
            kind: preset
            name: vit
            classes: 10
            input: "3x32x32"
            """
                .formatted(preset.id()));
    DeepNetsArchitecture darts =
        DeepNetsPresets.expand(new PresetArchitecture("darts", 10, InputShape.CIFAR));
    assertThat(ArchitectureYaml.write(darts))
        .contains("norm: bnorm\n")
        .contains("  reduce_concat: [2, 3, 4, 5]\n");
  }
}
