package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netloom.tensor.cpu.CpuBackend;

/** The oracle is the definition of {@link Tile}, written out. */
class TileTest {
  private static final Shape BLOCK = Shape.of(12, 70);

  /** Two tensors that share rows, one that repeats both sides in part, one vector. */
  private static final List<Tile> TILES =
      List.of(
          new Tile(0, 9, 8, 8, 40, 24, 0.5f, Shape.of(40, 24, 3, 3)),
          new Tile(2, 9, 8, 8, 16, 8, 2f, Shape.of(16, 8, 3, 3)),
          new Tile(11, 1, 7, 10, 360, 223, -1f, Shape.of(360, 223)),
          new Tile(3, 1, 64, 1, 150, 1, 1f, Shape.of(150)));

  static Stream<CpuBackend> backends() {
    return Stream.of(CpuBackend.scalar(), CpuBackend.of(1), CpuBackend.of(3));
  }

  private final float[] block = random(BLOCK.size(), 1);

  @ParameterizedTest
  @MethodSource("backends")
  void cutsTensorsThatTheProgramReadsOn(CpuBackend backend) {
    Program program = new Program();
    Value x = program.input("block", BLOCK);
    List<Value> cut = program.applyAll(new Layout.Tiles(TILES), x);
    cut.forEach(program::output);
    cut.forEach(v -> program.apply(new Elementwise.Apply(Elementwise.Function.RELU), v));
    check(backend, program, x, cut);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void tensorsThatOnlyTheHostReadsTakeNoMemory(CpuBackend backend) {
    Program program = new Program();
    Value x = program.input("block", BLOCK);
    List<Value> cut = program.applyAll(new Layout.Tiles(TILES), x);
    cut.forEach(program::output);
    Plan plan = check(backend, program, x, cut);
    assertThat(plan.floats()).isLessThan(2L * BLOCK.size());
  }

  private Plan check(CpuBackend backend, Program program, Value x, List<Value> cut) {
    Execution execution = backend.workspace(List.of()).prepare(program);
    execution.write(x, block, 0);
    execution.run();
    for (int t = 0; t < cut.size(); t++) {
      float[] read = new float[cut.get(t).shape().size() + 3];
      execution.read(cut.get(t), read, 3);
      float[] expected = new float[read.length];
      int tile = t;
      each(TILES.get(t), (at, from) -> expected[3 + at] = TILES.get(tile).factor() * block[from]);
      assertThat(read).isEqualTo(expected);
    }
    return execution.plan();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void addsTheGradientsOfAllThatWasCut(CpuBackend backend) {
    Program program = new Program();
    Value x = program.input("block", BLOCK);
    List<Value> cut = program.applyAll(new Layout.Tiles(TILES), x);
    List<Value> flat = new ArrayList<>();
    for (int t : new int[] {0, 1, 2}) {
      int size = TILES.get(t).shape().size();
      flat.add(program.apply(new Layout.Reshape(Shape.of(1, size)), cut.get(t)));
    }
    Value all = program.apply(new Layout.Concat(), flat.toArray(Value[]::new));
    Value seed = program.input("seed", all.shape());
    Value gradient = Gradients.record(program, all, seed, List.of(x)).getFirst();
    program.output(gradient);
    Execution execution = backend.workspace(List.of()).prepare(program);
    float[] g = random(all.shape().size(), 2);
    execution.write(seed, g, 0);
    execution.run();
    float[] read = new float[BLOCK.size()];
    execution.read(gradient, read, 0);
    double[] expected = new double[read.length];
    int base = 0;
    for (Tile tile : TILES.subList(0, 3)) {
      int from = base;
      each(tile, (at, to) -> expected[to] += (double) tile.factor() * g[from + at]);
      base += tile.shape().size();
    }
    for (int i = 0; i < read.length; i++) {
      assertThat((double) read[i]).isCloseTo(expected[i], offset(2e-4));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void refusesRowsThatTheBlockDoesNotHave(CpuBackend backend) {
    Program program = new Program();
    Value x = program.input("block", Shape.of(4, 8));
    Tile beyond = new Tile(3, 2, 2, 3, 5, 7, 1f, Shape.of(5, 7, 1, 2));
    assertThatThrownBy(() -> program.applyAll(new Layout.Tiles(List.of(beyond)), x))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("rows 3.. of 2x3 do not make (5x7x1x2)");
  }

  private interface Pair {
    void at(int tensor, int block);
  }

  private static void each(Tile t, Pair pair) {
    for (int o = 0, at = 0; o < t.o(); o++) {
      for (int i = 0; i < t.i(); i++) {
        for (int p = 0; p < t.positions(); p++, at++) {
          int column = o % t.outs() * t.ins() + i % t.ins();
          pair.at(at, (t.row() + p) * BLOCK.side(1) + column);
        }
      }
    }
  }

  private static float[] random(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] data = new float[size];
    for (int i = 0; i < size; i++) {
      data[i] = (float) random.nextGaussian();
    }
    return data;
  }
}
