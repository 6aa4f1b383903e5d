package org.netloom.deepnets;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.zip.CRC32C;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.exchange.AtomicFile;

/**
 * A set of networks as a file: a header, a table of shards, and shards of {@value #SHARD} networks,
 * each with a table of its own, so that any network is found by two look-ups in the mapped file.
 * Every part has its checksum; that of a shard is looked at when the shard is first read. {@code
 * docs/deepnets.md} has the layout.
 */
final class NetworkSetFile implements NetworkSet {
  /** Networks in a shard; the last one may have fewer. */
  static final int SHARD = 1024;

  private static final byte[] MAGIC = "NLNETSET".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEADER = 64;
  private static final int SPLIT = 16;
  private static final int ROW = 16;
  private static final int LARGEST_RECORD = 512;

  private final Path file;
  private final MemorySegment bytes;
  private final NetworkSplit split;
  private final long seed;
  private final long networks;
  private final ByteBuffer rows;
  private final AtomicIntegerArray checked;

  private NetworkSetFile(
      Path file,
      MemorySegment bytes,
      NetworkSplit split,
      long seed,
      long networks,
      ByteBuffer rows) {
    this.file = file;
    this.bytes = bytes;
    this.split = split;
    this.seed = seed;
    this.networks = networks;
    this.rows = rows;
    this.checked = new AtomicIntegerArray(rows.capacity() / ROW);
  }

  /** The bytes of a shard. */
  static byte[] shard(List<NetworkEntry> entries) {
    ByteBuffer shard =
        ByteBuffer.allocate(4 * (entries.size() + 1) + LARGEST_RECORD * entries.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    shard.position(4 * (entries.size() + 1));
    for (int i = 0; i < entries.size(); i++) {
      shard.putInt(4 * i, shard.position());
      NetworkCodec.encode(entries.get(i), shard);
    }
    shard.putInt(4 * entries.size(), shard.position());
    return Arrays.copyOf(shard.array(), shard.position());
  }

  /**
   * Writes a set.
   *
   * @param shards from {@link #shard}, full ones but for the last
   * @return bytes of the file
   * @throws InputException if the file cannot be written
   */
  static long write(Path file, NetworkSplit split, long seed, long networks, List<byte[]> shards) {
    int head = HEADER + ROW * shards.size();
    ByteBuffer start = ByteBuffer.allocate(head).order(ByteOrder.LITTLE_ENDIAN);
    start.put(MAGIC).putInt(VERSION).putInt(0);
    start.put(split.label().getBytes(StandardCharsets.US_ASCII));
    start.position(SPLIT + 16);
    long size = head + shards.stream().mapToLong(shard -> shard.length).sum();
    start.putLong(seed).putLong(networks).putInt(SHARD).putInt(shards.size()).putLong(size);
    long offset = head;
    for (byte[] shard : shards) {
      start.putLong(offset).putInt(shard.length).putInt(checksum(ByteBuffer.wrap(shard)));
      offset += shard.length;
    }
    start.putInt(12, checksum(start.slice(SPLIT, head - SPLIT)));
    start.flip();
    AtomicFile.write(
        file,
        channel -> {
          AtomicFile.writeFully(channel, start.duplicate());
          for (byte[] shard : shards) {
            AtomicFile.writeFully(channel, ByteBuffer.wrap(shard));
          }
        });
    return size;
  }

  private static int checksum(ByteBuffer part) {
    CRC32C sum = new CRC32C();
    sum.update(part.duplicate());
    return (int) sum.getValue();
  }

  /** Whether a file begins with the mark of a set. */
  static boolean isOne(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  /**
   * Maps a file for as long as the set is in use; only its header and its table of shards are read.
   *
   * @throws InputException if the file cannot be read, is no set of networks or is damaged
   */
  static NetworkSetFile open(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      return read(file, bytes);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  private static NetworkSetFile read(Path file, MemorySegment bytes) {
    if (bytes.byteSize() < HEADER
        || bytes.asSlice(0, MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) >= 0) {
      throw new InputException(
          "%s: is no set of networks.%n  Maybe write one with 'netloom generate'?".formatted(file));
    }
    ByteBuffer header = buffer(bytes, 0, HEADER);
    if (header.getInt(8) != VERSION) {
      throw new InputException(
          "%s: is a set of networks of version (%d); version %d can be read."
              .formatted(file, header.getInt(8), VERSION));
    }
    long size = header.getLong(56);
    if (size != bytes.byteSize()) {
      throw new InputException(
          "%s: is damaged: it should have (%d) bytes, but has (%d)."
              .formatted(file, size, bytes.byteSize()));
    }
    long head = HEADER + (long) ROW * Math.max(0, header.getInt(52));
    if (head > Math.min(size, Integer.MAX_VALUE)
        || checksum(buffer(bytes, SPLIT, (int) head - SPLIT)) != header.getInt(12)) {
      throw new InputException(
          "%s: is damaged: bytes %d to %d (header and table of shards) do not match their checksum."
              .formatted(file, SPLIT, Math.min(head, size) - 1));
    }
    long networks = header.getLong(40);
    ByteBuffer rows = buffer(bytes, HEADER, (int) head - HEADER);
    if (header.getInt(48) != SHARD
        || header.getInt(52) != Math.ceilDiv(networks, SHARD)
        || !rowsLieWithin(rows, size)) {
      throw new InputException(
          "%s: is damaged: its table of shards does not fit (%d) networks in (%d) bytes."
              .formatted(file, networks, size));
    }
    byte[] label = new byte[16];
    header.get(SPLIT, label);
    return new NetworkSetFile(
        file,
        bytes,
        NetworkSplit.of(new String(label, StandardCharsets.US_ASCII).replace("\0", "")),
        header.getLong(32),
        networks,
        rows);
  }

  private static boolean rowsLieWithin(ByteBuffer rows, long size) {
    for (int row = 0; row < rows.capacity(); row += ROW) {
      long offset = rows.getLong(row);
      int length = rows.getInt(row + 8);
      if (offset < 0 || length < 0 || offset > size - length) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer buffer(MemorySegment bytes, long from, int length) {
    return bytes.asSlice(from, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public NetworkSplit split() {
    return split;
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public long size() {
    return networks;
  }

  @Override
  public NetworkEntry network(long index) {
    NetworkSet.check(file.toString(), index, networks);
    int number = (int) (index / SHARD);
    long offset = rows.getLong(ROW * number);
    ByteBuffer shard = buffer(bytes, offset, rows.getInt(ROW * number + 8));
    if (checked.get(number) == 0) {
      if (checksum(shard) != rows.getInt(ROW * number + 12)) {
        throw new InputException(
            "%s: is damaged: bytes %d to %d (networks %d to %d) do not match their checksum."
                .formatted(
                    file,
                    offset,
                    offset + shard.capacity() - 1,
                    (long) number * SHARD,
                    Math.min(networks, (number + 1L) * SHARD) - 1));
      }
      checked.set(number, 1);
    }
    int at = (int) (index % SHARD);
    int from = shard.getInt(4 * at);
    try {
      return NetworkCodec.decode(
          shard.slice(from, shard.getInt(4 * at + 4) - from).order(ByteOrder.LITTLE_ENDIAN));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InputException(
          "%s: network (%d) at byte (%d) cannot be read: %s"
              .formatted(file, index, offset + from, e.getMessage()),
          e);
    }
  }
}
