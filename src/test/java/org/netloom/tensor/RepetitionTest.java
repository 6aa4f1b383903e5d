package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.tensor.cpu.CpuBackend;

/** A program without repetition computes what the recorded one does, in fewer products. */
final class RepetitionTest {
  private static final int BLOCK_OUTS = 8;
  private static final int BLOCK_INS = 6;

  private final Program program = new Program();
  private final List<Value> inputs = new ArrayList<>();

  private Value input(int... sides) {
    Value value = program.input("input " + inputs.size(), Shape.of(sides));
    inputs.add(value);
    return value;
  }

  /** A kernel [o, i, k, k] that is cut from a block of 8×6. */
  private Value kernel(int o, int i, int k) {
    int outs = Math.min(o, BLOCK_OUTS);
    int ins = Math.min(i, BLOCK_INS);
    Tile tile = new Tile(0, k * k, outs, ins, o, i, 0.5f, Shape.of(o, i, k, k));
    return cut(tile, input(k * k, outs * ins));
  }

  private Value matrix(int o, int i) {
    int outs = Math.min(o, BLOCK_OUTS);
    int ins = Math.min(i, BLOCK_INS);
    Tile tile = new Tile(0, 1, outs, ins, o, i, 0.5f, Shape.of(o, i));
    return cut(tile, input(1, outs * ins));
  }

  /** A vector [n] of period 8. */
  private Value vector(int n) {
    int period = Math.min(n, BLOCK_OUTS);
    return cut(new Tile(0, 1, period, 1, n, 1, 1f, Shape.of(n)), input(1, period));
  }

  private Value cut(Tile tile, Value block) {
    return program.applyAll(new Layout.Tiles(List.of(tile)), block).getFirst();
  }

  private Value convolution(Value x, int outputs, int kernel, int stride, int groups) {
    return convolution(x, kernel(outputs, x.shape().side(3) / groups, kernel), stride, groups);
  }

  private Value convolution(Value x, Value w, int stride, int groups) {
    Shape s = x.shape();
    int k = w.shape().side(2);
    ConvolutionGeometry geometry =
        ConvolutionGeometry.square(
            s.side(0),
            s.side(1),
            s.side(2),
            s.side(3),
            w.shape().side(0),
            k,
            stride,
            k / 2,
            1,
            groups);
    return program.apply(new Convolution.Forward(geometry), x, w);
  }

  private Value norm(Value x) {
    int channels = x.shape().side(-1);
    Operation norm = new Normalisation.BatchNorm(1e-5f);
    return program.applyAll(norm, x, vector(channels), vector(channels)).getFirst();
  }

  private Value relu(Value x) {
    return program.apply(new Elementwise.Apply(Elementwise.Function.RELU), x);
  }

  /** Runs both and compares the result and the gradients of all inputs. */
  private List<Convolution> check(Value result) {
    Repetition distinct = Repetition.of(program, Map.of());
    try (CpuBackend backend = CpuBackend.of(2)) {
      Map<Value, Value> same = new LinkedHashMap<>();
      inputs.forEach(value -> same.put(value, distinct.whole(value)));
      List<float[]> expected = new ArrayList<>();
      run(backend, program, result, inputs, expected);
      List<float[]> actual = new ArrayList<>();
      List<Plan.Step> steps =
          run(
              backend,
              distinct.program(),
              distinct.whole(result),
              List.copyOf(same.values()),
              actual);
      for (int t = 0; t < expected.size(); t++) {
        close(t, actual.get(t), expected.get(t));
      }
      List<Convolution> convolutions = new ArrayList<>();
      for (Plan.Step step : steps) {
        if (step.operation() instanceof Convolution of) {
          convolutions.add(of);
        }
      }
      return convolutions;
    }
  }

  private static List<Plan.Step> run(
      CpuBackend backend, Program of, Value result, List<Value> inputs, List<float[]> values) {
    Value seed = of.input("seed", result.shape());
    List<Value> wanted = new ArrayList<>(List.of(result));
    wanted.addAll(Gradients.record(of, result, seed, inputs));
    wanted.forEach(of::output);
    Execution execution = backend.workspace(List.of()).prepare(of);
    SplittableRandom random = new SplittableRandom(7);
    for (Value value : inputs) {
      execution.write(value, noise(value, random), 0);
    }
    execution.write(seed, noise(seed, random), 0);
    execution.run();
    for (Value value : wanted) {
      float[] data = new float[value.shape().size()];
      execution.read(value, data, 0);
      values.add(data);
    }
    return execution.plan().steps();
  }

  private static float[] noise(Value value, SplittableRandom random) {
    float[] data = new float[value.shape().size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextGaussian();
    }
    return data;
  }

  private static void close(int tensor, float[] actual, float[] expected) {
    double scale = 1e-6;
    for (float v : expected) {
      scale = Math.max(scale, Math.abs(v));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .as("tensor %d, value %d", tensor, i)
          .isCloseTo(expected[i], within(3e-6 * scale));
    }
  }

  private static long products(List<Convolution> all) {
    return all.stream()
        .map(Convolution::geometry)
        .mapToLong(g -> (long) g.n() * g.oh() * g.ow() * g.k() * g.groupInputs() * g.r() * g.s())
        .sum();
  }

  @Test
  void repeatedFiltersAreAppliedOnce() {
    Value x = input(2, 5, 4, 3);
    List<Convolution> left = check(convolution(x, 19, 3, 1, 1));
    assertThat(left).hasSize(3).allMatch(c -> c.geometry().k() == 8 && c.geometry().c() == 3);
  }

  @Test
  void copiesOfAChannelAreEqualBitByBit() {
    Value y = convolution(input(2, 5, 4, 3), 19, 3, 1, 1);
    Repetition distinct = Repetition.of(program, Map.of());
    Value whole = distinct.whole(y);
    try (CpuBackend backend = CpuBackend.of(1)) {
      List<float[]> values = new ArrayList<>();
      List<Value> all = inputs.stream().map(distinct::whole).toList();
      run(backend, distinct.program(), whole, all, values);
      List<float[]> plain = new ArrayList<>();
      run(backend, program, y, inputs, plain);
      float[] channels = values.getFirst();
      for (int i = 0; i < channels.length; i++) {
        assertThat(channels[i]).isEqualTo(channels[i / 19 * 19 + i % 19 % 8]);
      }
      close(0, channels, plain.getFirst());
    }
  }

  @Test
  void inputChannelsThatMeetTheSameWeightsAreSummedFirst() {
    List<Convolution> left = check(convolution(input(2, 8, 9, 20), 9, 5, 2, 1));
    assertThat(left).hasSize(3).allMatch(c -> c.geometry().k() == 8 && c.geometry().c() == 6);
  }

  @Test
  void inputsAreNotSummedWhereThatTakesLonger() {
    List<Convolution> left = check(convolution(input(2, 5, 4, 20), 9, 1, 1, 1));
    assertThat(left).hasSize(3).allMatch(c -> c.geometry().k() == 8 && c.geometry().c() == 20);
  }

  @Test
  void equalChannelsAreNormalisedPooledAndConvolvedOnce() {
    Value x = input(2, 6, 6, 3);
    Value y = relu(norm(convolution(x, 29, 3, 1, 1)));
    Value pooled = program.apply(new Pooling.Max(new Pooling.Window(3, 2, 1)), y);
    Value depthwise = convolution(pooled, kernel(29, 1, 3), 1, 29);
    Value z = relu(norm(convolution(depthwise, 21, 1, 1, 1)));
    List<Convolution> left = check(z);
    assertThat(left)
        .allMatch(c -> c.geometry().k() == 8)
        .allMatch(c -> c.geometry().groups() == 1 || c.geometry().groups() == 8)
        .noneMatch(c -> c.geometry().c() > 8);
  }

  @Test
  void channelsOfDifferentPeriodsStayApartWhereTheyMeet() {
    Value x = input(2, 5, 5, 3);
    Value a = norm(convolution(x, 24, 3, 1, 1));
    Tile other = new Tile(0, 1, 6, 3, 24, 3, 1f, Shape.of(24, 3, 1, 1));
    Value b = convolution(x, cut(other, input(1, 18)), 1, 1);
    Value sum = program.apply(new Elementwise.Add(), a, b);
    Value biased = program.apply(new Elementwise.AddRepeated(), sum, vector(24));
    List<Convolution> left = check(relu(convolution(biased, 12, 3, 1, 1)));
    assertThat(products(left)).isLessThan(3L * 50 * (8 * 27 + 6 * 3 + 8 * 6 * 9) + 1);
  }

  @Test
  void mapsOneAfterTheOtherKeepTheirOwnRepetitions() {
    Value x = input(2, 5, 5, 3);
    Value a = relu(norm(convolution(x, 13, 1, 1, 1)));
    Value b = convolution(x, 10, 1, 1, 1);
    Value both = program.apply(new Layout.Concat(), a, b, x);
    check(relu(norm(convolution(both, 33, 3, 1, 1))));
  }

  @Test
  void gatesMultiplyEqualChannelsOnce() {
    Value x = norm(convolution(input(2, 5, 5, 3), 20, 3, 1, 1));
    Value means = program.apply(new Pooling.Adaptive(1, 1), x);
    Value hidden =
        relu(
            program.apply(
                new Elementwise.AddRepeated(),
                program.apply(new Matrix.Product(false, true), means, matrix(10, 20)),
                vector(10)));
    Value gates = program.apply(new Matrix.Product(false, true), hidden, matrix(20, 10));
    Value y = program.apply(new Elementwise.ChannelScale(), x, gates);
    check(program.apply(new Layout.Subsample(2), y));
  }

  @Test
  void groupsThatAreEqualAreComputedOnce() {
    Value x = relu(norm(convolution(input(2, 4, 4, 3), 32, 1, 1, 1)));
    List<Convolution> left = check(convolution(x, 32, 3, 1, 8));
    assertThat(left).allMatch(c -> c.geometry().groups() <= 2);
    assertThat(left).anyMatch(c -> c.geometry().groups() == 2);
  }

  @Test
  void groupsOfUnequalChannelsAreAllComputed() {
    Value x = norm(convolution(input(2, 4, 4, 3), 24, 1, 1, 1));
    List<Convolution> left = check(convolution(x, 24, 3, 1, 2));
    assertThat(left).anyMatch(c -> c.geometry().groups() == 2 && c.geometry().k() == 24);
  }

  @Test
  void whatNeedsAllChannelsGetsThem() {
    Value x = convolution(input(2, 3, 3, 3), 24, 1, 1, 1);
    Value tokens = program.apply(new Layout.Reshape(Shape.of(2, 9, 24)), x);
    Value turned = program.apply(new Layout.Transpose(), tokens);
    Value flat = program.apply(new Layout.Reshape(Shape.of(2, 216)), turned);
    check(program.apply(new Matrix.Product(false, true), flat, matrix(10, 216)));
  }

  private Value tokens(int channels) {
    Value x = convolution(input(2, 3, 3, 3), channels, 1, 1, 1);
    return program.apply(new Layout.Reshape(Shape.of(2, 9, channels)), x);
  }

  private Value layerNorm(Value x) {
    int c = x.shape().side(-1);
    Operation norm = new Normalisation.LayerNorm(1e-5f);
    return program.applyAll(norm, x, vector(c), vector(c)).getFirst();
  }

  private static int widest(Program of, Class<? extends Operation> kind) {
    return of.applications().stream()
        .filter(at -> kind.isInstance(at.operation()))
        .mapToInt(at -> at.in(0).shape().side(-1))
        .max()
        .orElseThrow();
  }

  @Test
  void evenlyRepeatedChannelsOfATokenAreNormalisedOnce() {
    check(layerNorm(tokens(24)));
    Repetition distinct = Repetition.of(program, Map.of());
    assertThat(widest(distinct.program(), Normalisation.LayerNorm.class)).isEqualTo(8);
  }

  @Test
  void unevenlyRepeatedChannelsOfATokenCountAsOftenAsTheyAre() {
    check(layerNorm(tokens(20)));
    Repetition distinct = Repetition.of(program, Map.of());
    assertThat(widest(distinct.program(), Normalisation.LayerNorm.class)).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({"4, 4, 24", "8, 2, 24", "3, 4, 24", "2, 4, 24", "2, 16, 48", "1, 24, 72"})
  void headsThatAreEqualAttendOnce(int heads, int size, int computed) {
    Value qkv = tokens(3 * heads * size);
    Value y = program.applyAll(new Attention.Forward(heads, size), qkv).getFirst();
    check(program.apply(new Matrix.Product(false, true), y, matrix(10, heads * size)));
    Repetition distinct = Repetition.of(program, Map.of());
    assertThat(widest(distinct.program(), Attention.class)).isEqualTo(computed);
    assertThat(distinct.part(y).shape().side(-1)).isLessThanOrEqualTo(heads * size);
  }

  @Test
  void theProbabilitiesOfAllHeadsAreThere() {
    Value qkv = tokens(48);
    Value p = program.applyAll(new Attention.Forward(4, 4), qkv).get(1);
    Value rows = program.apply(new Layout.Reshape(Shape.of(2 * 4 * 9, 9)), p);
    Repetition distinct = Repetition.of(program, Map.of());
    assertThat(distinct.whole(rows).shape()).isEqualTo(rows.shape());
    assertThat(distinct.whole(p).shape()).isEqualTo(p.shape());
  }

  @Test
  void aPositionalEncodingRepeatsWithTheMapsItIsAddedTo() {
    Value x = convolution(input(2, 3, 4, 3), 18, 1, 1, 1);
    Tile tile = new Tile(0, 12, 1, 6, 1, 18, 1f, Shape.of(1, 18, 3, 4));
    Value rows = program.apply(new Layout.Reshape(Shape.of(1, 18, 12)), cut(tile, input(12, 6)));
    Value turned = program.apply(new Layout.Transpose(), rows);
    Value map = program.apply(new Layout.Reshape(Shape.of(1, 3, 4, 18)), turned);
    Value y = program.apply(new Elementwise.AddRepeated(), x, map);
    check(y);
    assertThat(Repetition.of(program, Map.of()).part(map).shape()).isEqualTo(Shape.of(1, 3, 4, 6));
  }

  @Test
  void aProgramWithoutRepetitionsStaysAsItIs() {
    Value x = input(2, 6, 6, 3);
    Value y = relu(norm(convolution(x, 8, 3, 1, 1)));
    Value depthwise = convolution(y, kernel(8, 1, 3), 1, 8);
    Value pooled = program.apply(new Pooling.Adaptive(1, 1), depthwise);
    Value rows = program.apply(new Layout.Reshape(Shape.of(2, 8)), pooled);
    program.apply(new Matrix.Product(false, true), rows, input(5, 8));
    Repetition distinct = Repetition.of(program, Map.of());
    List<Operation> expected = program.applications().stream().map(Application::operation).toList();
    List<Operation> actual =
        distinct.program().applications().stream().map(Application::operation).toList();
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void partsStandForInputsThatRepeat() {
    Value x = program.input("x", Shape.of(3, 7));
    Value w = program.input("w", Shape.of(11, 7));
    Value y = program.apply(new Matrix.Product(false, true), x, w);
    Repetition distinct = Repetition.of(program, Map.of(w, to -> to.input("part", Shape.of(4, 3))));
    assertThat(distinct.part(w).shape()).isEqualTo(Shape.of(4, 3));
    assertThat(distinct.whole(w).shape()).isEqualTo(Shape.of(11, 7));
    assertThat(distinct.part(y).shape()).isEqualTo(Shape.of(3, 4));
  }

  @Test
  void thePartOfACutTensorHasItsFirstSidesShortened() {
    Value w = kernel(20, 9, 3);
    Value v = vector(21);
    Repetition distinct = Repetition.of(program, Map.of());
    assertThat(distinct.part(w).shape()).isEqualTo(Shape.of(8, 6, 3, 3));
    assertThat(distinct.part(v).shape()).isEqualTo(Shape.of(8));
    assertThat(distinct.whole(w).shape()).isEqualTo(w.shape());
    assertThat(distinct.whole(v).shape()).isEqualTo(v.shape());
  }
}
