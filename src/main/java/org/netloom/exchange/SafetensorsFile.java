package org.netloom.exchange;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

/**
 * Named float32 tensors in a safetensors file: an 8-byte little-endian header length, a JSON header
 * padded with spaces to 8 bytes, then the values of each tensor, row-major and little-endian,
 * without gaps.
 *
 * @param tensors floating-point tensors in the order of the header; F64, F16 and BF16 values arrive
 *     rounded or widened to float32. Integer tensors are left out: {@link #readIntegers} reads them
 * @param metadata the strings of {@code __metadata__}
 */
public record SafetensorsFile(
    SequencedMap<String, Tensor> tensors, SequencedMap<String, String> metadata) {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Integer values with their shape. */
  public record Integers(Shape shape, long[] values) {
    /**
     * The values as ints.
     *
     * @throws ArithmeticException if one does not fit
     */
    public int[] toInts() {
      return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }
  }

  /** Double-precision values with their shape. */
  public record Doubles(Shape shape, double[] values) {}

  public SafetensorsFile {
    tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
    if (tensors.containsKey(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException(
          "No tensor may be named (%s).".formatted(SafetensorsHeader.METADATA));
    }
  }

  /**
   * Reads all floating-point tensors and the metadata.
   *
   * @throws InputException if the file is missing, damaged or of another kind
   */
  public static SafetensorsFile read(Path file) {
    return open(
        file,
        (channel, header) -> {
          SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
          for (SafetensorsHeader.Entry entry : header.entries().values()) {
            if (!entry.type().isInteger()) {
              tensors.put(entry.name(), floats(file, channel, header, entry));
            }
          }
          return new SafetensorsFile(tensors, header.metadata());
        });
  }

  /**
   * Reads one tensor of type I32 or I64.
   *
   * @throws InputException if the file is damaged, or has no such tensor of an integer type
   */
  public static Integers readIntegers(Path file, String name) {
    return open(
        file,
        (channel, header) -> {
          SafetensorsHeader.Entry entry = find(file, header, name);
          if (!entry.type().isInteger()) {
            throw SafetensorsHeader.broken(
                file, "tensor '%s' has type (%s); allowed: I32, I64", name, entry.type());
          }
          long[] values = new long[entry.shape().size()];
          boolean wide = entry.type() == TensorType.I64;
          forEach(
              file, channel, header, entry, (i, b) -> values[i] = wide ? b.getLong() : b.getInt());
          return new Integers(entry.shape(), values);
        });
  }

  /**
   * Reads one tensor of any type in double precision; I64 values beyond 2^53 are rounded.
   *
   * @throws InputException if the file is damaged, or has no such tensor
   */
  public static Doubles readDoubles(Path file, String name) {
    return open(
        file,
        (channel, header) -> {
          SafetensorsHeader.Entry entry = find(file, header, name);
          double[] values = new double[entry.shape().size()];
          TensorType type = entry.type();
          forEach(file, channel, header, entry, (i, b) -> values[i] = number(type, b));
          return new Doubles(entry.shape(), values);
        });
  }

  /**
   * Writes all tensors as F32, in their order, through a temporary file.
   *
   * @throws InputException if the file cannot be written
   */
  public void write(Path file) {
    byte[] header = header();
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer start = buffer(8 + header.length).putLong(header.length).put(header);
          AtomicFile.writeFully(channel, start.flip());
          ByteBuffer chunk = buffer(CHUNK_BYTES);
          for (Tensor tensor : tensors.values()) {
            writeFloats(channel, chunk, tensor.data());
          }
        });
  }

  private byte[] header() {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode strings = root.putObject(SafetensorsHeader.METADATA);
      metadata.forEach(strings::put);
    }
    long position = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      ObjectNode node = root.putObject(entry.getKey());
      node.put("dtype", TensorType.F32.name());
      ArrayNode shape = node.putArray("shape");
      for (int side : entry.getValue().shape().toArray()) {
        shape.add(side);
      }
      long end = position + 4L * entry.getValue().shape().size();
      node.putArray("data_offsets").add(position).add(end);
      position = end;
    }
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void writeFloats(FileChannel channel, ByteBuffer chunk, float[] values)
      throws IOException {
    int perChunk = chunk.capacity() / 4;
    for (int from = 0; from < values.length; from += perChunk) {
      int count = Math.min(perChunk, values.length - from);
      chunk.clear().limit(4 * count);
      chunk.asFloatBuffer().put(values, from, count);
      AtomicFile.writeFully(channel, chunk);
    }
  }

  private static Tensor floats(
      Path file, FileChannel channel, SafetensorsHeader header, SafetensorsHeader.Entry entry)
      throws IOException {
    float[] values = new float[entry.shape().size()];
    TensorType type = entry.type();
    forEach(
        file,
        channel,
        header,
        entry,
        type == TensorType.F32
            ? (i, b) -> values[i] = b.getFloat()
            : (i, b) -> values[i] = (float) number(type, b));
    return new Tensor(entry.shape(), values);
  }

  private static double number(TensorType type, ByteBuffer bytes) {
    return switch (type) {
      case F64 -> bytes.getDouble();
      case F32 -> bytes.getFloat();
      case F16 -> Float.float16ToFloat(bytes.getShort());
      case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
      case I64 -> bytes.getLong();
      case I32 -> bytes.getInt();
    };
  }

  private static void forEach(
      Path file,
      FileChannel channel,
      SafetensorsHeader header,
      SafetensorsHeader.Entry entry,
      ValueReader reader)
      throws IOException {
    long position = header.dataStart() + entry.begin();
    long end = header.dataStart() + entry.end();
    int index = 0;
    while (position < end) {
      int bytes = (int) Math.min(CHUNK_BYTES, end - position);
      ByteBuffer chunk = SafetensorsHeader.readFully(file, channel, position, bytes);
      while (chunk.hasRemaining()) {
        reader.read(index++, chunk);
      }
      position += bytes;
    }
  }

  private static SafetensorsHeader.Entry find(Path file, SafetensorsHeader header, String name) {
    SafetensorsHeader.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw SafetensorsHeader.broken(
          file, "it has no tensor '%s'; it has: %s", name, header.entries().keySet());
    }
    return entry;
  }

  private static <T> T open(Path file, Use<T> use) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return use.of(channel, SafetensorsHeader.read(file, channel));
    } catch (NoSuchFileException e) {
      throw new InputException("%s: there is no such file.".formatted(file), e);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private interface Use<T> {
    T of(FileChannel channel, SafetensorsHeader header) throws IOException;
  }

  private interface ValueReader {
    void read(int index, ByteBuffer bytes);
  }
}
