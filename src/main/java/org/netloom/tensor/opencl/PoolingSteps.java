package org.netloom.tensor.opencl;

import org.netloom.tensor.Plan;
import org.netloom.tensor.Pooling;
import org.netloom.tensor.Shape;

/** Pooling and its gradients. */
final class PoolingSteps {
  private static final int WINDOWS = 0;
  private static final int CELLS = 1;

  private PoolingSteps() {}

  static void write(Pooling op, Plan.Step s, Code code) {
    int x = code.at(s.in()[0]);
    int y = code.at(s.out()[0]);
    switch (op) {
      case Pooling.Max p -> maximum(code, p.window(), s.inShape(0), x, y);
      case Pooling.MaxGradient p ->
          maximumGradient(code, p.window(), s.inShape(1), x, code.at(s.in()[1]), y);
      case Pooling.Average p -> {
        Shape map = s.inShape(0);
        code.pass(Op.AVERAGE, block(p.window(), map, s.outShape(0).size(), x, y));
      }
      case Pooling.AverageGradient p ->
          code.pass(Op.AVERAGE_GRADIENT, block(p.window(), p.shape(), p.shape().size(), x, y));
      case Pooling.Adaptive p ->
          code.pass(
              Op.AVERAGE, cells(p.height(), p.width(), s.inShape(0), s.outShape(0).size(), x, y));
      case Pooling.AdaptiveGradient p ->
          code.pass(
              Op.AVERAGE_GRADIENT, cells(p.height(), p.width(), p.shape(), p.shape().size(), x, y));
    }
  }

  /** y = maxima of the map x. */
  static void maximum(Code code, Pooling.Window window, Shape map, int x, int y) {
    code.pass(Op.MAXIMUM, block(window, map, cellCount(window, map), x, y));
  }

  /** Finds the place of each window's maximum first; every value of gx then gathers its windows. */
  static void maximumGradient(Code code, Pooling.Window window, Shape map, int gy, int x, int gx) {
    int cells = cellCount(window, map);
    int places = code.temporary(cells);
    int[] where = block(window, map, cells, x, places);
    where[12] = code.temporary(cells);
    code.pass(Op.WHERE_MAXIMUM, where);
    int[] block = block(window, map, map.size(), gy, gx);
    block[12] = places;
    code.pass(Op.MAXIMUM_GRADIENT, block);
  }

  private static int cellCount(Pooling.Window w, Shape map) {
    return map.side(0) * w.output(map.side(1)) * w.output(map.side(2)) * map.side(3);
  }

  private static int[] block(Pooling.Window w, Shape map, int n, int from, int to) {
    int h = map.side(1);
    int width = map.side(2);
    return new int[] {
      n,
      from,
      to,
      h,
      width,
      map.side(3),
      w.output(h),
      w.output(width),
      w.kernel(),
      w.stride(),
      w.padding(),
      WINDOWS,
      0
    };
  }

  private static int[] cells(int height, int width, Shape map, int n, int from, int to) {
    return new int[] {
      n, from, to, map.side(1), map.side(2), map.side(3), height, width, 1, 1, 0, CELLS, 0
    };
  }
}
