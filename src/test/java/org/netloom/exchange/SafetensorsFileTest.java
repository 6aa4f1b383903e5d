package org.netloom.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.config.InputException;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

class SafetensorsFileTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBackInOrderWithItsMetadata() throws IOException {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z.weight", new Tensor(Shape.of(2, 3), new float[] {1, -2, 3.5f, 0, 1e-40f, 6}));
    tensors.put("a", new Tensor(Shape.of(), new float[] {Float.NaN}));
    tensors.put("empty", new Tensor(Shape.of(0, 4), new float[0]));
    float[] large = new float[700_001];
    for (int i = 0; i < large.length; i++) {
      large[i] = i * 0.25f - 1000;
    }
    tensors.put("large", new Tensor(Shape.of(large.length), large));
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    metadata.put("who", "\"ümlaut\"\n");
    Path file = folder.resolve("new/folder/x.safetensors");

    new SafetensorsFile(tensors, metadata).write(file);
    SafetensorsFile read = SafetensorsFile.read(file);

    assertThat(read.tensors().keySet()).containsExactly("z.weight", "a", "empty", "large");
    assertThat(read.metadata()).isEqualTo(metadata);
    tensors.forEach(
        (name, tensor) -> {
          assertThat(read.tensors().get(name).shape()).isEqualTo(tensor.shape());
          assertThat(read.tensors().get(name).data()).containsExactly(tensor.data());
        });
    assertThat(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong())
        .as("header is padded to 8 bytes")
        .matches(length -> length % 8 == 0);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).as("no temporary file is left").containsExactly(file);
    }
  }

  @Test
  void allFloatingTypesBecomeFloat32() throws IOException {
    String header =
        """
        {"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},
         "h":{"dtype":"F16","shape":[2],"data_offsets":[8,12]},
         "b":{"dtype":"BF16","shape":[2],"data_offsets":[12,16]},
         "i":{"dtype":"I32","shape":[1],"data_offsets":[16,20]},
         "l":{"dtype":"I64","shape":[1],"data_offsets":[20,28]}}\
        """;
    ByteBuffer data = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(0.1).putShort((short) 0x3C00).putShort((short) 0x0001);
    data.putShort((short) 0x3F80).putShort((short) 0xC2C8).putInt(-7).putLong(1L << 40);
    Path file = file(header, data.array());

    SafetensorsFile read = SafetensorsFile.read(file);

    assertThat(read.tensors().keySet()).containsExactly("d", "h", "b");
    assertThat(read.tensors().get("d").data()).containsExactly(0.1f);
    assertThat(read.tensors().get("h").data()).containsExactly(1f, (float) Math.pow(2, -24));
    assertThat(read.tensors().get("b").data()).containsExactly(1f, -100f);
    assertThat(SafetensorsFile.readDoubles(file, "d").values()).containsExactly(0.1);
    assertThat(SafetensorsFile.readIntegers(file, "i").toInts()).containsExactly(-7);
    assertThat(SafetensorsFile.readIntegers(file, "l").values()).containsExactly(1L << 40);
    assertThatThrownBy(() -> SafetensorsFile.readIntegers(file, "d"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tensor 'd' has type (F64)");
    assertThatThrownBy(() -> SafetensorsFile.readIntegers(file, "q"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no tensor 'q'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}} | outside the data
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}} | needs (4) bytes, but has (8)
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | begins at byte (4)
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | end at byte (4)
          {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}} | not a list of sides
          {"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}} | not a list of sides
          {"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,8]}} | 2^31-1 values
          {"a":{"dtype":"F32","shape":[9999999999],"data_offsets":[0,8]}} | not a list of sides
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}} | outside the data
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}} | outside the data
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}} | not two integers
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,1e300]}} | not two integers
          {"a":{"dtype":"F32","shape":[2]}} | not two integers
          {"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}} | unknown dtype (U8)
          {"a":7} | unknown dtype
          {"__metadata__":{"a":1}} | not a string
          {"__metadata__":[]} | not a map of strings
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | begins at byte (0)
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | not JSON
          {"a": | not JSON
          [] | not a JSON object
          """)
  void aWrongHeaderIsNamedWithItsReason(String header, String reason) throws IOException {
    Path file = file(header, new byte[8]);
    assertThatThrownBy(() -> SafetensorsFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void foreignAndTruncatedFilesAreRefusedWithoutAllocatingWhatTheyClaim() throws IOException {
    Path file = folder.resolve("foreign");
    for (byte[] bytes :
        new byte[][] {
          {},
          {1, 2, 3},
          "PK\3\4 a zip file, not tensors".getBytes(StandardCharsets.UTF_8),
          new byte[64]
        }) {
      Files.write(file, bytes);
      assertThatThrownBy(() -> SafetensorsFile.read(file)).isInstanceOf(InputException.class);
    }
    assertThatThrownBy(() -> SafetensorsFile.read(folder.resolve("absent")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> SafetensorsFile.read(folder)).isInstanceOf(InputException.class);
  }

  @Test
  void aFileThatCannotBeWrittenIsAnInputError() throws IOException {
    Path blocker = Files.writeString(folder.resolve("blocker"), "x");
    SafetensorsFile empty = new SafetensorsFile(new LinkedHashMap<>(), new LinkedHashMap<>());
    assertThatThrownBy(() -> empty.write(blocker.resolve("y")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be written");
    assertThatThrownBy(() -> empty.write(folder)).isInstanceOf(InputException.class);
    empty.write(blocker);
    assertThat(SafetensorsFile.read(blocker).tensors()).isEmpty();
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    return Files.write(
        folder.resolve("x.safetensors"), all.putLong(json.length).put(json).put(data).array());
  }
}
