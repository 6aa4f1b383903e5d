package org.netloom.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.netloom.RandomSeeds;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.DeepNetsArchitecture.Norm;
import org.netloom.architecture.InputShape;
import org.netloom.graph.GraphBuilder;

class EncodingTest {
  static SearchSpace everything() {
    List<CellOperation> all = List.of(CellOperation.values());
    return new SearchSpace(
        List.of(8, 16),
        List.of(2, 3, 5),
        List.of(1, 2, 4),
        all,
        List.of(CellOperation.NONE, CellOperation.MAX_POOL_3X3, CellOperation.SKIP_CONNECT),
        new SearchSpace.Stem(List.of(1, 0), List.of(3, 5), List.of(true, false)),
        List.of(1, 2),
        List.of(Norm.BATCH_NORM, Norm.NONE),
        List.of(true, false),
        SearchSpace.Concat.ANY,
        new SearchSpace.Head(List.of(1, 2), List.of(64, 128), List.of(true, false)),
        10,
        InputShape.CIFAR);
  }

  /** Small enough to list, with every value that may have no effect. */
  static SearchSpace tiny() {
    return new SearchSpace(
        List.of(8),
        List.of(3),
        List.of(1, 2),
        List.of(CellOperation.CONV_1X1, CellOperation.MSA),
        List.of(CellOperation.SKIP_CONNECT),
        new SearchSpace.Stem(List.of(0, 1), List.of(3, 5), List.of(true, false)),
        List.of(1, 2),
        List.of(Norm.BATCH_NORM),
        List.of(true, false),
        SearchSpace.Concat.ANY,
        new SearchSpace.Head(List.of(1, 2), List.of(64, 128), List.of(true, false)),
        10,
        InputShape.CIFAR);
  }

  @ParameterizedTest
  @RandomSeeds(500)
  void everyGenotypeIsAValidArchitectureAndComesBackFromItsOwnGenes(long seed) {
    Encoding encoding = Encoding.of(everything());
    DeepNetsArchitecture a = encoding.decode(encoding.random(new SplittableRandom(seed)));
    assertThat(DeepNetsRules.violation(a)).isEmpty();
    assertThat(encoding.decode(encoding.encode(a))).isEqualTo(a);
  }

  @Test
  void decodedArchitecturesCanBeBuilt() {
    Encoding encoding = Encoding.of(everything());
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 100; i++) {
      DeepNetsArchitecture a = encoding.decode(encoding.random(random));
      assertThat(GraphBuilder.build(a).classes()).as(a.canonical()).isEqualTo(10);
    }
  }

  @Test
  void sizeIsTheNumberOfArchitecturesThatTheGenesCanExpress() {
    Encoding encoding = Encoding.of(tiny());
    List<Integer> sizes = new ArrayList<>(encoding.sizes().macro());
    sizes.addAll(encoding.sizes().normal());
    sizes.addAll(encoding.sizes().reduce());
    Set<String> distinct = new HashSet<>();
    int[] genes = new int[sizes.size()];
    boolean more = true;
    while (more) {
      List<Integer> all = Arrays.stream(genes).boxed().toList();
      int macro = encoding.sizes().macro().size();
      distinct.add(
          encoding
              .decodeWithoutRepair(
                  new Genes(
                      all.subList(0, macro),
                      all.subList(macro, macro + 6),
                      all.subList(macro + 6, macro + 12)))
              .canonical());
      int at = 0;
      while (at < genes.length && ++genes[at] == sizes.get(at)) {
        genes[at++] = 0;
      }
      more = at < genes.length;
    }
    assertThat(tiny().size()).isEqualTo(BigInteger.valueOf(distinct.size()));
  }

  @Test
  void theQuickStartSpaceHoldsFarMoreThanAMillionArchitectures() {
    // Both cells: 81 with one step, 81 * 243 with two; three widths and three depths.
    BigInteger cells = BigInteger.valueOf(81).pow(2).add(BigInteger.valueOf(81L * 243).pow(2));
    assertThat(SearchSpace.quickstart(10).size()).isEqualTo(cells.multiply(BigInteger.valueOf(9)));
  }

  @Test
  void anArchitectureOfAnotherSpaceIsRefused() {
    DeepNetsArchitecture wide =
        new Sampler(everything()).sample(new SplittableRandom(1)).with(100, InputShape.CIFAR);
    assertThatThrownBy(() -> Encoding.of(everything()).encode(wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no point of this search space");
  }

  @Test
  void operationsThatCannotMakeAValidNetworkAreRefused() {
    assertThat(
            DeepNetsRules.checkOperations(List.of(CellOperation.CSE), List.of(CellOperation.MSA)))
        .hasValueSatisfying(p -> assertThat(p).contains("may be used twice"));
    List<CellOperation> pools = List.of(CellOperation.MAX_POOL_3X3, CellOperation.SKIP_CONNECT);
    assertThat(DeepNetsRules.checkOperations(pools, pools))
        .hasValueSatisfying(p -> assertThat(p).contains("nothing learnable"));
    assertThat(
            DeepNetsRules.checkOperations(
                List.of(CellOperation.CSE, CellOperation.SKIP_CONNECT), pools))
        .hasValueSatisfying(p -> assertThat(p).contains("cse needs a convolution"));
  }
}
