package org.netloom.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.config.YamlWriter;
import org.netloom.data.Dataset;
import org.netloom.deepnets.NetworkSet;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.GhnOrigin;
import org.netloom.ghn.GhnTraining;
import org.netloom.ghn.GhnTrainingReader;
import org.netloom.ghn.SampledNetworks;
import org.netloom.ghn.TrainingNetworks;
import org.netloom.ghn.TrainingRun;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.Constraint;
import org.netloom.space.Sampler;
import org.netloom.space.SpaceReader;
import org.netloom.tensor.Backend;

/** Trains the hypernetwork of a configuration in a folder of its own. */
public final class GhnTrainings {
  private GhnTrainings() {}

  /** What a hypernetwork learns in this configuration, for its file. */
  public static GhnOrigin origin(RunConfig config, Dataset data, GhnTraining training) {
    return new GhnOrigin(
        config.data(),
        data.sha256(),
        data.classes(),
        config.space().input(),
        YamlWriter.write(
            set(training).map(GhnTrainings::describe).orElse(SpaceReader.write(config.space()))),
        training.steps(),
        training.seed());
  }

  /** The training as a run that can be interrupted and goes on. */
  public static TrainingRun run(RunConfig config, Dataset data, GhnTraining training, Path folder) {
    String identity =
        config.effectiveTraining(training)
            + set(training).map(set -> YamlWriter.write(describe(set))).orElse("");
    return new TrainingRun(folder, training, origin(config, data, training), identity);
  }

  private static Optional<NetworkSet> set(GhnTraining training) {
    if (training.networks().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          NetworkSet.open(training.networks().substring(GhnTrainingReader.SPLIT.length())));
    } catch (InputException e) {
      throw new InputException("ghn.train.networks: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> describe(NetworkSet set) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("split", set.split().label());
    facts.put("seed", set.seed());
    facts.put("networks", set.size());
    return facts;
  }

  private static TrainingNetworks networks(RunConfig config, Dataset data, GhnTraining training) {
    InputShape input = config.space().input();
    return set(training)
        .<TrainingNetworks>map(
            set ->
                new SplitNetworks(
                    set, training.metaBatch(), data.classes(), input, training.seed()))
        .orElseGet(() -> new SampledNetworks(training, sampler(config)));
  }

  /** Trains to the end; {@link TrainingRun#run}. */
  public static Ghn train(
      RunConfig config,
      Dataset data,
      GhnTraining training,
      Path folder,
      Backend backend,
      TrainingRun.Listener listener)
      throws InterruptedException {
    return run(config, data, training, folder)
        .run(backend, networks(config, data, training), data, listener);
  }

  /**
   * Seconds that a training will take here, from a few of its steps: the median of those behind the
   * first ones, which warm up, times the number of steps.
   */
  public static double estimateSeconds(
      RunConfig config, Dataset data, GhnTraining training, Backend backend)
      throws InterruptedException {
    TrainingNetworks networks = networks(config, data, training.withoutCurriculum());
    return TrainingRun.secondsPerStep(training, networks, data, backend) * training.steps();
  }

  /** Draws architectures of the space that keep the constraints. */
  public static Sampler sampler(RunConfig config) {
    List<Constraint> constraints = config.constraints();
    return constraints.isEmpty()
        ? new Sampler(config.space())
        : new Sampler(config.space()).where(a -> keeps(constraints, a));
  }

  private static boolean keeps(List<Constraint> constraints, DeepNetsArchitecture architecture) {
    ComputationalGraph graph = GraphBuilder.build(architecture);
    Cost cost = Cost.of(graph);
    return constraints.stream().allMatch(c -> c.check(graph, cost).isEmpty());
  }
}
