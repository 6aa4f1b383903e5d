package org.netloom.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.exchange.PickleValue.Constant;
import org.netloom.exchange.PickleValue.Mapping;
import org.netloom.exchange.PickleValue.Real;
import org.netloom.exchange.PickleValue.Sequence;
import org.netloom.exchange.PickleValue.Text;
import org.netloom.exchange.PickleValue.Tuple;
import org.netloom.exchange.PickleValue.View;
import org.netloom.exchange.PickleValue.Whole;
import org.netloom.tensor.Tensor;

/**
 * A PyTorch checkpoint: a dictionary with a {@code state_dict} and perhaps a {@code config}, in the
 * zip or in the legacy container. Only data is read; see {@link Pickle}.
 *
 * @param tensors the floating-point tensors of the state_dict in their order, as float32
 * @param config its entries that are numbers, texts, truth values or lists of whole numbers; empty
 *     where the file has none
 */
public record PyTorchCheckpoint(
    SequencedMap<String, Tensor> tensors, Optional<Map<String, Object>> config) {
  private static final int KEYS_IN_A_MESSAGE = 10;

  public PyTorchCheckpoint {
    tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
  }

  /** Whether a file calls itself a PyTorch checkpoint, by its first bytes or by its name. */
  public static boolean isOne(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".pt") || name.endsWith(".pth")) {
      return true;
    }
    byte[] start = start(file);
    return starts(start, ZipCheckpoint.MAGIC) || starts(start, LegacyCheckpoint.MAGIC);
  }

  /**
   * Reads a checkpoint.
   *
   * @throws InputException if the file is damaged, of another kind, or asks for anything but data
   */
  public static PyTorchCheckpoint read(Path file) {
    byte[] start = start(file);
    if (starts(start, ZipCheckpoint.MAGIC)) {
      return ZipCheckpoint.read(file);
    }
    if (starts(start, LegacyCheckpoint.MAGIC)) {
      return LegacyCheckpoint.read(file);
    }
    throw broken(file, "it starts neither like a zip file nor like a legacy container");
  }

  private static byte[] start(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LegacyCheckpoint.MAGIC.length);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  private static boolean starts(byte[] bytes, byte[] with) {
    return bytes.length >= with.length
        && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
  }

  /** The checkpoint that an unpickled object is. */
  static PyTorchCheckpoint of(Path file, PickleValue object, PyTorchStorages storages) {
    if (!(object instanceof Mapping top)) {
      throw broken(file, "it holds %s in place of a dictionary", object.kind());
    }
    if (!(top.get("state_dict") instanceof Mapping state)) {
      throw broken(file, "it has no dictionary 'state_dict'; its keys: %s", keys(top));
    }
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    state.entries.forEach(
        (key, value) -> {
          if (!(key instanceof Text(String name)) || !(value instanceof View view)) {
            throw broken(file, "'state_dict' holds %s where a tensor should be", value.kind());
          }
          if (view.type().isFloating()) {
            tensors.put(name, storages.tensor(name, view));
          }
        });
    Optional<Map<String, Object>> config =
        top.get("config") instanceof Mapping map ? Optional.of(plain(map)) : Optional.empty();
    return new PyTorchCheckpoint(tensors, config);
  }

  private static List<String> keys(Mapping map) {
    return map.entries.keySet().stream()
        .limit(KEYS_IN_A_MESSAGE)
        .map(key -> key instanceof Text(String text) ? text : key.kind())
        .toList();
  }

  private static Map<String, Object> plain(Mapping map) {
    Map<String, Object> plain = new LinkedHashMap<>();
    map.entries.forEach(
        (key, value) -> {
          Object simple =
              switch (value) {
                case Tuple(List<PickleValue> items) -> wholes(items);
                case Sequence list -> wholes(list.items);
                default -> scalar(value);
              };
          if (key instanceof Text(String name) && simple != null) {
            plain.put(name, simple);
          }
        });
    return plain;
  }

  private static @Nullable Object scalar(PickleValue value) {
    return switch (value) {
      case Whole(long number) -> number;
      case Real(double number) -> number;
      case Text(String text) -> text;
      case Constant constant when constant != Constant.NONE -> constant == Constant.TRUE;
      default -> null;
    };
  }

  private static @Nullable List<Long> wholes(List<PickleValue> items) {
    List<Long> all = new ArrayList<>();
    for (PickleValue item : items) {
      if (!(item instanceof Whole(long value))) {
        return null;
      }
      all.add(value);
    }
    return all;
  }

  static InputException broken(Path file, String reason, @Nullable Object... arguments) {
    return new InputException(message(file, reason, arguments));
  }

  static String message(Path file, String reason, @Nullable Object... arguments) {
    return "%s: not a usable PyTorch checkpoint: %s.".formatted(file, reason.formatted(arguments));
  }
}
