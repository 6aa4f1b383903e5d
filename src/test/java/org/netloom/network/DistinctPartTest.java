package org.netloom.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

class DistinctPartTest {
  private static Tensor random(int... sides) {
    SplittableRandom random = new SplittableRandom(3);
    Tensor tensor = Tensor.zeros(Shape.of(sides));
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = random.nextFloat();
    }
    return tensor;
  }

  /** Repeats a part in its first two sides. */
  private static Tensor tiled(Tensor part, int outs, int ins) {
    int inner = part.shape().size() / part.shape().side(0) / part.shape().side(1);
    Tensor whole = Tensor.zeros(part.shape().with(0, outs).with(1, ins));
    for (int o = 0; o < outs; o++) {
      for (int i = 0; i < ins; i++) {
        int from = o % part.shape().side(0) * part.shape().side(1) + i % part.shape().side(1);
        System.arraycopy(part.data(), from * inner, whole.data(), (o * ins + i) * inner, inner);
      }
    }
    return whole;
  }

  private static void found(Tensor part, int outs, int ins) {
    Tensor found = DistinctPart.of(tiled(part, outs, ins));
    assertThat(found.shape()).isEqualTo(part.shape());
    assertThat(found.data()).isEqualTo(part.data());
  }

  @Test
  void aKernelThatRepeatsIsFoundEvenWhereTheLastRepetitionIsCut() {
    found(random(4, 3, 2, 2), 8, 6);
    found(random(4, 3, 2, 2), 11, 7);
    found(random(4, 3, 3, 1), 5, 3);
    found(random(4, 3, 1, 3), 4, 5);
    found(random(6, 1), 20, 4);
    found(random(2, 5), 2, 9);
  }

  @Test
  void aVectorThatRepeatsIsFound() {
    Tensor part = random(6, 1);
    Tensor vector = new Tensor(Shape.of(15), tiled(part, 15, 1).data());
    assertThat(DistinctPart.of(vector)).satisfies(p -> assertThat(p.data()).isEqualTo(part.data()));
  }

  @Test
  void whatDoesNotRepeatIsGivenBack() {
    Tensor kernel = random(8, 4, 3, 3);
    assertThat(DistinctPart.of(kernel)).isSameAs(kernel);
    Tensor almost = tiled(random(4, 3, 2, 2), 8, 6);
    almost.data()[almost.data().length - 1] += 1;
    assertThat(DistinctPart.of(almost)).isSameAs(almost);
    Tensor none = Tensor.zeros(Shape.of());
    assertThat(DistinctPart.of(none)).isSameAs(none);
  }

  @Test
  void numbersThatOnlyCompareEqualAreNotTakenForCopies() {
    Tensor zeros = new Tensor(Shape.of(2, 1), new float[] {0f, -0f});
    assertThat(DistinctPart.of(zeros)).isSameAs(zeros);
  }
}
