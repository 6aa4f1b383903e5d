package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * For any shapes and parameters the vector kernels compute what their scalar twins do, gradients
 * included, and two threads compute the bits of one. A failure names the seed that repeats it.
 */
final class OperationPropertyTest {
  private static final int SEEDS = 60;
  private static final double TOLERANCE = 1e-5;

  private static final CpuBackend SCALAR = CpuBackend.scalar();
  private static final CpuBackend ONE = CpuBackend.of(1);
  private static final CpuBackend TWO = CpuBackend.of(2);

  @AfterAll
  static void close() {
    SCALAR.close();
    ONE.close();
    TWO.close();
  }

  static Stream<Class<? extends Operation>> recorded() {
    return RandomCases.all().keySet().stream();
  }

  static Stream<Class<? extends Update>> updates() {
    return RandomCases.updates().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void vectorsComputeWhatPlainLoopsDo(Class<? extends Operation> kind) {
    for (int seed = 0; seed < SEEDS; seed++) {
      OperationCase at = make(kind, seed);
      String place = "seed (%d): %s of %s".formatted(seed, at.operation(), at.shapes());
      boolean backward = !at.differentiable().isEmpty();
      OperationCase.Result expected = at.run(SCALAR, backward);
      OperationCase.Result actual = at.run(ONE, backward);
      OperationCase.Result threaded = at.run(TWO, backward);
      agree(place + ", output", actual.outputs(), expected.outputs(), threaded.outputs());
      agree(place + ", gradient", actual.gradients(), expected.gradients(), threaded.gradients());
    }
  }

  @ParameterizedTest
  @MethodSource("updates")
  void vectorsUpdateVariablesAsPlainLoopsDo(Class<? extends Update> kind) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Update update = Objects.requireNonNull(RandomCases.updates().get(kind)).apply(random);
      int n = RandomCases.upTo(random, seed % 8 == 0 ? 100_000 : 100);
      String place = "seed (%d): %s of (%d) values, operand".formatted(seed, update, n);
      List<float[]> expected = run(update, n, seed, SCALAR);
      List<float[]> actual = run(update, n, seed, ONE);
      agree(place, actual, expected, run(update, n, seed, TWO));
    }
  }

  @Test
  void everyOperationHasItsProperty() {
    Set<Class<?>> tried = new HashSet<>(RandomCases.updates().keySet());
    for (Class<? extends Operation> kind : RandomCases.all().keySet()) {
      tried.add(kind);
      for (int seed = 0; seed < SEEDS; seed++) {
        tried.addAll(make(kind, seed).recorded());
      }
    }
    assertThat(tried).containsAll(operations(Operation.class));
  }

  private static OperationCase make(Class<? extends Operation> kind, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Objects.requireNonNull(RandomCases.all().get(kind)).apply(random);
  }

  /** The operations of a sealed interface. */
  private static List<Class<?>> operations(Class<?> type) {
    if (!type.isSealed()) {
      return List.of(type);
    }
    List<Class<?>> all = new ArrayList<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      all.addAll(operations(permitted));
    }
    return all;
  }

  private static void agree(
      String place, List<float[]> actual, List<float[]> expected, List<float[]> threaded) {
    for (int k = 0; k < expected.size(); k++) {
      if (!Arrays.equals(threaded.get(k), actual.get(k))) {
        fail("%s (%d): two threads do not compute the bits of one", place, k);
      }
      double scale = 1e-3;
      for (float v : expected.get(k)) {
        scale = Math.max(scale, Math.abs(v));
      }
      for (int i = 0; i < expected.get(k).length; i++) {
        double difference = Math.abs((double) actual.get(k)[i] - expected.get(k)[i]);
        if (!(difference <= TOLERANCE * scale)) {
          fail(
              "%s (%d), value (%d): (%s), but plain loops give (%s); the largest is (%s)",
              place, k, i, actual.get(k)[i], expected.get(k)[i], scale);
        }
      }
    }
  }

  /** Positive operands, so that they serve as second moments, rates and step counts too. */
  private static List<float[]> run(Update update, int n, int seed, CpuBackend backend) {
    int[] sizes =
        switch (update) {
          case Update.Blend u -> new int[] {n, n};
          case Update.Fill u -> new int[] {n};
          case Update.GlobalNorm u -> new int[] {1, n, 3, n};
          case Update.Adam u -> new int[] {n, n, n, n, 1, 2};
          case Update.AdamW u -> new int[] {n, n, n, n, 1, 2};
          case Update.Sgd u -> new int[] {n, n, n, 1, 1};
        };
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      variables.add(new Variable("v" + i, Shape.of(sizes[i])));
    }
    Workspace workspace = backend.workspace(variables);
    SplittableRandom random = new SplittableRandom(seed);
    for (Variable variable : variables) {
      float[] data = new float[variable.shape().size()];
      for (int i = 0; i < data.length; i++) {
        data[i] = (float) (0.1 + random.nextDouble());
      }
      workspace.write(variable, data);
    }
    Program program = new Program();
    program.applyAll(update, variables.stream().map(program::variable).toArray(Value[]::new));
    workspace.prepare(program).run();
    List<float[]> all = new ArrayList<>();
    for (Variable variable : variables) {
      float[] data = new float[variable.shape().size()];
      workspace.read(variable, data);
      all.add(data);
    }
    return all;
  }
}
