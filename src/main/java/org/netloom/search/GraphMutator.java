package org.netloom.search;

import io.jenetics.AbstractAlterer;
import io.jenetics.AltererResult;
import io.jenetics.IntegerGene;
import io.jenetics.Phenotype;
import io.jenetics.util.MSeq;
import io.jenetics.util.RandomRegistry;
import io.jenetics.util.Seq;
import java.util.random.RandomGenerator;

/** Applies {@link Mutation} to each offspring with a probability. */
final class GraphMutator extends AbstractAlterer<IntegerGene, Fitness> {
  private final GenotypeCodec codec;
  private final Mutation mutation;

  GraphMutator(GenotypeCodec codec, Mutation mutation, double probability) {
    super(probability);
    this.codec = codec;
    this.mutation = mutation;
  }

  @Override
  public AltererResult<IntegerGene, Fitness> alter(
      Seq<Phenotype<IntegerGene, Fitness>> population, long generation) {
    RandomGenerator random = RandomRegistry.random();
    MSeq<Phenotype<IntegerGene, Fitness>> altered = MSeq.of(population);
    int alterations = 0;
    for (int i = 0; i < altered.size(); i++) {
      if (random.nextDouble() < probability()) {
        altered.set(
            i,
            Phenotype.of(
                codec.encode(mutation.apply(codec.genes(altered.get(i).genotype()), random)),
                generation));
        alterations++;
      }
    }
    return new AltererResult<>(altered.toISeq(), alterations);
  }
}
