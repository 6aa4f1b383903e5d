package org.netloom.search;

import io.jenetics.Chromosome;
import io.jenetics.Genotype;
import io.jenetics.IntegerChromosome;
import io.jenetics.IntegerGene;
import java.util.ArrayList;
import java.util.List;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.space.Encoding;
import org.netloom.space.Genes;

/**
 * Genes of a space as a genotype of Jenetics and back: one chromosome with one integer gene for
 * each decision, since each has its own number of values; first the macro genes, then the normal
 * cell's, then the reduction cell's. Every genotype decodes to a valid architecture.
 */
final class GenotypeCodec {
  private final Encoding encoding;
  private final List<Integer> sizes;
  private final int macro;
  private final int cell;

  GenotypeCodec(Encoding encoding) {
    this.encoding = encoding;
    this.sizes = flat(encoding.sizes());
    this.macro = encoding.sizes().macro().size();
    this.cell = encoding.sizes().normal().size();
  }

  /** The genes as a genotype. */
  Genotype<IntegerGene> encode(Genes genes) {
    List<Integer> values = flat(genes);
    List<Chromosome<IntegerGene>> chromosomes = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      chromosomes.add(
          IntegerChromosome.of(IntegerGene.of(values.get(i).intValue(), 0, sizes.get(i))));
    }
    return Genotype.of(chromosomes);
  }

  /** The genes of an architecture as a genotype. */
  Genotype<IntegerGene> encode(DeepNetsArchitecture architecture) {
    return encode(encoding.encode(architecture));
  }

  /** The genotype's genes. */
  Genes genes(Genotype<IntegerGene> genotype) {
    List<Integer> values = genotype.stream().map(c -> c.gene().allele()).toList();
    return new Genes(
        values.subList(0, macro),
        values.subList(macro, macro + cell),
        values.subList(macro + cell, values.size()));
  }

  /** The architecture that the genes stand for. */
  DeepNetsArchitecture decode(Genes genes) {
    return encoding.decode(genes);
  }

  /** The architecture that the genotype stands for. */
  DeepNetsArchitecture decode(Genotype<IntegerGene> genotype) {
    return encoding.decode(genes(genotype));
  }

  private static List<Integer> flat(Genes genes) {
    List<Integer> all = new ArrayList<>(genes.macro());
    all.addAll(genes.normal());
    all.addAll(genes.reduce());
    return all;
  }
}
