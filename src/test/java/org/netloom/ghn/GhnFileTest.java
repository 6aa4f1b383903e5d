package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.graph.GoldenGraph;
import org.netloom.tensor.Tensor;

/** Hypernetworks in files of both kinds. */
class GhnFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"zip", "legacy"})
  void aCheckpointOfTheReferenceIsTheHypernetworkThatItHolds(String container) {
    GhnFile.Loaded loaded =
        Hypernetworks.open(
            GoldenGraph.FOLDER.resolve("checkpoint_" + container + "_tiny_ghn2.pt").toString());

    Ghn expected = GoldenGhn.TINY_GHN2.ghn();
    assertThat(loaded.origin()).isEmpty();
    assertThat(loaded.ghn().config()).isEqualTo(expected.config());
    assertThat(loaded.ghn().tensors().keySet())
        .containsExactlyElementsOf(expected.tensors().keySet());
    expected
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(loaded.ghn().tensors().get(name).data()).isEqualTo(tensor.data()));
  }

  @ParameterizedTest
  @MethodSource("org.netloom.ghn.DecoderTest#configurations")
  void everyConfigurationComesBackFromAFile(GhnConfig config) {
    Ghn written = Ghn.initialise(config, new SplittableRandom(5));
    Path file = folder.resolve("ghn.safetensors");
    GhnFile.write(file, written, new GhnOrigin("shapes10", "", 10, InputShape.CIFAR, "{}", 1, 5));

    Ghn read = GhnFile.read(file);

    assertThat(read.config()).isEqualTo(config);
    written
        .tensors()
        .forEach(
            (name, tensor) -> assertThat(read.tensors().get(name).data()).isEqualTo(tensor.data()));
  }

  @Test
  void aConfigurationThatCannotBeIsRefusedWithItsFile() {
    refuse("{\"max_shape\":[16,16,11,11]}", "num_classes");
    refuse("{\"max_shape\":[16,16,11],\"num_classes\":10}", "4 integers");
    refuse("{\"max_shape\":[16,16,11,1.5],\"num_classes\":10}", "4 integers");
    refuse("{\"max_shape\":[16,16,11,11],\"num_classes\":10,\"hid\":\"8\"}", "hid");
    refuse("{\"max_shape\":[16,16,11,11],\"num_classes\":10,\"hid\":9}", "(9)");
    refuse("{\"max_shape\":[16,16,2000000000,5],\"num_classes\":10,\"hid\":8}", "(2000000000)");
    refuse("{\"max_shape\":[16,16,-1,5],\"num_classes\":10,\"hid\":8}", "(-1)");
    refuse("{\"max_shape\":[16,16,11,11],\"num_classes\":0,\"hid\":8}", "(0)");
    refuse("{\"max_shape\":[16,8,3,3],\"num_classes\":9,\"hid\":8,\"decoder\":\"mlp\"}", "(8) and");
    refuse("{\"max_shape\":[16,8,3,3],\"num_classes\":9,\"decoder\":\"lstm\"}", "'lstm'");
    refuse("{\"max_shape\":[16,8,3,3],\"num_classes\":9,\"hypernet\":\"x\"}", "gatedgnn, mlp");
    refuse("{\"max_shape\":[16,16,11,11],\"num_classes\":10,\"hid\":12}", "has shape (15x8)");
    refuse("{\"max_shape\":", "not JSON");
  }

  private void refuse(String config, String reason) {
    Path file = folder.resolve("wrong.safetensors");
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(GoldenGhn.TINY_GHN1.ghn().tensors());
    new SafetensorsFile(tensors, new LinkedHashMap<>(Map.of("config", config))).write(file);
    assertThatThrownBy(() -> GhnFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(reason);
  }
}
