package org.netloom.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.netloom.config.FileProblem;
import org.netloom.exchange.PickleValue.Constant;
import org.netloom.exchange.PickleValue.Mapping;
import org.netloom.exchange.PickleValue.Sequence;
import org.netloom.exchange.PickleValue.Storage;
import org.netloom.exchange.PickleValue.Text;
import org.netloom.exchange.PickleValue.Whole;

/**
 * The legacy container, one stream: pickles of a magic number, a version, facts of the writer's
 * machine, the object, and the keys of its storages; then for each key the number of elements (8
 * bytes) and the elements.
 */
final class LegacyCheckpoint {
  /** The pickle of 0x1950a86a20f9469cfc6c, with which every such file starts. */
  static final byte[] MAGIC = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e");

  private static final long VERSION = 1001;
  private static final long MOST_BYTES = 1L << 30;

  private final Path file;
  private final ByteBuffer in;
  private final Map<String, Integer> widths = new HashMap<>();
  private final Map<String, ByteBuffer> storages = new HashMap<>();

  private LegacyCheckpoint(Path file, ByteBuffer in) {
    this.file = file;
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  static PyTorchCheckpoint read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw PyTorchCheckpoint.broken(file, "it has more than (%d) bytes", MOST_BYTES);
      }
      return new LegacyCheckpoint(file, ByteBuffer.wrap(Files.readAllBytes(file))).read();
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  private PyTorchCheckpoint read() {
    in.position(MAGIC.length);
    if (!(Pickle.read(file, in, none -> {}) instanceof Whole(long version)) || version != VERSION) {
      throw PyTorchCheckpoint.broken(file, "its version is not (%d)", VERSION);
    }
    if (!(Pickle.read(file, in, none -> {}) instanceof Mapping machine)
        || machine.get("little_endian") != Constant.TRUE) {
      throw PyTorchCheckpoint.broken(file, "its byte order is not little-endian");
    }
    PickleValue object = Pickle.read(file, in, this::seen);
    if (!(Pickle.read(file, in, none -> {}) instanceof Sequence keys)) {
      throw PyTorchCheckpoint.broken(file, "the list of its storages is missing");
    }
    for (PickleValue key : keys.items) {
      Integer width = key instanceof Text(String name) ? widths.get(name) : null;
      if (width == null) {
        throw PyTorchCheckpoint.broken(file, "it lists a storage that no tensor names");
      }
      locate(((Text) key).value(), width);
    }
    return PyTorchCheckpoint.of(file, object, new PyTorchStorages(file, in.limit(), this::storage));
  }

  private void seen(Storage storage) {
    Integer other = widths.put(storage.key(), storage.type().bytes());
    if (other != null && other != storage.type().bytes()) {
      throw PyTorchCheckpoint.broken(file, "storage '%s' has two types", storage.key());
    }
  }

  private void locate(String key, int width) {
    long elements = in.remaining() < Long.BYTES ? -1 : in.getLong();
    if (elements < 0 || elements > in.remaining() / width) {
      throw PyTorchCheckpoint.broken(file, "storage '%s' is cut", key);
    }
    int length = (int) elements * width;
    storages.put(key, in.slice(in.position(), length));
    in.position(in.position() + length);
  }

  private ByteBuffer storage(Storage storage, long most) {
    ByteBuffer bytes = storages.get(storage.key());
    if (bytes == null) {
      throw PyTorchCheckpoint.broken(file, "it has no storage '%s'", storage.key());
    }
    return bytes;
  }
}
