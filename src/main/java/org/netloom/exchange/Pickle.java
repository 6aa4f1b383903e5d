package org.netloom.exchange;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.exchange.PickleValue.Constant;
import org.netloom.exchange.PickleValue.Global;
import org.netloom.exchange.PickleValue.Mapping;
import org.netloom.exchange.PickleValue.Real;
import org.netloom.exchange.PickleValue.Sequence;
import org.netloom.exchange.PickleValue.Storage;
import org.netloom.exchange.PickleValue.Text;
import org.netloom.exchange.PickleValue.Tuple;
import org.netloom.exchange.PickleValue.Whole;

/**
 * Reads one pickle of protocol 2 into plain values. A pickle is a program that may name any
 * function of its reader's program and have it called; this reader has no functions to call: the
 * few names that a checkpoint needs stand for data, any other name or instruction ends the reading.
 * Memory is bounded by the length of what is read.
 */
final class Pickle {
  private static final int MOST_INSTRUCTIONS = 2_000_000;
  private static final int LONGEST_NAME = 200;

  private final Path file;
  private final ByteBuffer in;
  private final PickleBuilder builder;
  private final List<PickleValue> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Integer, PickleValue> memo = new HashMap<>();

  private Pickle(Path file, ByteBuffer in, PickleBuilder builder) {
    this.file = file;
    this.in = in;
    this.builder = builder;
  }

  /**
   * Reads from the buffer's position up to the pickle's end.
   *
   * @param storages hears of every storage that is referred to
   * @throws InputException if it is damaged or asks for anything that is not allowed
   */
  static PickleValue read(Path file, ByteBuffer in, Consumer<Storage> storages) {
    in.order(ByteOrder.LITTLE_ENDIAN);
    Pickle pickle = new Pickle(file, in, new PickleBuilder(file, storages));
    try {
      return pickle.run();
    } catch (BufferUnderflowException e) {
      throw new InputException(
          PyTorchCheckpoint.message(file, "it ends in the middle, at byte (%d)", in.limit()), e);
    }
  }

  private PickleValue run() {
    for (int n = 0; n < MOST_INSTRUCTIONS; n++) {
      int at = in.position();
      int code = in.get() & 0xff;
      if (code == '.') {
        return pop();
      }
      instruction(code, at);
    }
    throw broken("it has more than (%d) instructions", MOST_INSTRUCTIONS);
  }

  private void instruction(int code, int at) {
    switch (code) {
      case 0x80 -> protocol();
      case '}' -> stack.add(new Mapping());
      case ']' -> stack.add(new Sequence());
      case ')' -> stack.add(new Tuple(List.of()));
      case '(' -> marks.add(stack.size());
      case 'X' -> stack.add(new Text(text(in.getInt())));
      case 'J' -> stack.add(new Whole(in.getInt()));
      case 'K' -> stack.add(new Whole(in.get() & 0xff));
      case 'M' -> stack.add(new Whole(in.getShort() & 0xffff));
      case 0x8a -> stack.add(new Whole(whole(in.get() & 0xff)));
      case 'G' -> stack.add(new Real(Double.longBitsToDouble(Long.reverseBytes(in.getLong()))));
      case 'N' -> stack.add(Constant.NONE);
      case 0x88 -> stack.add(Constant.TRUE);
      case 0x89 -> stack.add(Constant.FALSE);
      case 't' -> stack.add(new Tuple(popToMark()));
      case 0x85 -> stack.add(new Tuple(popLast(1)));
      case 0x86 -> stack.add(new Tuple(popLast(2)));
      case 0x87 -> stack.add(new Tuple(popLast(3)));
      case 'a' -> append(popLast(1));
      case 'e' -> append(popToMark());
      case 's' -> put(popLast(2));
      case 'u' -> put(popToMark());
      case 'c' -> stack.add(global(line(), line()));
      case 'R' -> {
        PickleValue arguments = pop();
        stack.add(builder.call(pop(), arguments));
      }
      case 'b' -> build();
      case 'Q' -> stack.add(builder.storage(pop()));
      case 'q' -> memo.put(in.get() & 0xff, top());
      case 'r' -> memo.put(in.getInt(), top());
      case 'h' -> stack.add(remembered(in.get() & 0xff));
      case 'j' -> stack.add(remembered(in.getInt()));
      default -> throw broken("instruction (0x%02x) at byte (%d) is not allowed", code, at);
    }
  }

  private void protocol() {
    int protocol = in.get() & 0xff;
    if (protocol != 2) {
      throw broken("its pickle has protocol (%d); allowed: 2", protocol);
    }
  }

  private Global global(String module, String name) {
    Global global = new Global(module, name);
    if (!global.isAllowed()) {
      throw broken(
          "it asks for '%s.%s', which no hypernetwork needs; nothing of it was run",
          printable(module), printable(name));
    }
    return global;
  }

  private static String printable(String name) {
    return name.replaceAll("[^\\x21-\\x7e]", "?");
  }

  /** The state of a dictionary is its attributes, which mean nothing here. */
  private void build() {
    pop();
    if (!(top() instanceof Mapping)) {
      throw broken("it sets attributes of %s", top().kind());
    }
  }

  private void append(List<PickleValue> items) {
    if (!(top() instanceof Sequence list)) {
      throw broken("it appends to %s", top().kind());
    }
    list.items.addAll(items);
  }

  private void put(List<PickleValue> pairs) {
    if (!(top() instanceof Mapping map)) {
      throw broken("it sets items of %s", top().kind());
    }
    if (pairs.size() % 2 != 0) {
      throw broken("a dictionary has a key without a value");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      PickleValue key = pairs.get(i);
      if (!(key instanceof Text || key instanceof Whole)) {
        throw broken("a dictionary has %s as a key", key.kind());
      }
      map.entries.put(key, pairs.get(i + 1));
    }
  }

  private PickleValue remembered(int index) {
    PickleValue value = memo.get(index);
    if (value == null) {
      throw broken("it recalls value (%d), which it never kept", index);
    }
    return value;
  }

  private PickleValue top() {
    if (stack.size() <= floor()) {
      throw broken("it takes a value where there is none");
    }
    return stack.getLast();
  }

  private PickleValue pop() {
    PickleValue value = top();
    stack.removeLast();
    return value;
  }

  private List<PickleValue> popLast(int count) {
    if (stack.size() - count < floor()) {
      throw broken("it takes (%d) values where there are fewer", count);
    }
    return popFrom(stack.size() - count);
  }

  private List<PickleValue> popToMark() {
    if (marks.isEmpty()) {
      throw broken("it takes values up to a mark that it never set");
    }
    return popFrom(marks.removeLast());
  }

  private List<PickleValue> popFrom(int start) {
    List<PickleValue> top = stack.subList(start, stack.size());
    List<PickleValue> values = List.copyOf(top);
    top.clear();
    return values;
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.getLast();
  }

  private String text(int length) {
    if (length < 0 || length > in.remaining()) {
      throw broken("a text of (%d) bytes is cut", Integer.toUnsignedLong(length));
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (int c = in.get(); c != '\n'; c = in.get()) {
      if (line.length() == LONGEST_NAME) {
        throw broken("a name is longer than (%d) characters", LONGEST_NAME);
      }
      line.append((char) (c & 0xff));
    }
    return line.toString();
  }

  /** Little-endian two's complement. */
  private long whole(int length) {
    byte[] bytes = new byte[length + 1];
    for (int i = length; i >= 1; i--) {
      bytes[i] = in.get();
    }
    bytes[0] = (byte) (length > 0 && bytes[1] < 0 ? -1 : 0);
    BigInteger value = new BigInteger(bytes);
    if (value.bitLength() > 63) {
      throw broken("a whole number has (%d) bytes", length);
    }
    return value.longValue();
  }

  private InputException broken(String reason, @Nullable Object... arguments) {
    return PyTorchCheckpoint.broken(file, reason, arguments);
  }
}
