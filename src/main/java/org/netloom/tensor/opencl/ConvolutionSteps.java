package org.netloom.tensor.opencl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.netloom.tensor.Convolution;
import org.netloom.tensor.ConvolutionGeometry;
import org.netloom.tensor.Plan;

/**
 * Convolutions as products without im2col: a position of the map and a tap of the filter give an
 * offset each, and the kernel adds them.
 */
final class ConvolutionSteps {
  private ConvolutionSteps() {}

  static void write(Convolution op, Plan.Step s, Code code) {
    ConvolutionGeometry g = op.geometry();
    int one = code.at(s.in()[0]);
    int two = code.at(s.in()[1]);
    int out = code.at(s.out()[0]);
    if (g.depthwise()) {
      DepthwiseSteps.write(op, code, one, two, out);
      return;
    }
    switch (op) {
      case Convolution.Forward f -> forward(g, code, one, two, out);
      case Convolution.InputGradient f -> inputGradient(g, code, one, two, out);
      case Convolution.WeightGradient f -> weightGradient(g, code, one, two, out);
    }
  }

  /** A tap of a filter, and where it reads relative to a position. */
  record Tap(int number, int y, int x) {}

  static List<Tap> taps(ConvolutionGeometry g) {
    List<Tap> taps = new ArrayList<>();
    for (int u = 0; u < g.r(); u++) {
      for (int v = 0; v < g.s(); v++) {
        taps.add(new Tap(u * g.s() + v, u * g.dilationH(), v * g.dilationW()));
      }
    }
    return taps;
  }

  /** Side of the pairs (tap, channel) over a map of the given width and channels. */
  private static int tapSide(Code code, List<Tap> taps, int channels, int width, int all) {
    int[] table = new int[3 * taps.size() * channels];
    int at = 0;
    for (Tap tap : taps) {
      for (int q = 0; q < channels; q++) {
        table[at++] = (tap.y * width + tap.x) * all + q;
        table[at++] = tap.y;
        table[at++] = tap.x;
      }
    }
    return code.table(2, code.table(table));
  }

  /**
   * The pairs (tap, channel) that are neighbours in memory: of taps in neighbouring columns, or of
   * one tap where there are groups, whose channels are a part of all.
   */
  static Products.Run run(ConvolutionGeometry g, List<Tap> taps, int channels) {
    int row = 0;
    while (row < taps.size() && taps.get(row).y == taps.getFirst().y) {
      row++;
    }
    boolean neighbours = g.groups() == 1;
    for (int i = 0; i < taps.size(); i++) {
      Tap first = taps.get(i / row * row);
      neighbours &= taps.get(i).y == first.y && taps.get(i).x == first.x + i % row;
    }
    return neighbours && row > 1
        ? new Products.Run(row * channels, 1, 1, channels)
        : new Products.Run(channels, 1, 0, 1);
  }

  /** Side of the output positions over the input map. */
  private static int positions(Code code, ConvolutionGeometry g) {
    return code.table(
        1, g.oh(), g.ow(), g.h(), g.w(), g.c(), g.strideH(), -g.top(), g.strideW(), -g.left());
  }

  /** Weights in the order of a product's right factor, as a temporary value; its place. */
  private static int pack(
      Code code, ConvolutionGeometry g, List<Tap> taps, int w, boolean backward) {
    int terms = taps.size() * (backward ? g.groupOutputs() : g.groupInputs());
    int columns = backward ? g.groupInputs() : g.groupOutputs();
    int size = g.groups() * terms * columns;
    int packed = code.temporary(size);
    if (size > 0) {
      code.pass(
          Op.PACK,
          size,
          w,
          packed,
          terms,
          columns,
          g.groupOutputs(),
          g.groupInputs(),
          g.r() * g.s(),
          code.table(taps.stream().mapToInt(Tap::number).toArray()),
          backward ? 1 : 0);
    }
    return packed;
  }

  private static void forward(ConvolutionGeometry g, Code code, int x, int w, int y) {
    int rows = g.n() * g.oh() * g.ow();
    int go = g.groupOutputs();
    if (g.pointwise()) {
      Products.Left left = Products.Left.matrix(code, x, g.c(), 1, g.c());
      Products.Right right = Products.Right.transposed(code, w, go, g.c());
      Products.product(code, rows, go, g.c(), 1, left, right, y, 0, go);
      return;
    }
    List<Tap> taps = taps(g);
    int k = taps.size() * g.groupInputs();
    int packed = pack(code, g, taps, w, false);
    int terms = tapSide(code, taps, g.groupInputs(), g.w(), g.c());
    Products.Left left =
        new Products.Left(
            x,
            g.groupInputs(),
            positions(code, g),
            terms,
            g.h(),
            g.w(),
            run(g, taps, g.groupInputs()),
            false);
    Products.Right right = new Products.Right(packed, k * go, go);
    if (g.groups() == 1) {
      Products.product(code, rows, go, k, 1, left, right, y, 0, go);
    } else {
      int out = Products.linear(code, g.k());
      Products.pass(code, rows, go, k, g.groups(), 1, left, right, out, y, go, 0);
    }
  }

  /** Inputs of one remainder modulo the strides meet the same taps: one product for each. */
  private static void inputGradient(ConvolutionGeometry g, Code code, int gy, int w, int gx) {
    if (g.pointwise()) {
      int rows = g.n() * g.h() * g.w();
      Products.Left left = Products.Left.matrix(code, gy, g.k(), 1, g.k());
      Products.Right right = new Products.Right(w, 0, g.c());
      Products.product(code, rows, g.c(), g.k(), 1, left, right, gx, 0, g.c());
      return;
    }
    for (int py = 0; py < Math.min(g.strideH(), g.h()); py++) {
      for (int px = 0; px < Math.min(g.strideW(), g.w()); px++) {
        phase(g, code, gy, w, gx, py, px);
      }
    }
  }

  private static void phase(
      ConvolutionGeometry g, Code code, int gy, int w, int gx, int py, int px) {
    List<Tap> taps = new ArrayList<>();
    for (Tap tap : taps(g)) {
      int y = py + g.top() - tap.y;
      int x = px + g.left() - tap.x;
      if (Math.floorMod(y, g.strideH()) == 0 && Math.floorMod(x, g.strideW()) == 0) {
        taps.add(new Tap(tap.number, Math.floorDiv(y, g.strideH()), Math.floorDiv(x, g.strideW())));
      }
    }
    taps.sort(Comparator.comparingInt(Tap::y).thenComparingInt(Tap::x));
    int down = Math.ceilDiv(g.h() - py, g.strideH());
    int across = Math.ceilDiv(g.w() - px, g.strideW());
    int gi = g.groupInputs();
    int k = taps.size() * g.groupOutputs();
    int packed = pack(code, g, taps, w, true);
    int rows = code.table(1, down, across, g.oh(), g.ow(), g.k(), 1, 0, 1, 0);
    int terms = tapSide(code, taps, g.groupOutputs(), g.ow(), g.k());
    int out = code.table(1, down, across, g.h(), g.w(), g.c(), g.strideH(), py, g.strideW(), px);
    Products.Left left =
        new Products.Left(
            gy,
            g.groupOutputs(),
            rows,
            terms,
            g.oh(),
            g.ow(),
            run(g, taps, g.groupOutputs()),
            false);
    Products.Right right = new Products.Right(packed, k * gi, gi);
    Products.pass(code, g.n() * down * across, gi, k, g.groups(), 1, left, right, out, gx, gi, 0);
  }

  private static void weightGradient(ConvolutionGeometry g, Code code, int gy, int x, int gw) {
    int positions = g.n() * g.oh() * g.ow();
    int gi = g.groupInputs();
    int go = g.groupOutputs();
    if (g.pointwise()) {
      Products.Left left = Products.Left.matrix(code, gy, 1, g.k(), positions);
      Products.Right right = new Products.Right(x, 0, g.c());
      Products.product(code, go, gi, positions, 1, left, right, gw, 0, gi);
      return;
    }
    List<Tap> taps = taps(g);
    int m = taps.size() * gi;
    int rows = tapSide(code, taps, gi, g.w(), g.c());
    Products.Left left =
        new Products.Left(
            x,
            gi,
            rows,
            positions(code, g),
            g.h(),
            g.w(),
            new Products.Run(g.ow(), g.strideW() * g.c(), g.strideW(), 1),
            true);
    Products.Right right = new Products.Right(gy, go, g.k());
    int slices = Products.slices(m, go, positions, g.groups());
    int partial = Products.partial(code, m, go, positions, g.groups(), slices, left, right);
    code.pass(
        Op.SUM_SLICES,
        g.k() * m,
        partial,
        gw,
        slices,
        m * go,
        go,
        gi,
        taps.size(),
        slices * m * go,
        1,
        go,
        gi * go);
  }
}
