package org.netloom.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenetics.Genotype;
import io.jenetics.IntegerGene;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.netloom.RandomSeeds;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.DeepNetsArchitecture.Norm;
import org.netloom.architecture.InputShape;
import org.netloom.space.ArchitectureDistance;
import org.netloom.space.DeepNetsRules;
import org.netloom.space.Encoding;
import org.netloom.space.Genes;
import org.netloom.space.SearchSpace;

class VariationTest {
  /** Every kind of decision, every rule and every gene that may be without effect. */
  private static final Encoding ALL = Encoding.of(everything());

  private static SearchSpace everything() {
    return new SearchSpace(
        List.of(8, 16),
        List.of(2, 3, 5),
        List.of(1, 2, 4),
        List.of(CellOperation.values()),
        List.of(CellOperation.NONE, CellOperation.MAX_POOL_3X3, CellOperation.CONV_3X3),
        new SearchSpace.Stem(List.of(1, 0), List.of(3, 5), List.of(true, false)),
        List.of(1, 2),
        List.of(Norm.BATCH_NORM, Norm.NONE),
        List.of(true, false),
        SearchSpace.Concat.ANY,
        new SearchSpace.Head(List.of(1, 2), List.of(64, 128), List.of(true, false)),
        10,
        InputShape.CIFAR);
  }

  /** No rule of this space ever repairs anything. */
  private static SearchSpace plain() {
    List<CellOperation> operations =
        List.of(CellOperation.CONV_1X1, CellOperation.CONV_3X3, CellOperation.SEP_CONV_3X3);
    return new SearchSpace(
        List.of(8, 12, 16),
        List.of(3, 4),
        List.of(4),
        operations,
        operations,
        new SearchSpace.Stem(List.of(0), List.of(3), List.of(true)),
        List.of(2),
        List.of(Norm.BATCH_NORM),
        List.of(true),
        SearchSpace.Concat.ALL,
        new SearchSpace.Head(List.of(1), List.of(64), List.of(true)),
        10,
        InputShape.CIFAR);
  }

  @ParameterizedTest
  @RandomSeeds(300)
  void genotypesComeBackAsTheyWere(long seed) {
    GenotypeCodec codec = new GenotypeCodec(ALL);
    Genes genes = ALL.random(new SplittableRandom(seed));
    Genotype<IntegerGene> genotype = codec.encode(genes);
    assertThat(genotype.isValid()).isTrue();
    assertThat(codec.genes(genotype)).isEqualTo(genes);
    DeepNetsArchitecture architecture = codec.decode(genotype);
    assertThat(architecture).isEqualTo(ALL.decode(genes));
    assertThat(codec.decode(codec.encode(architecture))).isEqualTo(architecture);
  }

  @ParameterizedTest
  @RandomSeeds(500)
  void aMutationGivesAnotherValidNetworkOfTheSpace(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    Genes before = ALL.random(random);
    Genes after = new Mutation(ALL).apply(before, random);
    assertThat(new GenotypeCodec(ALL).encode(after).isValid()).isTrue();
    DeepNetsArchitecture changed = ALL.decode(after);
    assertThat(changed).isNotEqualTo(ALL.decode(before));
    assertThat(DeepNetsRules.violation(changed)).isEmpty();
    assertThat(decisionsChanged(before, after)).isEqualTo(1);
  }

  /** A rewired edge may take along the place of its step's operations: that is one decision. */
  private static int decisionsChanged(Genes a, Genes b) {
    int changed = 0;
    for (int i = 0; i < a.macro().size(); i++) {
      changed += a.macro().get(i).equals(b.macro().get(i)) ? 0 : 1;
    }
    for (Cell cell : Cell.values()) {
      for (int at = 0; at < cell.of(a).size(); at += Encoding.STEP_GENES) {
        List<Integer> one = cell.of(a).subList(at, at + Encoding.STEP_GENES);
        List<Integer> other = cell.of(b).subList(at, at + Encoding.STEP_GENES);
        changed += one.equals(other) ? 0 : 1;
      }
    }
    return changed;
  }

  @ParameterizedTest
  @RandomSeeds(300)
  void aRewiredEdgeKeepsItsOperationAndLeavesTheOtherEdgeAlone(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    Encoding encoding = Encoding.of(plain());
    Genes before = encoding.random(random);
    Genes after = new Mutation(encoding).apply(before, random);
    if (before.macro().equals(after.macro())) {
      DeepNetsArchitecture a = encoding.decode(before);
      DeepNetsArchitecture b = encoding.decode(after);
      // 11 decisions about the whole network and 8 edges in each cell
      assertThat(ArchitectureDistance.between(a, b) * (11 + 16)).isEqualTo(1.0);
      assertThat(operations(a, b)).isLessThanOrEqualTo(1);
    }
  }

  /** Operations that occur in one network more often than in the other, halved. */
  private static int operations(DeepNetsArchitecture a, DeepNetsArchitecture b) {
    int differing = 0;
    for (CellOperation op : CellOperation.values()) {
      differing += Math.abs(count(a, op) - count(b, op));
    }
    return differing / 2;
  }

  private static int count(DeepNetsArchitecture a, CellOperation op) {
    return (int)
        (a.genotype().normal().stream().filter(e -> e.operation() == op).count()
            + a.genotype().reduce().stream().filter(e -> e.operation() == op).count());
  }

  @Test
  void everyDecisionWithAnEffectIsChangedEquallyOften() {
    Encoding encoding = Encoding.of(plain());
    Mutation mutation = new Mutation(encoding);
    RandomGenerator random = new SplittableRandom(3);
    int macros = 0;
    int connections = 0;
    int trials = 3000;
    for (int i = 0; i < trials; i++) {
      Genes before = encoding.random(random);
      Genes after = mutation.apply(before, random);
      if (!before.macro().equals(after.macro())) {
        macros++;
      } else if (operations(encoding.decode(before), encoding.decode(after)) == 0) {
        connections++;
      }
    }
    // Two macro genes, twelve edges with a choice of states, sixteen operations; the margins are
    // four standard deviations.
    assertThat(macros).isBetween(145, 255);
    assertThat(connections).isBetween(1093, 1307);
  }

  @ParameterizedTest
  @RandomSeeds(500)
  void everyGeneOfAChildComesFromTheSamePlaceOfAParent(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    Genes a = ALL.random(random);
    Genes b = ALL.random(random);
    Recombination.Children children = new Recombination(ALL).apply(a, b, random);
    List<Integer> first = flat(children.first());
    List<Integer> second = flat(children.second());
    boolean exchanged = false;
    for (int i = 0; i < first.size(); i++) {
      int left = flat(a).get(i);
      int right = flat(b).get(i);
      boolean kept = first.get(i) == left && second.get(i) == right;
      boolean swapped = first.get(i) == right && second.get(i) == left;
      assertThat(kept || swapped).isTrue();
      exchanged |= !kept;
    }
    assertThat(exchanged).isTrue();
    assertThat(ALL.decode(children.first())).isNotIn(ALL.decode(a), ALL.decode(b));
    assertThat(DeepNetsRules.violation(ALL.decode(children.second()))).isEmpty();
  }

  @Test
  void parentsWithoutAnythingToExchangeStayAsTheyAre() {
    Genes genes = ALL.random(new SplittableRandom(1));
    Recombination.Children children =
        new Recombination(ALL).apply(genes, genes, new SplittableRandom(2));
    assertThat(children).isEqualTo(new Recombination.Children(genes, genes));
  }

  private static List<Integer> flat(Genes genes) {
    List<Integer> all = new ArrayList<>(genes.macro());
    all.addAll(genes.normal());
    all.addAll(genes.reduce());
    return all;
  }
}
