package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netloom.tensor.opencl.OpenClBackend;
import org.netloom.tensor.opencl.TestDevices;

/** Operands in different arenas: no result depends on where its operands are. */
class SeveralArenasTest {
  private static final int SMALL = 3000;

  /** One case of each operation, in which it has something to do. */
  static Stream<OperationCase> operations() {
    Map<Class<?>, OperationCase> cases = new LinkedHashMap<>();
    OperationCases.all()
        .filter(at -> size(at) > 100 && size(at) < SMALL)
        .forEach(at -> cases.putIfAbsent(at.operation().getClass(), at));
    return cases.values().stream();
  }

  private static int size(OperationCase at) {
    return at.operands().stream().mapToInt(x -> x.length).sum();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationIsTheSameToTheBitWhereverItsOperandsAre(OperationCase at) {
    OperationCase.Result expected = at.run(TestDevices.java(), true);
    // the shortest arenas of which four suffice: values lie in several of them
    int arenas = 0;
    for (int floats = 64; arenas == 0; floats += Math.max(32, floats / 4)) {
      try (OpenClBackend device = TestDevices.limitedJava(floats)) {
        OperationCase.Result actual = at.run(device, true);
        assertThat(actual.outputs().toArray()).isEqualTo(expected.outputs().toArray());
        assertThat(actual.gradients().toArray()).isEqualTo(expected.gradients().toArray());
        arenas = TestDevices.arenas(device);
      } catch (ShapeException tooShort) {
        assertThat(tooShort).hasMessageContaining("--backend cpu");
      }
    }
    assertThat(arenas).isGreaterThan(1);
  }
}
