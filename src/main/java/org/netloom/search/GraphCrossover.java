package org.netloom.search;

import io.jenetics.IntegerGene;
import io.jenetics.Phenotype;
import io.jenetics.Recombinator;
import io.jenetics.util.MSeq;
import io.jenetics.util.RandomRegistry;

/** Applies {@link Recombination} to pairs of offspring. */
final class GraphCrossover extends Recombinator<IntegerGene, Fitness> {
  private static final int PARENTS = 2;

  private final GenotypeCodec codec;
  private final Recombination recombination;

  GraphCrossover(GenotypeCodec codec, Recombination recombination, double probability) {
    super(probability, PARENTS);
    this.codec = codec;
    this.recombination = recombination;
  }

  @Override
  protected int recombine(
      MSeq<Phenotype<IntegerGene, Fitness>> population, int[] individuals, long generation) {
    Recombination.Children children =
        recombination.apply(
            codec.genes(population.get(individuals[0]).genotype()),
            codec.genes(population.get(individuals[1]).genotype()),
            RandomRegistry.random());
    population.set(individuals[0], Phenotype.of(codec.encode(children.first()), generation));
    population.set(individuals[1], Phenotype.of(codec.encode(children.second()), generation));
    return PARENTS;
  }
}
