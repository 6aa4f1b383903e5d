package org.netloom.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.tensor.Shape;
import org.netloom.tensor.ShapeException;

/**
 * The checked table of contents of a safetensors file. Everything is verified against the length of
 * the file before a single tensor is allocated: a wrong header costs no memory.
 *
 * @param dataStart position of the first byte of tensor data
 */
record SafetensorsHeader(
    SequencedMap<String, Entry> entries, SequencedMap<String, String> metadata, long dataStart) {

  /** The format's own limit on the header, in bytes. */
  static final long MAX_BYTES = 100_000_000;

  static final String METADATA = "__metadata__";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Where one tensor lies: bytes [begin, end) counted from {@link #dataStart}. */
  record Entry(String name, TensorType type, Shape shape, long begin, long end) {}

  static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
    long length = channel.size();
    if (length < 8) {
      throw broken(file, "it has only (%d) bytes, a header needs at least 8", length);
    }
    long headerBytes = readFully(file, channel, 0, 8).getLong();
    if (headerBytes < 2 || headerBytes > MAX_BYTES || headerBytes > length - 8) {
      throw broken(
          file,
          "the header would have (%s) bytes; allowed: 2 to %d. Maybe it is no safetensors file",
          Long.toUnsignedString(headerBytes),
          Math.min(MAX_BYTES, length - 8));
    }
    ByteBuffer bytes = readFully(file, channel, 8, (int) headerBytes);
    return parse(file, bytes, 8 + headerBytes, length - 8 - headerBytes);
  }

  /** Reads exactly so many bytes from a position, little-endian. */
  static ByteBuffer readFully(Path file, FileChannel channel, long position, int bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw broken(file, "it ends early, at byte (%d)", position + buffer.position());
      }
    }
    return buffer.flip();
  }

  private static SafetensorsHeader parse(
      Path file, ByteBuffer bytes, long dataStart, long dataBytes) {
    JsonNode root;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      root = JSON.readTree(text);
    } catch (CharacterCodingException e) {
      throw new InputException(message(file, "its header is not UTF-8"), e);
    } catch (JsonProcessingException e) {
      throw new InputException(
          message(file, "its header is not JSON: %s", e.getOriginalMessage()), e);
    }
    if (!root.isObject()) {
      throw broken(file, "its header is not a JSON object");
    }
    SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals(METADATA)) {
        readMetadata(file, field.getValue(), metadata);
      } else {
        entries.put(field.getKey(), entry(file, field.getKey(), field.getValue(), dataBytes));
      }
    }
    requireGapless(file, entries.values().stream().toList(), dataBytes);
    return new SafetensorsHeader(
        Collections.unmodifiableSequencedMap(entries),
        Collections.unmodifiableSequencedMap(metadata),
        dataStart);
  }

  private static void readMetadata(Path file, JsonNode node, Map<String, String> metadata) {
    if (!node.isObject()) {
      throw broken(file, "%s is not a map of strings", METADATA);
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw broken(file, "%s: '%s' is not a string", METADATA, field.getKey());
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
  }

  private static Entry entry(Path file, String name, JsonNode node, long dataBytes) {
    TensorType type = type(file, name, node.path("dtype").asText());
    Shape shape = shape(file, name, node.path("shape"));
    JsonNode offsets = node.path("data_offsets");
    if (!offsets.isArray()
        || offsets.size() != 2
        || !offsets.get(0).canConvertToLong()
        || !offsets.get(1).canConvertToLong()) {
      throw broken(file, "tensor '%s': data_offsets (%s) are not two integers", name, offsets);
    }
    long begin = offsets.get(0).longValue();
    long end = offsets.get(1).longValue();
    if (begin < 0 || end < begin || end > dataBytes) {
      throw broken(
          file,
          "tensor '%s': bytes (%d to %d) lie outside the data; allowed: 0 to %d. Maybe it is cut",
          name,
          begin,
          end,
          dataBytes);
    }
    long needed = (long) shape.size() * type.bytes();
    if (end - begin != needed) {
      throw broken(
          file,
          "tensor '%s' of type %s and shape (%s) needs (%d) bytes, but has (%d)",
          name,
          type,
          shape,
          needed,
          end - begin);
    }
    return new Entry(name, type, shape, begin, end);
  }

  private static TensorType type(Path file, String name, String dtype) {
    for (TensorType type : TensorType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw broken(
        file,
        "tensor '%s': unknown dtype (%s); allowed: %s",
        name,
        dtype,
        Arrays.toString(TensorType.values()));
  }

  private static Shape shape(Path file, String name, JsonNode node) {
    boolean valid = node.isArray();
    int[] sides = new int[node.size()];
    for (int i = 0; valid && i < sides.length; i++) {
      JsonNode side = node.get(i);
      valid = side.isIntegralNumber() && side.canConvertToInt() && side.intValue() >= 0;
      sides[i] = side.intValue();
    }
    if (!valid) {
      throw broken(
          file, "tensor '%s': shape (%s) is not a list of sides from 0 to 2^31-1", name, node);
    }
    try {
      return Shape.of(sides);
    } catch (ShapeException e) {
      throw new InputException(message(file, "tensor '%s': %s", name, e.getMessage()), e);
    }
  }

  private static void requireGapless(Path file, List<Entry> entries, long dataBytes) {
    List<Entry> byPosition = new ArrayList<>(entries);
    byPosition.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long position = 0;
    for (Entry entry : byPosition) {
      if (entry.begin() != position) {
        throw broken(
            file,
            "tensor '%s' begins at byte (%d), but the one before it ends at (%d)",
            entry.name(),
            entry.begin(),
            position);
      }
      position = entry.end();
    }
    if (position != dataBytes) {
      throw broken(file, "its tensors end at byte (%d), its data at (%d)", position, dataBytes);
    }
  }

  static InputException broken(Path file, String reason, @Nullable Object... arguments) {
    return new InputException(message(file, reason, arguments));
  }

  private static String message(Path file, String reason, @Nullable Object... arguments) {
    return "%s: not a usable safetensors file: %s.".formatted(file, reason.formatted(arguments));
  }
}
