package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.config.InputException;

class CifarDatasetTest {
  private static final int RECORDS = 20;
  private static final int RECORD = 3073;

  @TempDir private Path folder;

  /** Six files; pixel values tell file, record, channel and place. */
  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int f : new int[] {1, 3, 4, 6, 5, 2}) {
      byte[] bytes = new byte[RECORDS * RECORD];
      for (int r = 0; r < RECORDS; r++) {
        bytes[r * RECORD] = (byte) (r % 10);
        for (int i = 0; i < RECORD - 1; i++) {
          bytes[r * RECORD + 1 + i] = (byte) (f * 31 + r * 7 + i / 1024 * 80 + i % 1024);
        }
      }
      files.put(f == 6 ? "test_batch.bin" : "data_batch_" + f + ".bin", bytes);
    }
    return files;
  }

  private static void write(Path folder, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static void pack(Path archive, Map<String, byte[]> files) throws IOException {
    try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(archive));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(stream)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
  }

  private static Dataset open(Path path) {
    return CifarDataset.open("cifar10:" + path, path, RECORDS);
  }

  @Test
  void splitsFollowFileOrderAndPlanesBecomePixels() throws IOException {
    write(folder, files());
    Dataset cifar = open(folder);

    ImageSet train = cifar.split(Split.TRAIN);
    assertThat(train.size()).isEqualTo(90);
    assertThat(cifar.split(Split.VALIDATION).size()).isEqualTo(10);
    assertThat(cifar.split(Split.TEST).size()).isEqualTo(20);
    assertThat(train.label(23)).isEqualTo(3);
    // image 23 is record 3 of file 2; row 5, column 9 is place 169 of each plane
    assertThat(Arrays.copyOfRange(train.pixels(), 23 * 3072 + 507, 23 * 3072 + 510))
        .containsExactly(
            (byte) (62 + 21 + 169), (byte) (62 + 21 + 80 + 169), (byte) (62 + 21 + 160 + 169));
    // the first validation image is record 10 of file 5
    assertThat(cifar.split(Split.VALIDATION).pixels()[1]).isEqualTo((byte) (155 + 70 + 80));
    assertThat(cifar.split(Split.TEST).pixels()[0]).isEqualTo((byte) 186);
  }

  @Test
  void folderFolderAboveAndArchiveHoldTheSameImages() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    write(inner, files());
    Path other = Files.createDirectory(folder.resolve("other"));
    pack(other.resolve("cifar-10-binary.tar.gz"), files());

    String expected = open(inner).sha256();
    assertThat(open(folder).sha256()).isEqualTo(expected);
    assertThat(open(other).sha256()).isEqualTo(expected);
    assertThat(open(other.resolve("cifar-10-binary.tar.gz")).sha256()).isEqualTo(expected);
  }

  @Test
  void otherContentHasAnotherHash() throws IOException {
    write(folder, files());
    String before = open(folder).sha256();
    Map<String, byte[]> files = files();
    files.get("test_batch.bin")[4]++;
    write(folder, files);

    assertThat(open(folder).sha256()).isNotEqualTo(before);
  }

  @Test
  void aTruncatedFileIsNamedWithBothSizes() throws IOException {
    Map<String, byte[]> files = files();
    files.computeIfPresent("data_batch_5.bin", (k, v) -> Arrays.copyOf(v, v.length - 1));
    write(folder, files);
    Path archive = folder.resolve("own.tar.gz");
    pack(archive, files);

    for (Path path : new Path[] {folder, archive}) {
      assertThatThrownBy(() -> open(path).split(Split.VALIDATION))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("data_batch_5.bin")
          .hasMessageContaining("61459")
          .hasMessageContaining("61460");
    }
  }

  @Test
  void anOversizedFileIsNamedWithBothSizes() throws IOException {
    Map<String, byte[]> files = files();
    files.computeIfPresent("test_batch.bin", (k, v) -> Arrays.copyOf(v, v.length + RECORD));
    write(folder, files);

    assertThatThrownBy(() -> open(folder).split(Split.TEST))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("test_batch.bin")
        .hasMessageContaining("64533 bytes, expected are 61460");
  }

  @Test
  void aLabelAboveNineIsLocated() throws IOException {
    Map<String, byte[]> files = files();
    files.get("data_batch_2.bin")[4 * RECORD] = (byte) 200;
    write(folder, files);

    assertThatThrownBy(() -> open(folder).split(Split.TRAIN))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("data_batch_2.bin: the label of record 4 is (200)");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Map<String, byte[]> files = files();
    files.remove("data_batch_3.bin");
    write(folder, files);
    Path archive = folder.resolve("own.tar.gz");
    pack(archive, files);

    for (Path path : new Path[] {folder, archive}) {
      assertThatThrownBy(() -> open(path).split(Split.TRAIN))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("data_batch_3.bin")
          .hasMessageContaining("Maybe");
    }
  }

  @Test
  void aTruncatedArchiveIsAClearError() throws IOException {
    Path archive = folder.resolve("cut.tar.gz");
    pack(archive, files());
    byte[] bytes = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> open(archive).split(Split.TRAIN))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cut.tar.gz")
        .hasMessageContaining("Maybe the download broke off");
  }

  @Test
  void aForeignArchiveIsAClearError() throws IOException {
    Path text = Files.writeString(folder.resolve("text.tar.gz"), "not an archive");
    Path zipped = folder.resolve("zipped.gz");
    try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      stream.write("not a tar ".repeat(2000).getBytes(StandardCharsets.UTF_8));
    }

    for (Path path : new Path[] {text, zipped}) {
      assertThatThrownBy(() -> open(path).split(Split.TRAIN))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(path.getFileName().toString());
    }
  }

  @Test
  void thePublicReaderExpectsTheOfficialSize() throws IOException {
    write(folder, files());

    assertThatThrownBy(() -> Datasets.open("cifar10:" + folder).split(Split.TEST))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("61460 bytes, expected are 30730000");
  }
}
