package org.netloom.search;

import io.jenetics.Alterer;
import io.jenetics.IntegerGene;
import io.jenetics.Phenotype;
import io.jenetics.engine.Engine;
import io.jenetics.engine.EvolutionStart;
import io.jenetics.util.ISeq;
import io.jenetics.util.RandomRegistry;
import io.jenetics.util.Seq;
import java.util.ArrayList;
import java.util.List;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.space.Encoding;

/**
 * Evolution with elitism: each generation as many offspring as parents are made by crossover and
 * mutation, and the best of both live on (μ + λ). With two objectives this is NSGA-II (Deb et al.
 * 2002). The first generation is the same sample that random search starts with.
 */
public final class EvolutionarySearch implements SearchStrategy {
  @Override
  public SearchResult run(SearchProblem problem, SearchListener listener)
      throws InterruptedException {
    Campaign campaign = new Campaign(problem, listener);
    Evolution evolution = new Evolution(problem, campaign);
    long seed = problem.settings().seed();
    ISeq<Phenotype<IntegerGene, Fitness>> population =
        evolution.begin(new Draws(campaign, problem).draw(Streams.of(seed, campaign.generation())));
    campaign.endGeneration();
    while (!campaign.isOver()) {
      ISeq<Phenotype<IntegerGene, Fitness>> parents = population;
      try {
        population =
            RandomRegistry.with(Streams.of(seed, campaign.generation()))
                .call(() -> evolution.step(parents));
      } catch (Interruption interruption) {
        throw interruption.original;
      }
      campaign.endGeneration();
    }
    return campaign.result();
  }

  @Override
  public String describe(SearchSettings settings) {
    return settings.multiObjective()
        ? "evolution (NSGA-II)"
        : "evolution (tournaments of %d)".formatted(settings.variation().tournament());
  }

  /** The engine of Jenetics over one campaign. */
  private static final class Evolution {
    private final SearchSettings settings;
    private final Campaign campaign;
    private final GenotypeCodec codec;
    private final Engine<IntegerGene, Fitness> engine;

    Evolution(SearchProblem problem, Campaign campaign) {
      this.settings = problem.settings();
      this.campaign = campaign;
      Encoding encoding = Encoding.of(problem.space());
      this.codec = new GenotypeCodec(encoding);
      Mutation mutation = new Mutation(encoding);
      int population = settings.budget().population();
      SearchSettings.Variation variation = settings.variation();
      this.engine =
          new Engine.Builder<IntegerGene, Fitness>(
                  this::evaluate, codec.encode(encoding.random(Streams.of(0, 0))))
              .executor(Runnable::run)
              .maximizing()
              .populationSize(2 * population)
              .survivorsSize(population)
              .offspringSize(population)
              .maximalPhenotypeAge(Long.MAX_VALUE)
              .survivorsSelector(Selectors.survivors(settings))
              .offspringSelector(Selectors.parents(settings))
              .alterers(
                  Alterer.of(
                      new GraphCrossover(codec, new Recombination(encoding), variation.crossover()),
                      new GraphMutator(codec, mutation, variation.mutation()),
                      new NoveltyMutator(codec, mutation, campaign::knows)))
              .build();
    }

    ISeq<Phenotype<IntegerGene, Fitness>> begin(List<Draws.Drawn> drawn) {
      return drawn.stream()
          .map(
              d ->
                  Phenotype.of(
                      codec.encode(d.architecture()),
                      1,
                      Fitness.of(d.result(), settings.objectives())))
          .collect(ISeq.toISeq());
    }

    ISeq<Phenotype<IntegerGene, Fitness>> step(ISeq<Phenotype<IntegerGene, Fitness>> population) {
      return engine.evolve(EvolutionStart.of(population, campaign.generation())).population();
    }

    /** Measures the phenotypes that are new; those beyond the budget are worth nothing. */
    private ISeq<Phenotype<IntegerGene, Fitness>> evaluate(
        Seq<Phenotype<IntegerGene, Fitness>> population) {
      List<DeepNetsArchitecture> proposals =
          population.stream()
              .filter(Phenotype::nonEvaluated)
              .map(p -> codec.decode(p.genotype()))
              .toList();
      List<EvaluationResult> results;
      try {
        results = campaign.attempt(proposals);
      } catch (InterruptedException e) {
        throw new Interruption(e);
      }
      List<Phenotype<IntegerGene, Fitness>> all = new ArrayList<>();
      int at = 0;
      for (Phenotype<IntegerGene, Fitness> one : population) {
        if (one.isEvaluated()) {
          all.add(one);
        } else {
          all.add(
              one.withFitness(
                  at < results.size()
                      ? Fitness.of(results.get(at), settings.objectives())
                      : Fitness.worst(settings.objectives())));
          at++;
        }
      }
      return ISeq.of(all);
    }
  }

  /** Carries an interruption through the engine, which knows no checked exceptions. */
  private static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final InterruptedException original;

    Interruption(InterruptedException original) {
      super(original);
      this.original = original;
    }
  }
}
