package org.netloom.network;

import java.util.ArrayList;
import java.util.List;
import org.netloom.graph.Padding;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;

/** Records what moves the values of maps [N, H, W, C] without changing them. */
final class MapRecorder {
  private final Program program;

  MapRecorder(Program program) {
    this.program = program;
  }

  /** Channel i·groups + g of the result is the i-th of group g. */
  Value shuffle(Value x, int groups) {
    Shape shape = x.shape();
    int channels = shape.side(-1);
    Value split = reshape(x, shape.size() / channels, groups, channels / groups);
    Value turned = program.apply(new Layout.Transpose(), split);
    return program.apply(new Layout.Reshape(shape), turned);
  }

  /** Zeros around a map, or less of it where a padding is negative. */
  Value pad(Value x, Padding padding) {
    int n = x.shape().side(0);
    int h = x.shape().side(1);
    int w = x.shape().side(2);
    int c = x.shape().side(3);
    Value rows = reshape(x, n, 1, h * w * c);
    rows = extend(rows, padding.top() * w * c, padding.bottom() * w * c);
    int height = h + padding.top() + padding.bottom();
    Value columns = reshape(rows, n, height, w * c);
    columns = extend(columns, padding.left() * c, padding.right() * c);
    return reshape(columns, n, height, w + padding.left() + padding.right(), c);
  }

  /** Zeros before and after each row of the last side; negative numbers take values away. */
  private Value extend(Value x, int before, int after) {
    int from = Math.max(-before, 0);
    int length = x.shape().side(-1) - from - Math.max(-after, 0);
    Value kept =
        length == x.shape().side(-1) ? x : program.apply(new Layout.Slice(from, length), x);
    List<Value> parts = new ArrayList<>();
    if (before > 0) {
      parts.add(program.apply(new Layout.Constant(x.shape().withLast(before), 0f)));
    }
    parts.add(kept);
    if (after > 0) {
      parts.add(program.apply(new Layout.Constant(x.shape().withLast(after), 0f)));
    }
    return parts.size() == 1
        ? kept
        : program.apply(new Layout.Concat(), parts.toArray(Value[]::new));
  }

  /** A tensor [1, C, H, W] as a map [1, H, W, C]. */
  Value ofChannelsFirst(Value tensor) {
    Shape s = tensor.shape();
    Value rows = reshape(tensor, 1, s.side(1), s.side(2) * s.side(3));
    Value turned = program.apply(new Layout.Transpose(), rows);
    return reshape(turned, 1, s.side(2), s.side(3), s.side(1));
  }

  /** All values in (channel, row, column) order, as a map of one position. */
  Value flatten(Value x) {
    Shape map = x.shape();
    Value rows = reshape(x, map.side(0), map.side(1) * map.side(2), map.side(3));
    Value turned = program.apply(new Layout.Transpose(), rows);
    return reshape(turned, map.side(0), 1, 1, map.size() / map.side(0));
  }

  private Value reshape(Value x, int... sides) {
    return program.apply(new Layout.Reshape(Shape.of(sides)), x);
  }
}
