package org.netloom.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What a {@link Pickle} may hold: plain data, references to storages, and views of them. */
sealed interface PickleValue {

  /** A kind of value in words, for messages. */
  default String kind() {
    return switch (this) {
      case Constant c -> c.name();
      case Whole _ -> "a whole number";
      case Real _ -> "a number";
      case Text _ -> "a text";
      case Tuple _ -> "a tuple";
      case Sequence _ -> "a list";
      case Mapping _ -> "a dictionary";
      case Global g -> "the name '%s %s'".formatted(g.module, g.name);
      case Storage _ -> "a storage";
      case View _ -> "a tensor";
    };
  }

  /** The values of which there is one each. */
  enum Constant implements PickleValue {
    NONE,
    TRUE,
    FALSE
  }

  record Whole(long value) implements PickleValue {}

  record Real(double value) implements PickleValue {}

  record Text(String value) implements PickleValue {}

  record Tuple(List<PickleValue> items) implements PickleValue {}

  /** A list, which grows while it is read; it may hold itself. */
  final class Sequence implements PickleValue {
    final List<PickleValue> items = new ArrayList<>();
  }

  /** A dictionary, which grows while it is read; its keys are texts or whole numbers. */
  final class Mapping implements PickleValue {
    final SequencedMap<PickleValue, PickleValue> entries = new LinkedHashMap<>();

    @Nullable PickleValue get(String key) {
      return entries.get(new Text(key));
    }
  }

  /** One of the few names that a checkpoint may use. */
  record Global(String module, String name) implements PickleValue {
    private static final String TORCH = "torch";

    /** Element types by the storage class or dtype that stands for them. */
    static final Map<Global, ElementType> ELEMENTS = elements();

    static final Global ORDERED_DICT = new Global("collections", "OrderedDict");
    static final Global TENSOR = new Global("torch._utils", "_rebuild_tensor_v2");
    static final Global TENSOR_WITH_TYPE = new Global("torch._utils", "_rebuild_tensor_v3");
    static final Global PARAMETER = new Global("torch._utils", "_rebuild_parameter");
    static final Global UNTYPED = new Global("torch.storage", "UntypedStorage");

    private static final List<Global> OTHERS =
        List.of(ORDERED_DICT, TENSOR, TENSOR_WITH_TYPE, PARAMETER, UNTYPED);

    boolean isAllowed() {
      return OTHERS.contains(this) || ELEMENTS.containsKey(this);
    }

    private static Map<Global, ElementType> elements() {
      Map<Global, ElementType> all = new LinkedHashMap<>();
      for (ElementType type : ElementType.values()) {
        all.put(new Global(TORCH, type.storage), type);
        all.put(new Global(TORCH, type.dtype), type);
      }
      return Map.copyOf(all);
    }
  }

  /** Element types of storages. */
  enum ElementType {
    DOUBLE("DoubleStorage", "float64", 8),
    FLOAT("FloatStorage", "float32", 4),
    HALF("HalfStorage", "float16", 2),
    BFLOAT16("BFloat16Storage", "bfloat16", 2),
    LONG("LongStorage", "int64", 8),
    INT("IntStorage", "int32", 4),
    SHORT("ShortStorage", "int16", 2),
    CHAR("CharStorage", "int8", 1),
    BYTE("ByteStorage", "uint8", 1),
    BOOL("BoolStorage", "bool", 1);

    private final String storage;
    private final String dtype;
    private final int bytes;

    ElementType(String storage, String dtype, int bytes) {
      this.storage = storage;
      this.dtype = dtype;
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }

    boolean isFloating() {
      return compareTo(BFLOAT16) <= 0;
    }
  }

  /**
   * A reference to raw values that lie beside the pickle.
   *
   * @param type of its elements; bytes where it has none of its own
   * @param typed whether it has an element type; else the tensors say it
   * @param key under which the container keeps them
   * @param offset first element that counts, from the start of what lies under the key
   * @param elements how many count
   */
  record Storage(ElementType type, boolean typed, String key, long offset, long elements)
      implements PickleValue {}

  /**
   * A tensor as a view of a storage, strides and offset in elements.
   *
   * @param type how the storage's bytes are to be read
   */
  record View(Storage storage, ElementType type, long offset, long[] size, long[] stride)
      implements PickleValue {}
}
