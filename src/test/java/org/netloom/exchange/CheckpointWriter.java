package org.netloom.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles by hand, good and bad ones, and puts them into both containers. */
final class CheckpointWriter {
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private final Map<String, byte[]> storages = new LinkedHashMap<>();
  private final Map<String, Integer> widths = new LinkedHashMap<>();

  CheckpointWriter() {
    raw(0x80, 2);
  }

  CheckpointWriter raw(int... bytes) {
    for (int b : bytes) {
      pickle.write(b);
    }
    return this;
  }

  CheckpointWriter ascii(String text) {
    pickle.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  CheckpointWriter text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    raw('X');
    pickle.writeBytes(little(4).putInt(bytes.length).array());
    pickle.writeBytes(bytes);
    return this;
  }

  CheckpointWriter whole(long value) {
    raw(0x8a, 8);
    pickle.writeBytes(little(8).putLong(value).array());
    return this;
  }

  CheckpointWriter wholes(long... values) {
    raw('(');
    for (long value : values) {
      whole(value);
    }
    return raw('t');
  }

  CheckpointWriter global(String module, String name) {
    return ascii("c" + module + "\n" + name + "\n");
  }

  /** Starts {'state_dict': OrderedDict([…; {@link #end} closes both. */
  CheckpointWriter start() {
    raw('}', '(').text("state_dict");
    return global("collections", "OrderedDict").raw(')', 'R', '(');
  }

  CheckpointWriter end() {
    return raw('u', 'u', '.');
  }

  /** A tensor of the state_dict. */
  CheckpointWriter tensor(
      String name, String type, String key, int count, long offset, long[] size, long[] stride) {
    text(name).global("torch._utils", "_rebuild_tensor_v2").raw('(');
    storage(type, key, count).whole(offset).wholes(size).wholes(stride);
    return raw(0x89).global("collections", "OrderedDict").raw(')', 'R', 't', 'R');
  }

  CheckpointWriter storage(String type, String key, long count) {
    raw('(').text("storage").global(type.equals("Untyped") ? "torch.storage" : "torch", type);
    return text(key).text("cuda:0").whole(count).raw('t', 'Q');
  }

  CheckpointWriter data(String key, int width, byte[] bytes) {
    storages.put(key, bytes);
    widths.put(key, width);
    return this;
  }

  byte[] pickle() {
    return pickle.toByteArray();
  }

  Path zip(Path file) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("archive/data.pkl", pickle());
    storages.forEach((key, bytes) -> members.put("archive/data/" + key, bytes));
    return zip(file, members);
  }

  static Path zip(Path file, Map<String, byte[]> members) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(member.getValue().length);
        CRC32 crc = new CRC32();
        crc.update(member.getValue());
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(member.getValue());
      }
    }
    return file;
  }

  Path legacy(Path file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(LegacyCheckpoint.MAGIC);
    out.writeBytes(new CheckpointWriter().whole(1001).raw('.').pickle());
    out.writeBytes(
        new CheckpointWriter().raw('}').text("little_endian").raw(0x88, 's', '.').pickle());
    out.writeBytes(pickle());
    CheckpointWriter keys = new CheckpointWriter().raw(']', '(');
    storages.keySet().forEach(keys::text);
    out.writeBytes(keys.raw('e', '.').pickle());
    storages.forEach(
        (key, bytes) -> {
          out.writeBytes(little(8).putLong(bytes.length / widths.get(key)).array());
          out.writeBytes(bytes);
        });
    return Files.write(file, out.toByteArray());
  }

  static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
