package org.netloom.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every differentiable operation over odd sizes, strides, paddings, dilations and groups. */
final class OperationCases {
  /** 3×3 of stride 1 with whole vectors of channels and enough tiles for minimal filtering. */
  private static final int[][] FILTERED = {
    {4, 9, 7, 32, 48, 3, 3, 1, 1, 1, 1, 1, 1, 1, 9, 7},
    {2, 14, 12, 16, 64, 3, 3, 1, 1, 0, 0, 1, 1, 1, 12, 10},
    {3, 12, 12, 48, 32, 3, 3, 1, 1, 2, 2, 1, 1, 1, 14, 14},
    {2, 13, 15, 32, 16, 3, 3, 1, 1, 2, 0, 1, 1, 1, 14, 13},
    {3, 14, 14, 32, 32, 3, 3, 1, 1, -1, -1, 1, 1, 1, 10, 10},
    {16, 3, 4, 112, 144, 3, 3, 1, 1, 1, 1, 1, 1, 1, 3, 4},
    {1, 64, 6, 32, 32, 3, 3, 1, 1, 1, 1, 1, 1, 1, 64, 6},
  };

  /** Depthwise of stride 1 with whole vectors of channels. */
  private static final int[][] SLIDING = {
    {2, 9, 7, 16, 16, 3, 3, 1, 1, 1, 1, 1, 1, 16, 9, 7},
    {2, 9, 7, 32, 32, 5, 5, 1, 1, 2, 2, 1, 1, 32, 9, 7},
    {2, 9, 8, 48, 48, 3, 3, 1, 1, 2, 2, 2, 2, 48, 9, 8},
    {2, 9, 11, 16, 16, 5, 5, 1, 1, 4, 4, 2, 2, 16, 9, 11},
    {2, 6, 5, 16, 16, 5, 5, 1, 1, 6, 6, 3, 3, 16, 6, 5},
    {3, 1, 1, 16, 16, 3, 3, 1, 1, 1, 1, 1, 1, 16, 1, 1},
    {3, 2, 1, 16, 16, 5, 5, 1, 1, 2, 2, 1, 1, 16, 2, 1},
    {3, 1, 2, 32, 32, 3, 3, 1, 1, 3, 3, 3, 3, 32, 1, 2},
    {2, 7, 9, 16, 16, 3, 3, 1, 1, 0, 0, 1, 1, 16, 5, 7},
    {2, 7, 9, 16, 16, 3, 3, 1, 1, -1, -1, 1, 1, 16, 3, 5},
    {2, 5, 6, 16, 16, 5, 5, 1, 1, 6, 5, 1, 1, 16, 13, 12},
    {2, 8, 6, 16, 16, 3, 3, 1, 1, 1, 2, 1, 2, 16, 8, 6},
    {2, 4, 6, 16, 16, 5, 5, 1, 1, 8, 6, 4, 3, 16, 4, 6},
  };

  private OperationCases() {}

  static Stream<OperationCase> all() {
    List<OperationCase> cases = new ArrayList<>();
    convolutions(cases);
    for (Elementwise.Function f : Elementwise.Function.values()) {
      cases.add(OperationCase.of("apply " + f, new Elementwise.Apply(f), Shape.of(3, 7)));
    }
    cases.add(OperationCase.of("x·Wᵀ", new Matrix.Product(false, true), s(5, 7), s(19, 7)));
    cases.add(OperationCase.of("A·B", new Matrix.Product(false, false), s(9, 33), s(33, 17)));
    products(cases);
    cases.add(OperationCase.of("gather rows", new Matrix.GatherRows(new int[] {2, 0, 2}), s(4, 5)));
    cases.add(
        OperationCase.of(
            "scatter rows",
            new Matrix.ScatterRows(new int[] {0, 1, 2, 3, 3, 1, 1, 0}, s(5, 19)),
            List.of(),
            s(4, 19),
            s(1, 19),
            s(3, 19)));
    cases.add(
        OperationCase.of(
            "batch norm", new Normalisation.BatchNorm(1e-5f), s(3, 5, 2, 7), s(7), s(7)));
    cases.add(
        OperationCase.of(
            "batch norm over blocks",
            new Normalisation.BatchNorm(1e-5f),
            s(9, 33, 17, 11),
            s(11),
            s(11)));
    cases.add(
        OperationCase.of("layer norm", new Normalisation.LayerNorm(1e-5f), s(6, 9), s(9), s(9)));
    cases.add(OperationCase.of("add", new Elementwise.Add(), s(3, 4), s(3, 4), s(3, 4)));
    cases.add(OperationCase.of("scale", new Elementwise.Scale(-1.5f), s(3, 4)));
    cases.add(OperationCase.of("bias", new Elementwise.AddRepeated(), s(3, 2, 5), s(5)));
    cases.add(OperationCase.of("position", new Elementwise.AddRepeated(), s(3, 2, 5), s(2, 5)));
    cases.add(
        OperationCase.of("channel scale", new Elementwise.ChannelScale(), s(2, 3, 3, 5), s(2, 5)));
    cases.add(
        OperationCase.of("dropout", new Elementwise.Dropout(0.5f, 0), List.of(0), s(4, 9), s(1)));
    cases.add(
        OperationCase.of(
            "another dropout", new Elementwise.Dropout(0.5f, 2), List.of(0), s(4, 9), s(1)));
    cases.add(
        OperationCase.of(
                "drop path",
                new Elementwise.DropPath(0.8f, 3),
                List.of(0),
                s(9, 2, 3, 5),
                s(1),
                s(1))
            .with(2, 0.6f));
    for (Shape map : List.of(s(2, 5, 3, 1), s(3, 4, 5, 3), s(9, 7, 5, 12), s(70, 1, 1, 17))) {
      norms(cases, map);
    }
    for (Shape map : List.of(s(2, 5, 3, 1), s(3, 7, 5, 12), s(2, 4, 4, 17))) {
      elementwise(cases, map);
    }
    pooling(cases);
    cases.add(OperationCase.of("reshape", new Layout.Reshape(s(6, 2)), s(3, 4)));
    cases.add(OperationCase.of("concat", new Layout.Concat(), s(2, 3, 4), s(2, 3, 1), s(2, 3, 5)));
    cases.add(OperationCase.of("slice", new Layout.Slice(2, 3), s(4, 7)));
    cases.add(OperationCase.of("subsample", new Layout.Subsample(2), s(2, 5, 4, 3)));
    cases.add(OperationCase.of("transpose", new Layout.Transpose(), s(2, 3, 4)));
    cases.add(OperationCase.of("stack", new Layout.Stack(), s(2, 3), s(4, 3)));
    Sums fold = Sums.collect(7, new int[] {0, 1, 2, 3, 4, 6}, new int[] {0, 1, 2, 0, 1, 0}, 4);
    cases.add(OperationCase.of("sums of channels", new Layout.SumAlong(2, fold), s(3, 5, 7)));
    cases.add(OperationCase.of("sums of a middle side", new Layout.SumAlong(1, fold), s(3, 7, 5)));
    Sums copies = Sums.select(33, IntStream.range(0, 90).map(i -> i % 33).toArray());
    cases.add(OperationCase.of("copied channels", new Layout.SumAlong(1, copies), s(6, 33)));
    cases.add(OperationCase.of("copied rows", new Layout.SumAlong(0, copies), s(33, 2)));
    Tile kernels = new Tile(1, 2, 2, 3, 5, 7, 0.5f, s(5, 7, 1, 2));
    cases.add(OperationCase.of("tiles", new Layout.Tiles(List.of(kernels)), s(4, 8)));
    Tile cut = new Tile(0, 9, 6, 4, 4, 4, 2f, s(4, 4, 3, 3));
    cases.add(OperationCase.of("tiles below the block", new Layout.Tiles(List.of(cut)), s(9, 25)));
    cases.add(OperationCase.of("attention", new Attention.Forward(2, 3), s(2, 5, 18)));
    cases.add(OperationCase.of("attention", new Attention.Forward(3, 17), s(2, 37, 153)));
    cases.add(
        OperationCase.of(
            "attention with a bias", new Attention.Forward(2, 3), s(6, 5, 18), s(3, 2, 5, 5)));
    cases.add(
        OperationCase.of(
            "attention with one bias", new Attention.Forward(3, 9), s(2, 19, 81), s(1, 3, 19, 19)));
    cases.add(
        OperationCase.of("cross-entropy", new Loss.CrossEntropy(0.1f), List.of(0), s(4, 5), s(4))
            .with(1, 0, 4, 2, 2));
    sweeps("", GraphEdges.union(List.of(PATH, POINT)), 6, 3)
        .forEach(at -> cases.add(at.scaled(0.3f)));
    return cases.stream();
  }

  /**
   * Cases that finite differences cannot check: maps with many equal values, whose maxima have no
   * derivative, sweeps that meet a ReLU's kink, and maps so large that two threads share the work
   * of every kernel.
   */
  static Stream<OperationCase> vectorsOnly() {
    List<OperationCase> cases = new ArrayList<>();
    for (int c : new int[] {1, 5, 8, 12, 16}) {
      for (int stride = 1; stride <= 3; stride++) {
        Pooling.Window window = new Pooling.Window(3, stride, 1);
        OperationCase plain =
            OperationCase.of("max with ties " + window, new Pooling.Max(window), s(3, 6, 5, c));
        float[] rounded = plain.operands().getFirst().clone();
        for (int i = 0; i < rounded.length; i++) {
          rounded[i] = Math.max(0, Math.round(rounded[i]));
        }
        cases.add(plain.with(0, rounded));
      }
    }
    // small operands: large ones make the recurrence amplify rounding
    GraphEdges batch = GraphEdges.union(GRAPHS);
    sweeps(" of many states", batch, 17, 21).forEach(at -> cases.add(at.scaled(0.3f)));
    String direct = "sweeps over a batch without virtual edges of many states";
    cases.add(sweeps(direct, batch, false, 17, 17).scaled(0.3f));
    elementwise(cases, s(65, 9, 28, 17));
    Sums halves = Sums.select(17, 3, 4, 5, 0, 0, 16, 3, 4, 5, 6, 7);
    cases.add(
        OperationCase.of("chosen channels", new Layout.SumAlong(3, halves), s(65, 9, 28, 17)));
    norms(cases, s(65, 9, 28, 17));
    convolutions(cases, FILTERED);
    convolutions(cases, SLIDING);
    return cases.stream();
  }

  private static Shape s(int... sides) {
    return Shape.of(sides);
  }

  /** Thin, tall, odd and blocked products; the last ones are shared by two threads. */
  private static void products(List<OperationCase> cases) {
    int[][] sides = {
      {1, 1, 1},
      {1, 3, 5},
      {2, 33, 7},
      {3, 8, 17},
      {4, 70, 12},
      {5, 12, 9},
      {7, 5, 33},
      {33, 7, 8},
      {12, 17, 1},
      {1, 40, 300},
      {2, 600, 64},
      {9, 24, 270},
      {130, 70, 17},
      {150, 530, 40}
    };
    for (int[] q : sides) {
      String name = "%d×%d×%d".formatted(q[0], q[1], q[2]);
      cases.add(
          OperationCase.of(
              "A·B " + name, new Matrix.Product(false, false), s(q[0], q[2]), s(q[2], q[1])));
      cases.add(
          OperationCase.of(
              "A·Bᵀ " + name, new Matrix.Product(false, true), s(q[0], q[2]), s(q[1], q[2])));
    }
  }

  private static void convolutions(List<OperationCase> cases) {
    int[][] rows = {
      // n, h, w, c, k, r, s, strideH, strideW, top, left, dilationH, dilationW, groups, oh, ow
      {2, 5, 7, 3, 5, 3, 3, 1, 1, 1, 1, 1, 1, 1, 5, 7},
      {2, 5, 7, 3, 5, 3, 3, 2, 2, 1, 1, 1, 1, 1, 3, 4},
      {1, 6, 6, 17, 19, 5, 5, 1, 1, 4, 4, 2, 2, 1, 6, 6},
      {2, 4, 5, 9, 33, 1, 1, 1, 1, 0, 0, 1, 1, 1, 4, 5},
      {2, 5, 5, 4, 3, 1, 1, 2, 2, 0, 0, 1, 1, 1, 3, 3},
      {2, 5, 5, 4, 3, 1, 1, 2, 2, -1, -1, 1, 1, 1, 3, 3},
      {2, 6, 5, 4, 6, 1, 7, 1, 2, 0, 3, 1, 1, 1, 6, 3},
      {2, 6, 5, 4, 6, 7, 1, 2, 1, 3, 0, 1, 1, 1, 3, 5},
      {2, 5, 6, 7, 7, 3, 3, 1, 1, 1, 1, 1, 1, 7, 5, 6},
      {2, 7, 6, 16, 16, 5, 5, 2, 2, 4, 4, 2, 2, 16, 4, 3},
      {2, 5, 5, 6, 9, 3, 3, 1, 1, 1, 1, 1, 1, 3, 5, 5},
      // depthwise
      {2, 4, 5, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 3, 4, 5},
      {2, 5, 9, 12, 12, 5, 5, 1, 1, 2, 2, 1, 1, 12, 5, 9},
      {2, 7, 6, 17, 17, 3, 3, 2, 2, 1, 1, 1, 1, 17, 4, 3},
      {2, 6, 6, 8, 8, 3, 3, 1, 1, 2, 2, 2, 2, 8, 6, 6},
      {2, 6, 6, 5, 5, 1, 7, 1, 1, 0, 3, 1, 1, 5, 6, 6},
      {2, 5, 5, 4, 4, 1, 1, 2, 2, -1, -1, 1, 1, 4, 3, 3},
      {1, 9, 11, 40, 40, 3, 3, 2, 3, 2, 1, 2, 1, 40, 5, 4},
      {2, 5, 4, 33, 33, 5, 3, 1, 1, 2, 2, 1, 2, 33, 5, 4},
      // dense and grouped
      {1, 1, 1, 1, 1, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1},
      {3, 5, 3, 1, 8, 3, 3, 1, 1, 1, 1, 1, 1, 1, 5, 3},
      {2, 4, 4, 8, 12, 3, 3, 1, 1, 2, 2, 2, 2, 1, 4, 4},
      {2, 7, 7, 5, 7, 5, 5, 3, 2, 2, 2, 1, 1, 1, 3, 4},
      {2, 8, 8, 12, 17, 3, 3, 2, 2, 1, 1, 1, 1, 1, 4, 4},
      {1, 9, 9, 33, 5, 3, 3, 1, 1, 0, 0, 1, 1, 1, 7, 7},
      {2, 3, 4, 7, 33, 3, 3, 1, 1, 1, 1, 1, 1, 1, 3, 4},
      {2, 9, 7, 3, 12, 4, 4, 4, 4, 0, 0, 1, 1, 1, 2, 1},
      {1, 3, 3, 2, 3, 2, 2, 5, 5, 0, 0, 1, 1, 1, 1, 1},
      {2, 6, 6, 3, 4, 3, 3, 2, 1, 2, 1, 3, 1, 1, 2, 6},
      {1, 40, 20, 5, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 40, 20},
      {2, 4, 4, 300, 8, 1, 1, 1, 1, 0, 0, 1, 1, 1, 4, 4},
      {2, 3, 3, 100, 9, 3, 3, 1, 1, 1, 1, 1, 1, 1, 3, 3},
      {2, 6, 6, 16, 32, 3, 3, 2, 2, 1, 1, 1, 1, 4, 3, 3},
      {2, 5, 5, 12, 24, 1, 1, 1, 1, 0, 0, 1, 1, 3, 5, 5},
      {2, 5, 6, 3, 6, 3, 3, 1, 1, 1, 1, 1, 1, 3, 5, 6},
      // large enough that two threads share the work
      {5, 9, 8, 13, 18, 3, 3, 1, 1, 1, 1, 1, 1, 1, 9, 8},
      {5, 16, 16, 16, 16, 3, 3, 1, 1, 1, 1, 1, 1, 16, 16, 16},
    };
    convolutions(cases, rows);
  }

  private static void convolutions(List<OperationCase> cases, int[][] rows) {
    for (int[] q : rows) {
      ConvolutionGeometry g =
          new ConvolutionGeometry(
              q[0], q[1], q[2], q[3], q[4], q[5], q[6], q[7], q[8], q[9], q[10], q[11], q[12],
              q[13], q[14], q[15]);
      cases.add(
          OperationCase.of("convolution " + g, new Convolution.Forward(g), g.input(), g.weight()));
    }
  }

  private static void elementwise(List<OperationCase> cases, Shape x) {
    Shape channels = s(x.side(3));
    Shape gates = s(x.side(0), 1, 1, x.side(3));
    cases.add(OperationCase.of("relu " + x, new Elementwise.Apply(Elementwise.Function.RELU), x));
    cases.add(OperationCase.of("add four " + x, new Elementwise.Add(), x, x, x, x));
    cases.add(OperationCase.of("bias " + x, new Elementwise.AddRepeated(), x, channels));
    int c = x.side(3);
    cases.add(OperationCase.of("concat " + x, new Layout.Concat(), x, x.withLast(c + 1), x));
    cases.add(OperationCase.of("slice " + x, new Layout.Slice(c / 3, c - c / 3), x));
    cases.add(OperationCase.of("subsample " + x, new Layout.Subsample(2), x));
    cases.add(OperationCase.of("channel scale " + x, new Elementwise.ChannelScale(), x, gates));
  }

  private static void norms(List<OperationCase> cases, Shape x) {
    Shape c = s(x.side(3));
    cases.add(OperationCase.of("batch norm " + x, new Normalisation.BatchNorm(1e-5f), x, c, c));
    cases.add(
        awayFromZero(
            OperationCase.of(
                "rectified norm " + x, new Normalisation.BatchNormRelu(1e-5f), x, c, c)));
    if (x.side(1) > 1) {
      for (int stride = 1; stride <= 2; stride++) {
        Pooling.Window window = new Pooling.Window(3, stride, 1);
        Normalisation.BatchNormMax max = new Normalisation.BatchNormMax(1e-5f, window);
        cases.add(OperationCase.of("maximum of norm %s %s".formatted(window, x), max, x, c, c));
      }
    }
    cases.add(OperationCase.of("layer norm " + x, new Normalisation.LayerNorm(1e-5f), x, c, c));
  }

  /**
   * Values around ±1, gains around 1 and offsets around 0: no step of a difference meets a kink.
   */
  private static OperationCase awayFromZero(OperationCase at) {
    float[] x = at.operands().get(0).clone();
    float[] gain = at.operands().get(1).clone();
    float[] offset = at.operands().get(2).clone();
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.signum(x[i]) + 0.1f * x[i];
    }
    for (int j = 0; j < gain.length; j++) {
      gain[j] = 1 + 0.1f * gain[j];
      offset[j] = 0.05f * offset[j];
    }
    return at.with(0, x).with(1, gain).with(2, offset);
  }

  private static void pooling(List<OperationCase> cases) {
    for (Pooling.Window window :
        new Pooling.Window[] {
          new Pooling.Window(3, 1, 1),
          new Pooling.Window(3, 2, 1),
          new Pooling.Window(2, 2, 0),
          new Pooling.Window(5, 3, 0),
          new Pooling.Window(3, 2, 0, true)
        }) {
      cases.add(OperationCase.of("max " + window, new Pooling.Max(window), s(2, 7, 6, 5)));
      cases.add(OperationCase.of("average " + window, new Pooling.Average(window), s(2, 7, 6, 5)));
    }
    for (int c : new int[] {1, 3, 7, 8, 12, 17}) {
      for (int[] side : new int[][] {{3, 3}, {4, 5}}) {
        Shape map = s(3, side[0], side[1], c);
        for (int stride = 1; stride <= 2; stride++) {
          Pooling.Window window = new Pooling.Window(3, stride, 1);
          cases.add(OperationCase.of("max " + window + " of " + map, new Pooling.Max(window), map));
          cases.add(
              OperationCase.of(
                  "average " + window + " of " + map, new Pooling.Average(window), map));
        }
        cases.add(OperationCase.of("global of " + map, new Pooling.Adaptive(1, 1), map));
      }
    }
    cases.add(OperationCase.of("global", new Pooling.Adaptive(1, 1), s(2, 3, 5, 4)));
    cases.add(OperationCase.of("adaptive", new Pooling.Adaptive(3, 7), s(2, 5, 4, 3)));
    cases.add(OperationCase.of("adaptive", new Pooling.Adaptive(3, 7), s(2, 5, 4, 12)));
  }

  /** A diamond with a tail: 0→1, 0→2, 1→3, 2→3, 3→4, and all longer distances. */
  private static final GraphEdges DIAMOND =
      GraphEdges.of(
          5,
          new int[] {0, 0, 1, 2, 5, 9},
          new int[] {0, 0, 0, 1, 2, 0, 1, 2, 3},
          new int[] {1, 1, 2, 1, 1, 3, 2, 2, 1},
          new int[] {0, 4, 6, 8, 9, 9},
          new int[] {1, 2, 3, 4, 3, 4, 3, 4, 4},
          new int[] {1, 1, 2, 3, 1, 2, 1, 2, 1});

  private static final GraphEdges PATH =
      GraphEdges.of(
          3,
          new int[] {0, 0, 1, 3},
          new int[] {0, 0, 1},
          new int[] {1, 2, 1},
          new int[] {0, 2, 3, 3},
          new int[] {1, 2, 2},
          new int[] {1, 2, 1});

  private static final GraphEdges POINT =
      GraphEdges.of(1, new int[2], new int[0], new int[0], new int[2], new int[0], new int[0]);

  /** Graphs of different depths side by side, one of them alone in its level. */
  static final List<GraphEdges> GRAPHS = List.of(DIAMOND, POINT, PATH, DIAMOND, PATH);

  /**
   * Sweeps over {@code h} states with MLPs of {@code k} hidden units, over one graph and over
   * several, and without virtual edges.
   */
  private static List<OperationCase> sweeps(String name, GraphEdges batch, int h, int k) {
    return List.of(
        sweeps("sweeps with virtual edges" + name, DIAMOND, true, h, k),
        sweeps("sweeps over a batch" + name, batch, true, h, k),
        sweeps("sweeps without virtual edges" + name, DIAMOND, false, h, h));
  }

  private static OperationCase sweeps(
      String name, GraphEdges edges, boolean virtual, int h, int k) {
    return OperationCase.of(
        name,
        new GraphSweeps.Forward(edges, virtual),
        sweepOperands(edges.nodes(), virtual, h, k).toArray(Shape[]::new));
  }

  /** Shapes of the operands of sweeps over {@code n} nodes. */
  static List<Shape> sweepOperands(int n, boolean virtual, int h, int k) {
    List<Shape> shapes = new ArrayList<>(List.of(s(n, h)));
    for (int mlp = 0; mlp < (virtual ? 2 : 1); mlp++) {
      shapes.addAll(List.of(s(k, h), s(k), s(h, k), s(h)));
    }
    shapes.addAll(List.of(s(3 * h, h), s(3 * h, h), s(3 * h), s(3 * h)));
    return shapes;
  }
}
