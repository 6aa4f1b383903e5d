package org.netloom.exchange;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.exchange.PickleValue.ElementType;
import org.netloom.exchange.PickleValue.Global;
import org.netloom.exchange.PickleValue.Mapping;
import org.netloom.exchange.PickleValue.Storage;
import org.netloom.exchange.PickleValue.Text;
import org.netloom.exchange.PickleValue.Tuple;
import org.netloom.exchange.PickleValue.View;
import org.netloom.exchange.PickleValue.Whole;

/** What the few names that a checkpoint may call stand for: dictionaries, tensors, storages. */
final class PickleBuilder {
  private final Path file;
  private final Consumer<Storage> storages;

  PickleBuilder(Path file, Consumer<Storage> storages) {
    this.file = file;
    this.storages = storages;
  }

  /** The value of a call. */
  PickleValue call(PickleValue called, PickleValue arguments) {
    if (!(called instanceof Global global) || !(arguments instanceof Tuple(List<PickleValue> a))) {
      throw broken("it calls %s with %s", called.kind(), arguments.kind());
    }
    if (global.equals(Global.ORDERED_DICT) && a.isEmpty()) {
      return new Mapping();
    }
    if (global.equals(Global.TENSOR) && a.size() >= 4) {
      return view(a, null);
    }
    if (global.equals(Global.TENSOR_WITH_TYPE) && a.size() >= 7) {
      return view(a, elementType(a.get(6)));
    }
    if (global.equals(Global.PARAMETER) && !a.isEmpty() && a.getFirst() instanceof View view) {
      return view;
    }
    throw broken("it calls %s with (%d) arguments", global.kind(), a.size());
  }

  private View view(List<PickleValue> a, @Nullable ElementType type) {
    if (!(a.get(0) instanceof Storage storage)
        || !(a.get(1) instanceof Whole(long offset))
        || !(a.get(2) instanceof Tuple(List<PickleValue> size))
        || !(a.get(3) instanceof Tuple(List<PickleValue> stride))
        || size.size() != stride.size()) {
      throw broken("a tensor is not made of a storage, an offset, a shape and strides");
    }
    if (type == null && !storage.typed()) {
      throw broken("a tensor has no element type");
    }
    return new View(
        storage, type == null ? storage.type() : type, offset, longs(size), longs(stride));
  }

  private long[] longs(List<PickleValue> values) {
    long[] all = new long[values.size()];
    for (int i = 0; i < all.length; i++) {
      if (!(values.get(i) instanceof Whole(long value)) || value < 0) {
        throw broken("a tensor's shape or stride is no list of whole numbers from 0");
      }
      all[i] = value;
    }
    return all;
  }

  private ElementType elementType(PickleValue name) {
    ElementType type = name instanceof Global global ? Global.ELEMENTS.get(global) : null;
    if (type == null) {
      throw broken("%s is no element type", name.kind());
    }
    return type;
  }

  /** What a persistent id stands for: ('storage', class, key, device, elements, view or None). */
  Storage storage(PickleValue id) {
    if (!(id instanceof Tuple(List<PickleValue> a))
        || a.size() < 5
        || !a.get(0).equals(new Text("storage"))
        || !(a.get(1) instanceof Global global)
        || !(a.get(2) instanceof Text(String key))
        || !(a.get(4) instanceof Whole(long elements))
        || elements < 0) {
      throw broken("a reference to a storage is damaged");
    }
    boolean typed = !global.equals(Global.UNTYPED);
    ElementType type = typed ? elementType(global) : ElementType.BYTE;
    Storage storage = new Storage(type, typed, key, 0, elements);
    if (a.size() > 5 && a.get(5) instanceof Tuple(List<PickleValue> part)) {
      storage = part(storage, part);
    }
    storages.accept(storage);
    return storage;
  }

  /** A view of a storage: (its own key, first element, elements). */
  private Storage part(Storage whole, List<PickleValue> part) {
    if (part.size() != 3
        || !(part.get(1) instanceof Whole(long offset))
        || !(part.get(2) instanceof Whole(long size))
        || offset < 0
        || size < 0
        || offset > whole.elements() - size) {
      throw broken("a view of a storage is damaged");
    }
    return new Storage(whole.type(), whole.typed(), whole.key(), offset, size);
  }

  private InputException broken(String reason, @Nullable Object... arguments) {
    return PyTorchCheckpoint.broken(file, reason, arguments);
  }
}
