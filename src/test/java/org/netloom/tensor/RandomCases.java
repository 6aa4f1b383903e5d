package org.netloom.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Makes an operation with shapes and operands of any seed, for every operation that is recorded as
 * such; gradients are recorded with it.
 */
final class RandomCases {
  private static final float EPSILON = 1e-5f;

  private RandomCases() {}

  /** Makers by the operation that they make. */
  static SequencedMap<Class<? extends Operation>, Function<SplittableRandom, OperationCase>> all() {
    SequencedMap<Class<? extends Operation>, Function<SplittableRandom, OperationCase>> all =
        new LinkedHashMap<>();
    all.put(Convolution.Forward.class, RandomCases::convolution);
    all.put(Matrix.Product.class, RandomCases::product);
    all.put(Matrix.GatherRows.class, RandomCases::gatherRows);
    all.put(Matrix.ScatterRows.class, RandomCases::scatterRows);
    all.put(Normalisation.BatchNorm.class, r -> norm(r, new Normalisation.BatchNorm(EPSILON)));
    all.put(
        Normalisation.BatchNormRelu.class, r -> norm(r, new Normalisation.BatchNormRelu(EPSILON)));
    all.put(Normalisation.BatchNormMax.class, RandomCases::normMax);
    all.put(Normalisation.FixedNorm.class, RandomCases::fixedNorm);
    all.put(Normalisation.LayerNorm.class, RandomCases::layerNorm);
    all.put(Elementwise.Apply.class, RandomCases::apply);
    all.put(Elementwise.Add.class, RandomCases::add);
    all.put(
        Elementwise.Scale.class,
        r -> of(new Elementwise.Scale((float) r.nextDouble(-2, 2)), map(r, 1)));
    all.put(Elementwise.AddRepeated.class, RandomCases::addRepeated);
    all.put(Elementwise.ChannelScale.class, RandomCases::channelScale);
    all.put(
        Elementwise.Dropout.class,
        r ->
            OperationCase.of(
                "", new Elementwise.Dropout(0.4f, upTo(r, 5)), List.of(0), map(r, 1), s(1)));
    all.put(Elementwise.DropPath.class, RandomCases::dropPath);
    all.put(Pooling.Max.class, r -> pooling(r, true));
    all.put(Pooling.Average.class, r -> pooling(r, false));
    all.put(
        Pooling.Adaptive.class, r -> of(new Pooling.Adaptive(upTo(r, 7), upTo(r, 7)), map(r, 1)));
    all.put(Layout.Reshape.class, RandomCases::reshape);
    all.put(Layout.Concat.class, RandomCases::concat);
    all.put(Layout.Slice.class, RandomCases::slice);
    all.put(Layout.Subsample.class, r -> of(new Layout.Subsample(upTo(r, 4)), map(r, 1)));
    all.put(
        Layout.Transpose.class,
        r -> of(new Layout.Transpose(), s(upTo(r, 5), upTo(r, 40), upTo(r, 40))));
    all.put(Layout.Tiles.class, RandomCases::tiles);
    all.put(Layout.Constant.class, r -> of(new Layout.Constant(s(upTo(r, 40)), 0.5f)));
    all.put(Layout.SumAlong.class, RandomCases::sumAlong);
    all.put(Layout.Stack.class, RandomCases::stack);
    all.put(Attention.Forward.class, RandomCases::attention);
    all.put(Loss.CrossEntropy.class, RandomCases::loss);
    all.put(GraphSweeps.Forward.class, RandomCases::sweeps);
    return all;
  }

  /** An integer from 1 to n. */
  static int upTo(SplittableRandom r, int n) {
    return r.nextInt(1, n + 1);
  }

  private static Shape s(int... sides) {
    return Shape.of(sides);
  }

  private static OperationCase of(Operation operation, Shape... shapes) {
    return OperationCase.of("", operation, shapes);
  }

  /** Channels: few, whole vectors, or a few beside them. */
  private static int channels(SplittableRandom r) {
    return switch (r.nextInt(3)) {
      case 0 -> upTo(r, 9);
      case 1 -> 16 * upTo(r, 3);
      default -> upTo(r, 50);
    };
  }

  /** A map, often of one image or one pixel, of at least so many pixels in all. */
  private static Shape map(SplittableRandom r, int pixels) {
    while (true) {
      Shape map = s(upTo(r, 3), upTo(r, 12), upTo(r, 12), channels(r));
      if (r.nextInt(6) == 0) {
        map = s(upTo(r, 12), 1, 1, channels(r));
      }
      if (map.rows() >= pixels) {
        return map;
      }
    }
  }

  private static OperationCase convolution(SplittableRandom r) {
    while (true) {
      int kind = r.nextInt(5);
      int groups = kind < 2 ? 1 : kind == 2 ? upTo(r, 4) : channels(r);
      int inputs = kind < 2 ? channels(r) : kind == 2 ? upTo(r, 9) : 1;
      int outputs = kind < 2 ? channels(r) : kind == 2 ? upTo(r, 9) : kind == 3 ? 1 : upTo(r, 3);
      boolean plain = r.nextInt(3) == 0; // what most convolutions of networks are
      int h = upTo(r, 12);
      int w = upTo(r, 12);
      int kh = plain ? 3 : upTo(r, 7);
      int kw = plain ? 3 : upTo(r, 7);
      int strideH = plain ? 1 : upTo(r, 3);
      int strideW = plain ? 1 : upTo(r, 3);
      int dilationH = plain ? 1 : upTo(r, 2);
      int dilationW = plain ? 1 : upTo(r, 2);
      int top = r.nextInt(-1, kh * dilationH);
      int left = r.nextInt(-1, kw * dilationW);
      int oh = Math.floorDiv(h + 2 * top - dilationH * (kh - 1) - 1, strideH) + 1;
      int ow = Math.floorDiv(w + 2 * left - dilationW * (kw - 1) - 1, strideW) + 1;
      if (oh >= 1 && ow >= 1 && (long) oh * ow * kh * kw * inputs * outputs * groups < 300_000) {
        ConvolutionGeometry g =
            new ConvolutionGeometry(
                upTo(r, 3),
                h,
                w,
                groups * inputs,
                groups * outputs,
                kh,
                kw,
                strideH,
                strideW,
                top,
                left,
                dilationH,
                dilationW,
                groups,
                oh,
                ow);
        return of(new Convolution.Forward(g), g.input(), g.weight());
      }
    }
  }

  private static OperationCase product(SplittableRandom r) {
    int m = upTo(r, 60);
    int n = upTo(r, 60);
    int k = upTo(r, 300);
    boolean turned = r.nextBoolean();
    return of(new Matrix.Product(false, turned), s(m, k), turned ? s(n, k) : s(k, n));
  }

  private static OperationCase gatherRows(SplittableRandom r) {
    int rows = upTo(r, 9);
    int[] chosen = r.ints(upTo(r, 12), 0, rows).toArray();
    return of(new Matrix.GatherRows(chosen), s(rows, upTo(r, 40)));
  }

  private static OperationCase scatterRows(SplittableRandom r) {
    Shape shape = s(upTo(r, 20), upTo(r, 40));
    List<Shape> operands = new ArrayList<>();
    int count = 0;
    for (int k = upTo(r, 4); k > 0; k--) {
      Shape rows = s(upTo(r, 30), shape.side(-1));
      operands.add(rows);
      count += rows.rows();
    }
    int[] rows = r.ints(count, 0, shape.rows()).toArray();
    return OperationCase.of(
        "", new Matrix.ScatterRows(rows, shape), List.of(), operands.toArray(Shape[]::new));
  }

  /** From six rows on: of fewer, the gradient of the input is little but rounding. */
  private static OperationCase norm(SplittableRandom r, Normalisation operation) {
    Shape x = map(r, 6);
    return of(operation, x, s(x.side(3)), s(x.side(3)));
  }

  private static OperationCase normMax(SplittableRandom r) {
    while (true) {
      Shape x = map(r, 6);
      Pooling.Window window = window(r);
      if (fits(window, x)) {
        Normalisation.BatchNormMax operation = new Normalisation.BatchNormMax(EPSILON, window);
        return of(operation, x, s(x.side(3)), s(x.side(3)));
      }
    }
  }

  private static OperationCase fixedNorm(SplittableRandom r) {
    Shape x = map(r, 1);
    Shape c = s(x.side(3));
    float[] variance = new float[c.size()];
    for (int i = 0; i < variance.length; i++) {
      variance[i] = (float) r.nextDouble(0.1, 2);
    }
    return OperationCase.of("", new Normalisation.FixedNorm(EPSILON), List.of(), x, c, c, c, c)
        .with(4, variance);
  }

  private static OperationCase layerNorm(SplittableRandom r) {
    Shape c = s(r.nextInt(6, 70));
    return of(new Normalisation.LayerNorm(EPSILON), s(upTo(r, 150), c.size()), c, c);
  }

  private static OperationCase apply(SplittableRandom r) {
    Elementwise.Function[] functions = Elementwise.Function.values();
    return of(new Elementwise.Apply(functions[r.nextInt(functions.length)]), map(r, 1));
  }

  private static OperationCase add(SplittableRandom r) {
    Shape[] shapes = new Shape[upTo(r, 5)];
    Arrays.fill(shapes, map(r, 1));
    return of(new Elementwise.Add(), shapes);
  }

  private static OperationCase addRepeated(SplittableRandom r) {
    Shape x = map(r, 1);
    Shape b = r.nextBoolean() ? s(x.side(3)) : s(x.side(1), x.side(2), x.side(3));
    return of(new Elementwise.AddRepeated(), x, b);
  }

  private static OperationCase channelScale(SplittableRandom r) {
    Shape x = map(r, 1);
    return of(new Elementwise.ChannelScale(), x, s(x.side(0), 1, 1, x.side(3)));
  }

  private static OperationCase dropPath(SplittableRandom r) {
    Elementwise.DropPath operation = new Elementwise.DropPath(0.6f, upTo(r, 5));
    return OperationCase.of("", operation, List.of(0), map(r, 1), s(1), s(1))
        .with(2, (float) r.nextDouble());
  }

  private static Pooling.Window window(SplittableRandom r) {
    int kernel = r.nextBoolean() ? 3 : upTo(r, 5);
    int padding = r.nextInt(kernel / 2 + 1);
    return new Pooling.Window(kernel, upTo(r, 3), padding, r.nextBoolean());
  }

  private static boolean fits(Pooling.Window window, Shape x) {
    int side = Math.min(x.side(1), x.side(2)) + 2 * window.padding();
    return window.kernel() <= side;
  }

  private static OperationCase pooling(SplittableRandom r, boolean max) {
    while (true) {
      Shape x = map(r, 1);
      Pooling.Window window = window(r);
      if (fits(window, x)) {
        return of(max ? new Pooling.Max(window) : new Pooling.Average(window), x);
      }
    }
  }

  private static OperationCase reshape(SplittableRandom r) {
    int p = upTo(r, 9);
    int q = upTo(r, 9);
    return of(new Layout.Reshape(s(q, 2 * p)), s(2, p, q));
  }

  private static OperationCase concat(SplittableRandom r) {
    Shape x = map(r, 1);
    Shape[] shapes = new Shape[upTo(r, 4)];
    for (int i = 0; i < shapes.length; i++) {
      shapes[i] = x.withLast(r.nextInt(8) == 0 ? 300 : channels(r));
    }
    return of(new Layout.Concat(), shapes);
  }

  private static OperationCase slice(SplittableRandom r) {
    Shape x = map(r, 1);
    int from = r.nextInt(x.side(3));
    return of(new Layout.Slice(from, upTo(r, x.side(3) - from)), x);
  }

  private static OperationCase tiles(SplittableRandom r) {
    List<Tile> tiles = new ArrayList<>();
    int rows = 0;
    int columns = 0;
    for (int t = upTo(r, 3); t > 0; t--) {
      int kh = upTo(r, 3);
      int kw = upTo(r, 3);
      int o = upTo(r, 12);
      int i = upTo(r, 12);
      int outs = upTo(r, o);
      int ins = upTo(r, i);
      int row = r.nextInt(3);
      float factor = (float) r.nextDouble(-2, 2);
      tiles.add(new Tile(row, kh * kw, outs, ins, o, i, factor, s(o, i, kh, kw)));
      rows = Math.max(rows, row + kh * kw);
      columns = Math.max(columns, outs * ins);
    }
    return of(new Layout.Tiles(tiles), s(rows + r.nextInt(2), columns + r.nextInt(3)));
  }

  /** Each place of the result sums any number of places, or none, some of them several times. */
  private static OperationCase sumAlong(SplittableRandom r) {
    int from = upTo(r, 40);
    int to = upTo(r, 40);
    int[] places = new int[r.nextInt(3 * to + 1)];
    int[] targets = new int[places.length];
    int start = r.nextInt(from);
    for (int i = 0; i < places.length; i++) {
      places[i] = r.nextInt(4) > 0 ? (start + i) % from : r.nextInt(from);
      targets[i] = r.nextInt(4) > 0 ? i % to : r.nextInt(to);
    }
    int side = r.nextInt(3);
    Shape x = s(upTo(r, 20), upTo(r, 20), upTo(r, 20)).with(side, from);
    return of(new Layout.SumAlong(side, Sums.collect(from, places, targets, to)), x);
  }

  private static OperationCase stack(SplittableRandom r) {
    int last = upTo(r, 40);
    Shape[] shapes = new Shape[upTo(r, 4)];
    for (int i = 0; i < shapes.length; i++) {
      shapes[i] = s(upTo(r, 9), last);
    }
    return of(new Layout.Stack(), shapes);
  }

  private static OperationCase attention(SplittableRandom r) {
    int heads = upTo(r, 3);
    int size = upTo(r, 20);
    int tokens = upTo(r, 20);
    int patterns = upTo(r, 3);
    Shape x = s(patterns * upTo(r, 3), tokens, 3 * heads * size);
    Attention.Forward operation = new Attention.Forward(heads, size);
    return r.nextBoolean()
        ? of(operation, x)
        : of(operation, x, s(patterns, heads, tokens, tokens));
  }

  private static OperationCase loss(SplittableRandom r) {
    int images = upTo(r, 40);
    int classes = r.nextInt(2, 30);
    float[] labels = new float[images];
    for (int i = 0; i < images; i++) {
      labels[i] = r.nextInt(classes);
    }
    Loss.CrossEntropy operation = new Loss.CrossEntropy((float) r.nextDouble(0, 0.3));
    return OperationCase.of("", operation, List.of(0), s(images, classes), s(images))
        .with(1, labels);
  }

  /** Small operands: large ones make the recurrence amplify rounding. */
  private static OperationCase sweeps(SplittableRandom r) {
    int h = upTo(r, 40);
    int nodes = upTo(r, 7);
    boolean virtual = r.nextBoolean();
    List<Shape> shapes = new ArrayList<>(List.of(s(nodes, h)));
    for (int mlp = virtual ? 2 : 1; mlp > 0; mlp--) {
      int k = upTo(r, 40);
      shapes.addAll(List.of(s(k, h), s(k), s(h, k), s(h)));
    }
    shapes.addAll(List.of(s(3 * h, h), s(3 * h, h), s(3 * h), s(3 * h)));
    GraphSweeps.Forward operation = new GraphSweeps.Forward(edges(r, nodes), virtual);
    return of(operation, shapes.toArray(Shape[]::new)).scaled(0.2f);
  }

  private static GraphEdges edges(SplittableRandom r, int nodes) {
    int[][] distances = new int[nodes][nodes];
    for (int v = 1; v < nodes; v++) {
      for (int u = 0; u < v; u++) {
        distances[v][u] = r.nextInt(4);
        distances[u][v] = distances[v][u];
      }
    }
    int[][] in = compressed(distances, true);
    int[][] out = compressed(distances, false);
    return GraphEdges.of(nodes, in[0], in[1], in[2], out[0], out[1], out[2]);
  }

  /** Starts, nodes and distances of the sources, or of the targets; 0 is no edge. */
  private static int[][] compressed(int[][] distances, boolean sources) {
    int[] start = new int[distances.length + 1];
    List<Integer> nodes = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (int v = 0; v < distances.length; v++) {
      for (int u = 0; u < distances.length; u++) {
        if (distances[v][u] > 0 && (sources ? u < v : u > v)) {
          nodes.add(u);
          lengths.add(distances[v][u]);
        }
      }
      start[v + 1] = nodes.size();
    }
    return new int[][] {start, ints(nodes), ints(lengths)};
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Operations without a gradient that nothing else records. */
  static Map<Class<? extends Update>, Function<SplittableRandom, Update>> updates() {
    return Map.of(
        Update.Blend.class, r -> new Update.Blend((float) r.nextDouble(), (float) r.nextDouble()),
        Update.Fill.class, r -> new Update.Fill((float) r.nextDouble()),
        Update.GlobalNorm.class, r -> new Update.GlobalNorm(),
        Update.Adam.class, r -> new Update.Adam(0.9f, 0.99f, 1e-8f, (float) r.nextDouble(), 5f),
        Update.AdamW.class, r -> new Update.AdamW(0.9f, 0.99f, 1e-8f, (float) r.nextDouble(), 5f),
        Update.Sgd.class, r -> new Update.Sgd((float) r.nextDouble(), 1e-2f, 5f));
  }
}
