package org.netloom.search;

import io.jenetics.Alterer;
import io.jenetics.AltererResult;
import io.jenetics.IntegerGene;
import io.jenetics.Phenotype;
import io.jenetics.util.MSeq;
import io.jenetics.util.RandomRegistry;
import io.jenetics.util.Seq;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.space.Genes;

/**
 * Keeps a search exploring: offspring that were proposed before, or that equal another one of their
 * generation, are mutated again, a bounded number of times.
 */
final class NoveltyMutator implements Alterer<IntegerGene, Fitness> {
  private static final int MOST_TRIES = 20;

  private final GenotypeCodec codec;
  private final Mutation mutation;
  private final Predicate<DeepNetsArchitecture> known;

  NoveltyMutator(GenotypeCodec codec, Mutation mutation, Predicate<DeepNetsArchitecture> known) {
    this.codec = codec;
    this.mutation = mutation;
    this.known = known;
  }

  @Override
  public AltererResult<IntegerGene, Fitness> alter(
      Seq<Phenotype<IntegerGene, Fitness>> population, long generation) {
    RandomGenerator random = RandomRegistry.random();
    MSeq<Phenotype<IntegerGene, Fitness>> altered = MSeq.of(population);
    Set<DeepNetsArchitecture> proposed = new HashSet<>();
    int alterations = 0;
    for (int i = 0; i < altered.size(); i++) {
      Genes genes = codec.genes(altered.get(i).genotype());
      int tries = 0;
      while (isOld(genes, proposed) && tries < MOST_TRIES) {
        genes = mutation.apply(genes, random);
        tries++;
      }
      proposed.add(codec.decode(genes));
      if (tries > 0) {
        altered.set(i, Phenotype.of(codec.encode(genes), generation));
        alterations++;
      }
    }
    return new AltererResult<>(altered.toISeq(), alterations);
  }

  private boolean isOld(Genes genes, Set<DeepNetsArchitecture> proposed) {
    DeepNetsArchitecture architecture = codec.decode(genes);
    return known.test(architecture) || proposed.contains(architecture);
  }
}
