package org.netloom.network;

import org.netloom.graph.Operator;
import org.netloom.graph.WindowOrder;
import org.netloom.tensor.Attention;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;

/** Records what transformers do with learned rows and with maps [N, H, W, C] in windows. */
final class TokenRecorder {
  /** Score of a pair that must ignore each other; the share it leaves is below float's range. */
  private static final float IGNORED = -100f;

  private final Program program;

  TokenRecorder(Program program) {
    this.program = program;
  }

  /** A tensor [.., C] as a map [1, rows, 1, C]. */
  Value rows(Value tensor) {
    return reshape(tensor, 1, tensor.shape().rows(), 1, tensor.shape().side(-1));
  }

  /** A token [1, 1, 1, C] before the positions of every image: [N, 1 + H·W, 1, C]. */
  Value prepend(Value token, Value x) {
    Shape map = x.shape();
    int n = map.side(0);
    int c = map.side(-1);
    Value flat = reshape(x, n, map.size() / n);
    Value both = program.apply(new Layout.Concat(), repeat(token, Shape.of(n, c)), flat);
    return reshape(both, n, 1 + map.size() / n / c, 1, c);
  }

  /** The first position of every image. */
  Value first(Value x) {
    int n = x.shape().side(0);
    int c = x.shape().side(-1);
    Value flat = reshape(x, n, x.shape().size() / n);
    return reshape(program.apply(new Layout.Slice(0, c), flat), n, 1, 1, c);
  }

  /** One gain per channel. */
  Value scale(Value x, Value gains) {
    Shape each = Shape.of(x.shape().side(0), 1, 1, x.shape().side(-1));
    return program.apply(new Elementwise.ChannelScale(), x, repeat(gains, each));
  }

  /** Attention in windows; the table is a map [1, offsets, 1, heads]. */
  Value attend(Operator.WindowAttention op, Value x, Value table) {
    Shape map = x.shape();
    int n = map.side(0);
    int positions = map.side(1) * map.side(2);
    WindowOrder order = WindowOrder.of(op, map.side(1), map.side(2));
    int t = op.window() * op.window();
    Value rows = reshape(x, n * positions, map.side(3));
    Value windows = gather(rows, images(n, order.positions()));
    Value qkv = reshape(windows, n * order.windows(), t, map.side(3));
    Value y =
        program
            .applyAll(new Attention.Forward(op.heads(), op.headSize()), qkv, bias(op, order, table))
            .getFirst();
    int inner = op.heads() * op.headSize();
    Value back = gather(reshape(y, n * positions, inner), images(n, order.places()));
    return program.apply(new Layout.Reshape(map.withLast(inner)), back);
  }

  /** The table's values for all pairs: [patterns, heads, t, t]. */
  private Value bias(Operator.WindowAttention op, WindowOrder order, Value table) {
    int t = op.window() * op.window();
    Value rows = reshape(table, op.tableRows(), op.heads());
    Value ignored = program.apply(new Layout.Constant(Shape.of(1, op.heads()), IGNORED));
    Value pairs = gather(program.apply(new Layout.Stack(), rows, ignored), order.pairs());
    Value turned =
        program.apply(new Layout.Transpose(), reshape(pairs, order.patterns(), t * t, op.heads()));
    return reshape(turned, order.patterns(), op.heads(), t, t);
  }

  /** The same order of positions in every image. */
  private static int[] images(int n, int[] order) {
    int[] all = new int[n * order.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = i / order.length * order.length + order[i % order.length];
    }
    return all;
  }

  private Value gather(Value x, int[] rows) {
    return program.apply(new Matrix.GatherRows(rows), x);
  }

  private Value repeat(Value values, Shape shape) {
    Value zeros = program.apply(new Layout.Constant(shape, 0f));
    return program.apply(new Elementwise.AddRepeated(), zeros, values);
  }

  private Value reshape(Value x, int... sides) {
    return program.apply(new Layout.Reshape(Shape.of(sides)), x);
  }
}
