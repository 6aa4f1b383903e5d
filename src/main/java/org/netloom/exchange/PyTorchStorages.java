package org.netloom.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.netloom.config.InputException;
import org.netloom.exchange.PickleValue.ElementType;
import org.netloom.exchange.PickleValue.Storage;
import org.netloom.exchange.PickleValue.View;
import org.netloom.tensor.Shape;
import org.netloom.tensor.ShapeException;
import org.netloom.tensor.Tensor;

/**
 * Tensors from the storages beside a pickle. Views may share a storage, with offsets and strides;
 * in all there are no more values than the file has bytes, so that no small file fills the memory.
 */
final class PyTorchStorages {
  private final Path file;
  private final Source source;
  private final Map<String, ByteBuffer> read = new HashMap<>();
  private long valuesLeft;
  private long bytesLeft;

  /** A container's raw bytes by key. */
  interface Source {
    /** The bytes of a storage, at most so many. */
    ByteBuffer bytes(Storage storage, long most);
  }

  PyTorchStorages(Path file, long fileBytes, Source source) {
    this.file = file;
    this.source = source;
    this.valuesLeft = fileBytes;
    this.bytesLeft = fileBytes;
  }

  /**
   * The values of a view, row-major.
   *
   * @throws InputException if it reaches beyond its storage
   */
  Tensor tensor(String name, View view) {
    try {
      Shape shape = Shape.of(sides(view));
      valuesLeft -= shape.size();
      if (valuesLeft < 0) {
        throw PyTorchCheckpoint.broken(file, "its tensors have more values than it has bytes");
      }
      float[] values = new float[shape.size()];
      if (values.length > 0) {
        fill(values, view, bytes(view));
      }
      return new Tensor(shape, values);
    } catch (ArithmeticException | ShapeException e) {
      throw new InputException(
          PyTorchCheckpoint.message(file, "tensor '%s' has an impossible shape", name), e);
    } catch (IndexOutOfBoundsException e) {
      throw new InputException(
          PyTorchCheckpoint.message(
              file, "tensor '%s' reaches beyond its storage '%s'", name, view.storage().key()),
          e);
    }
  }

  private static int[] sides(View view) {
    int[] sides = new int[view.size().length];
    for (int i = 0; i < sides.length; i++) {
      sides[i] = Math.toIntExact(view.size()[i]);
    }
    return sides;
  }

  /** The part of the storage that the view may read. */
  private ByteBuffer bytes(View view) {
    Storage storage = view.storage();
    ByteBuffer all = read.get(storage.key());
    if (all == null) {
      all = source.bytes(storage, bytesLeft);
      bytesLeft -= all.remaining();
      read.put(storage.key(), all);
    }
    int width = storage.type().bytes();
    int from = Math.toIntExact(Math.multiplyExact(storage.offset(), width));
    int length = Math.toIntExact(Math.multiplyExact(storage.elements(), width));
    return all.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void fill(float[] values, View view, ByteBuffer bytes) {
    int rank = view.size().length;
    long[] index = new long[rank];
    long at = view.offset();
    for (int i = 0; i < values.length; i++) {
      values[i] = number(view.type(), bytes, at);
      for (int d = rank - 1; d >= 0; d--) {
        at = Math.addExact(at, view.stride()[d]);
        if (++index[d] < view.size()[d]) {
          break;
        }
        at -= Math.multiplyExact(view.stride()[d], view.size()[d]);
        index[d] = 0;
      }
    }
  }

  private static float number(ElementType type, ByteBuffer bytes, long element) {
    int at = Math.toIntExact(Math.multiplyExact(element, type.bytes()));
    return switch (type) {
      case DOUBLE -> (float) bytes.getDouble(at);
      case FLOAT -> bytes.getFloat(at);
      case HALF -> Float.float16ToFloat(bytes.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(at) << 16);
      case LONG -> bytes.getLong(at);
      case INT -> bytes.getInt(at);
      case SHORT -> bytes.getShort(at);
      case CHAR -> bytes.get(at);
      case BYTE, BOOL -> bytes.get(at) & 0xff;
    };
  }
}
