package org.netloom.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.config.InputException;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

/**
 * Checkpoints of the framework itself (golden/README.md), hand-made ones, hostile ones, broken
 * ones. The two golden files hold the same hypernetwork.
 */
class PyTorchCheckpointTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final Path ZIP = GOLDEN.resolve("checkpoint_zip_tiny_ghn2.pt");
  private static final Path LEGACY = GOLDEN.resolve("checkpoint_legacy_tiny_ghn2.pt");

  @TempDir private Path folder;

  @Test
  void bothContainersHoldTheSame() {
    PyTorchCheckpoint zip = PyTorchCheckpoint.read(ZIP);
    PyTorchCheckpoint legacy = PyTorchCheckpoint.read(LEGACY);

    assertThat(zip.config().orElseThrow())
        .isEqualTo(legacy.config().orElseThrow())
        .containsEntry("max_shape", List.of(16L, 16L, 11L, 11L))
        .containsEntry("hypernet", "gatedgnn")
        .containsEntry("ve", true)
        .containsEntry("hid", 8L);
    assertThat(zip.tensors()).hasSize(31).containsKey("decoder.conv.2.weight");
    assertThat(legacy.tensors().keySet()).isEqualTo(zip.tensors().keySet());
    zip.tensors()
        .forEach(
            (name, tensor) -> {
              assertThat(legacy.tensors().get(name).shape()).isEqualTo(tensor.shape());
              assertThat(legacy.tensors().get(name).data()).isEqualTo(tensor.data());
            });
  }

  @Test
  void aFileIsKnownByItsFirstBytesWhateverItsName() throws IOException {
    assertThat(PyTorchCheckpoint.isOne(Files.copy(ZIP, folder.resolve("a.bin")))).isTrue();
    assertThat(PyTorchCheckpoint.isOne(Files.copy(LEGACY, folder.resolve("b")))).isTrue();
    assertThat(PyTorchCheckpoint.isOne(Files.createFile(folder.resolve("c.pt")))).isTrue();
    assertThat(PyTorchCheckpoint.isOne(Files.createFile(folder.resolve("d")))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void viewsOfOneStorageKeepTheirOffsetsAndStrides(boolean zip) throws IOException {
    CheckpointWriter writer = new CheckpointWriter().start();
    writer.tensor("rows", "FloatStorage", "0", 6, 0, new long[] {2, 3}, new long[] {3, 1});
    writer.tensor("columns", "FloatStorage", "0", 6, 0, new long[] {3, 2}, new long[] {1, 3});
    writer.tensor("last", "FloatStorage", "0", 6, 4, new long[] {2}, new long[] {1});
    writer.tensor("scalar", "FloatStorage", "0", 6, 5, new long[0], new long[0]);
    writer.tensor("none", "FloatStorage", "0", 6, 0, new long[] {0, 3}, new long[] {3, 1});
    writer.end().data("0", 4, floats(1, 2, 3, 4, 5, 6));

    Map<String, Tensor> tensors = read(writer, zip).tensors();

    assertThat(tensors.get("rows").data()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(tensors.get("columns").shape()).isEqualTo(Shape.of(3, 2));
    assertThat(tensors.get("columns").data()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(tensors.get("last").data()).containsExactly(5, 6);
    assertThat(tensors.get("scalar").data()).containsExactly(6);
    assertThat(tensors.get("none").data()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void otherFloatingTypesBecomeFloatsAndIndicesAreLeftOut(boolean zip) throws IOException {
    long[] one = {1};
    CheckpointWriter writer = new CheckpointWriter().start();
    writer.tensor("double", "DoubleStorage", "d", 1, 0, one, one);
    writer.tensor("half", "HalfStorage", "h", 1, 0, one, one);
    writer.tensor("brain", "BFloat16Storage", "b", 1, 0, one, one);
    writer.tensor("index", "LongStorage", "l", 1, 0, one, one);
    writer.end();
    writer.data("d", 8, CheckpointWriter.little(8).putDouble(0.1).array());
    writer.data("h", 2, CheckpointWriter.little(2).putShort((short) 0x3c00).array());
    writer.data("b", 2, CheckpointWriter.little(2).putShort((short) 0xc000).array());
    writer.data("l", 8, CheckpointWriter.little(8).putLong(7).array());

    Map<String, Tensor> tensors = read(writer, zip).tensors();

    assertThat(tensors.keySet()).containsExactly("double", "half", "brain");
    assertThat(tensors.get("double").data()).containsExactly(0.1f);
    assertThat(tensors.get("half").data()).containsExactly(1);
    assertThat(tensors.get("brain").data()).containsExactly(-2);
  }

  @Test
  void parametersAndUntypedStoragesOfNewerWritersAreRead() throws IOException {
    CheckpointWriter writer = new CheckpointWriter().start();
    writer.text("w").global("torch._utils", "_rebuild_parameter").raw('(');
    writer.global("torch._utils", "_rebuild_tensor_v3").raw('(').raw('(').text("storage");
    writer.global("torch.storage", "UntypedStorage").text("0").text("cpu").whole(8).raw('t', 'Q');
    writer.whole(0).wholes(2).wholes(1).raw(0x89).global("collections", "OrderedDict");
    writer.raw(')', 'R').global("torch", "float32").raw('t', 'R', 0x88);
    writer.global("collections", "OrderedDict").raw(')', 'R', 't', 'R').end();
    writer.data("0", 1, floats(3, 4));

    assertThat(read(writer, true).tensors().get("w").data()).containsExactly(3, 4);
    assertThat(read(writer, false).tensors().get("w").data()).containsExactly(3, 4);
  }

  @Test
  void aHostilePickleDoesNothingButFail() throws IOException {
    Path victim = folder.resolve("victim");
    String command = "(Vtouch " + victim + "\ntR.";
    refuse(new CheckpointWriter().ascii("cposix\nsystem\n" + command), "posix.system");
    refuse(new CheckpointWriter().ascii("cos\nsystem\n" + command), "os.system");
    refuse(new CheckpointWriter().ascii("cbuiltins\neval\n" + command), "builtins.eval");
    refuse(new CheckpointWriter().ascii("cjava.lang.Runtime\nexec\n."), "java.lang.Runtime.exec");
    refuse(new CheckpointWriter().ascii("cos\n\u0007sys\ttem\n."), "os.?sys?tem");
    refuse(new CheckpointWriter().ascii("ccollections\ndefaultdict\n."), "defaultdict");
    refuse(new CheckpointWriter().ascii("(Vtouch x\nios\nsystem\n."), "(0x56)");
    refuse(new CheckpointWriter().ascii("(ios\nsystem\n."), "(0x69)");
    refuse(new CheckpointWriter().text("os").text("system").raw(0x93, '.'), "(0x93)");
    refuse(new CheckpointWriter().raw(0x82, 1, '.'), "(0x82)");
    refuse(new CheckpointWriter().raw('}', ')', 0x81, '.'), "(0x81)");
    CheckpointWriter dict = new CheckpointWriter().global("collections", "OrderedDict");
    refuse(dict.raw('}', 'b', '.'), "sets attributes of the name 'collections OrderedDict'");
    dict = new CheckpointWriter().global("collections", "OrderedDict");
    refuse(dict.text("x").raw(0x85, 'R', '.'), "with (1) arguments");
    refuse(new CheckpointWriter().raw('}', ')', 'R', '.'), "it calls a dictionary");
    refuse(new CheckpointWriter().raw(0x80, 4, '.'), "protocol (4)");
    assertThat(victim).doesNotExist();
  }

  @Test
  void smallFilesDoNotFillTheMemory() throws IOException {
    long[] vast = {1 << 20, 1 << 10};
    CheckpointWriter repeated = new CheckpointWriter().start();
    repeated.tensor("w", "FloatStorage", "0", 2, 0, vast, new long[2]).end();
    refuse(repeated.data("0", 4, floats(1, 2)), "more values than it has bytes");

    long[] impossible = {1L << 40, 1L << 40};
    CheckpointWriter beyond = new CheckpointWriter().start();
    beyond.tensor("w", "FloatStorage", "0", 2, 0, impossible, new long[2]).end();
    refuse(beyond.data("0", 4, floats(1, 2)), "impossible shape");

    CheckpointWriter text = new CheckpointWriter().raw('X', 0xff, 0xff, 0xff, 0x7f);
    refuse(text, "a text of (2147483647) bytes is cut");

    CheckpointWriter endless = new CheckpointWriter();
    byte[] lists = new byte[3_000_000];
    Arrays.fill(lists, (byte) ']');
    refuse(endless.ascii(new String(lists, StandardCharsets.US_ASCII)), "instructions");
  }

  @Test
  void listsThatHoldThemselvesAreNoProblem() throws IOException {
    CheckpointWriter writer = new CheckpointWriter().raw('}', '(').text("state_dict").raw('}');
    writer.text("config").raw('}').text("own").raw(']', 'q', 0, 'h', 0, 'a', 's');
    writer.raw('u', '.');

    assertThat(read(writer, true).config().orElseThrow()).isEmpty();
  }

  @Test
  void tensorsThatReachBeyondTheirStorageAreRefused() throws IOException {
    long[] two = {2};
    long[] one = {1};
    for (long[] place : new long[][] {{1, 1}, {-1, 1}, {0, 2}, {1L << 61, 1}, {0, 1L << 62}}) {
      CheckpointWriter writer = new CheckpointWriter().start();
      writer.tensor("w", "FloatStorage", "0", 2, place[0], two, new long[] {place[1]}).end();
      refuse(writer.data("0", 4, floats(1, 2)), "tensor 'w'");
    }
    CheckpointWriter missing = new CheckpointWriter().start();
    refuse(missing.tensor("w", "FloatStorage", "0", 1, 0, one, one).end(), "0'.");
  }

  @Test
  void whatElseAFileMayHoldIsTold() throws IOException {
    refuse(new CheckpointWriter().whole(3).raw('.'), "a whole number in place of a dictionary");
    refuse(new CheckpointWriter().raw('}').text("net").raw('}', 's', '.'), "its keys: [net]");
    CheckpointWriter list = new CheckpointWriter().start().text("w").raw(']');
    refuse(list.end(), "'state_dict' holds a list where a tensor should be");
    assertThatThrownBy(
            () ->
                PyTorchCheckpoint.read(
                    CheckpointWriter.zip(
                        folder.resolve("other.pt"), Map.of("word/document.xml", new byte[4]))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no 'data.pkl'");
  }

  @Test
  void brokenFilesFailWithTheirNameOrAreReadWhole() throws IOException {
    SplittableRandom random = new SplittableRandom(20);
    byte[] legacy = Files.readAllBytes(LEGACY);
    byte[] zip = Files.readAllBytes(ZIP);
    Map<String, byte[]> members = members(ZIP);
    Path file = folder.resolve("broken.pt");
    int refused = 0;
    for (int n = 0; n < 60; n++) {
      refused += tryToRead(Files.write(file, flipped(legacy, 5400, random)));
      refused += tryToRead(Files.write(file, flipped(legacy, legacy.length, random)));
      refused += tryToRead(Files.write(file, flipped(zip, zip.length, random)));
      refused += tryToRead(Files.write(file, cut(legacy, n < 30 ? 5400 : legacy.length, random)));
      refused += tryToRead(Files.write(file, cut(zip, zip.length, random)));
      Map<String, byte[]> changed = new LinkedHashMap<>(members);
      changed.replaceAll(
          (name, bytes) ->
              name.endsWith("data.pkl") ? flipped(bytes, bytes.length, random) : bytes);
      refused += tryToRead(CheckpointWriter.zip(file, changed));
    }
    assertThat(refused).isBetween(160, 359);
  }

  /** 1 if it is refused. */
  private static int tryToRead(Path file) {
    try {
      PyTorchCheckpoint.read(file);
      return 0;
    } catch (InputException e) {
      assertThat(e).hasMessageStartingWith(file + ": ").hasMessageEndingWith(".");
      return 1;
    }
  }

  private static byte[] flipped(byte[] bytes, int within, SplittableRandom random) {
    byte[] copy = bytes.clone();
    for (int n = random.nextInt(1, 4); n > 0; n--) {
      copy[random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  private static byte[] cut(byte[] bytes, int within, SplittableRandom random) {
    return Arrays.copyOf(bytes, random.nextInt(within));
  }

  private static Map<String, byte[]> members(Path file) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          members.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return members;
  }

  private void refuse(CheckpointWriter writer, String reason) throws IOException {
    for (boolean zip : new boolean[] {true, false}) {
      try {
        read(writer, zip);
        fail("'%s' was read".formatted(reason));
      } catch (InputException e) {
        assertThat(e).hasMessageContaining(reason).hasMessageContaining("not a usable PyTorch");
      }
    }
  }

  private PyTorchCheckpoint read(CheckpointWriter writer, boolean zip) throws IOException {
    Path file = folder.resolve("checkpoint.pt");
    return PyTorchCheckpoint.read(zip ? writer.zip(file) : writer.legacy(file));
  }

  private static byte[] floats(float... values) {
    ByteBuffer buffer = CheckpointWriter.little(4 * values.length);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }
}
