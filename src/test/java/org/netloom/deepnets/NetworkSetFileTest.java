package org.netloom.deepnets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netloom.config.InputException;

class NetworkSetFileTest {
  private static final int SOME = 2 * NetworkSetFile.SHARD + 100;

  @TempDir private Path folder;

  private Path write(String name, NetworkSplit split, int networks, int threads)
      throws InterruptedException {
    Path file = folder.resolve(name);
    AtomicInteger told = new AtomicInteger();
    SetGeneration.Result result =
        SetGeneration.write(file, split, 3, networks, threads, told::addAndGet);
    assertThat(told.get()).isEqualTo(networks).isEqualTo(result.networks());
    assertThat(file).hasSize(result.bytes());
    assertThat(result.draws()).isGreaterThanOrEqualTo(networks);
    return file;
  }

  @ParameterizedTest
  @EnumSource
  void aFileGivesBackTheNetworksThatWereDrawn(NetworkSplit split) throws InterruptedException {
    int networks = split == NetworkSplit.PREDEFINED ? 2 : 40;
    Path file = write("set", split, networks, 1);
    NetworkSet read = NetworkSet.open(file.toString());
    NetworkSet drawn = SetGeneration.draw(split, 3, networks);
    assertThat(read.split()).isEqualTo(split);
    assertThat(read.seed()).isEqualTo(3);
    assertThat(read.size()).isEqualTo(networks);
    for (int i = networks - 1; i >= 0; i--) {
      assertThat(read.network(i)).isEqualTo(drawn.network(i));
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBytesAndALongerSetBeginsLikeAShorterOne()
      throws IOException, InterruptedException {
    byte[] one = Files.readAllBytes(write("one", NetworkSplit.TRAIN, SOME, 1));
    assertThat(Files.readAllBytes(write("three", NetworkSplit.TRAIN, SOME, 3))).isEqualTo(one);
    assertThat(one.length).isLessThan(45 * SOME);
    Path few = write("few", NetworkSplit.TRAIN, 50, 1);
    NetworkSet longer = NetworkSet.open(folder.resolve("one").toString());
    NetworkSet shorter = NetworkSet.open(few.toString());
    IntStream.range(0, 50)
        .forEach(i -> assertThat(shorter.network(i)).isEqualTo(longer.network(i)));
  }

  /** The layout that {@code docs/deepnets.md} describes, read by its text alone. */
  @Test
  void theLayoutIsTheDocumentedOne() throws IOException, InterruptedException {
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(write("set", NetworkSplit.TEST, SOME, 2)))
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] text = new byte[8];
    file.get(0, text);
    assertThat(new String(text, StandardCharsets.US_ASCII)).isEqualTo("NLNETSET");
    assertThat(file.getInt(8)).isEqualTo(1);
    assertThat(file.get(16)).isEqualTo((byte) 't');
    assertThat(file.getLong(32)).isEqualTo(3);
    assertThat(file.getLong(40)).isEqualTo(SOME);
    assertThat(file.getInt(48)).isEqualTo(1024);
    assertThat(file.getInt(52)).isEqualTo(3);
    assertThat(file.getLong(56)).isEqualTo(file.capacity());
    int index = 2 * 1024 + 7;
    int shard = (int) file.getLong(64 + 16 * 2);
    int from = shard + file.getInt(shard + 4 * 7);
    NetworkSet drawn = SetGeneration.draw(NetworkSplit.TEST, 3, SOME);
    NetworkEntry.Generated network = (NetworkEntry.Generated) drawn.network(index);
    assertThat(file.get(from)).isZero();
    assertThat(file.get(from + 1)).isEqualTo((byte) network.base().cells());
    assertThat(file.getShort(from + 10)).isEqualTo((short) network.smallWidth());
    assertThat(file.getInt(from + 16)).isEqualTo((int) network.smallParameters());
    assertThat(file.get(from + 24) & 15)
        .isEqualTo(network.base().genotype().normal().getFirst().operation().ordinal());
  }

  @Test
  void anyChangedByteIsNoticedAndLocated() throws IOException, InterruptedException {
    byte[] whole = Files.readAllBytes(write("set", NetworkSplit.VAL, 200, 1));
    SplittableRandom random = new SplittableRandom(1);
    Path damaged = folder.resolve("damaged");
    for (int i = 0; i < 200; i++) {
      byte[] bytes = whole.clone();
      int at = i < 80 ? i : random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, bytes);
      assertThatThrownBy(() -> readAll(damaged))
          .as("byte %d", at)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(damaged + ": is ");
    }
    byte[] bytes = whole.clone();
    bytes[whole.length - 1]++;
    Files.write(damaged, bytes);
    assertThatThrownBy(() -> readAll(damaged))
        .hasMessageContaining(
            "is damaged: bytes 80 to %d (networks 0 to 199)".formatted(whole.length - 1));
  }

  @Test
  void aCutFileIsRefusedAtOnce() throws IOException, InterruptedException {
    byte[] whole = Files.readAllBytes(write("set", NetworkSplit.VAL, 200, 1));
    Path cut = folder.resolve("cut");
    for (int length : new int[] {0, 7, 63, 70, whole.length / 2, whole.length - 1}) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> NetworkSet.open(cut.toString())).isInstanceOf(InputException.class);
    }
    Files.write(cut, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> NetworkSet.open(cut.toString()))
        .hasMessageContaining("should have (%d) bytes".formatted(whole.length));
  }

  private static void readAll(Path file) {
    NetworkSet set = NetworkSet.open(file.toString());
    for (long i = 0; i < set.size(); i++) {
      assertThat(set.network(i)).isNotNull();
    }
  }

  @Test
  void anInterruptedGenerationLeavesNoFile() throws IOException {
    Path file = folder.resolve("set");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> SetGeneration.write(file, NetworkSplit.TRAIN, 1, SOME, 2, n -> {}))
        .isInstanceOf(InterruptedException.class);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatIsNotThereIsToldInWords() throws InterruptedException {
    String file = write("set", NetworkSplit.DEEP, 5, 1).toString();
    NetworkSet set = NetworkSet.open(file);
    assertThatThrownBy(() -> set.network(5)).hasMessage(file + " has networks 0 to 4, not (5).");
    assertThatThrownBy(() -> NetworkSet.open("nonsense"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Splits: train, val, test, wide, deep, dense, bnfree");
    assertThatThrownBy(() -> SetGeneration.draw(NetworkSplit.PREDEFINED, 1, 3))
        .isInstanceOf(InputException.class)
        .hasMessage("Split predefined can have 1 to 2 networks, not (3).");
  }
}
