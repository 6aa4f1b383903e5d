package org.netloom.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.data.ChosenImages;
import org.netloom.data.Dataset;
import org.netloom.graph.ComputationalGraph;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;

/**
 * Chooses the first learning rate on training images alone, as the published few-shot protocol does
 * with 200 of 1000 images: a fifth of each class's training images is held out, the network is
 * trained on the others once from each rate, and the rate whose last epoch classifies most held-out
 * images wins; of equal ones that with the smaller loss, then the first.
 */
public final class RateTuning {
  /** One image in so many is held out. */
  private static final int PARTS = 5;

  private final Backend backend;
  private final ComputationalGraph graph;
  private final Parameters initial;
  private final Dataset data;
  private final TrainingSettings settings;
  private final List<Float> rates;

  /**
   * A choice to be made.
   *
   * @param data its training images are split, its others not looked at
   * @param settings with any first rate
   * @param rates those tried, in this order
   * @throws InputException if there are too few images
   */
  public RateTuning(
      Backend backend,
      ComputationalGraph graph,
      Parameters initial,
      Dataset data,
      TrainingSettings settings,
      List<Float> rates) {
    if (rates.isEmpty()) {
      throw new InputException("There is no learning rate to try.");
    }
    this.backend = backend;
    this.graph = graph;
    this.initial = initial;
    this.data = ChosenImages.holdOut(data, PARTS);
    this.settings = settings;
    this.rates = List.copyOf(rates);
  }

  /** What became of one rate; {@code last} is empty where training diverged. */
  public record Trial(float rate, Optional<Epoch> last) {}

  /** All that the choice follows from. */
  public RunIdentity identity() {
    SequencedMap<String, String> facts =
        new LinkedHashMap<>(
            RunIdentity.of(backend, graph, initial, data, settings.withRate(rate(rates.getFirst())))
                .facts());
    facts.put(
        "learning_rate", rates.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    return new RunIdentity(facts);
  }

  /**
   * Trains once from each rate.
   *
   * @param checkpoint gives each rate's checkpoint file; null for none
   * @param listener gives each training its listener: the rate and its number from 1
   * @throws InterruptedException if the thread was interrupted; checkpoints stay
   */
  public List<Trial> run(
      @Nullable BiFunction<Float, Integer, Path> checkpoint,
      BiFunction<Float, Integer, FineTuner.Listener> listener)
      throws InterruptedException {
    List<Trial> trials = new ArrayList<>();
    for (float rate : rates) {
      int number = trials.size() + 1;
      FineTuner.Outcome outcome =
          FineTuner.tune(
              backend,
              graph,
              initial,
              data,
              settings.withRate(rate(rate)),
              listener.apply(rate, number),
              checkpoint == null ? null : checkpoint.apply(rate, number));
      trials.add(
          new Trial(
              rate,
              outcome instanceof FineTuner.Tuned tuned
                  ? Optional.of(tuned.curve().getLast())
                  : Optional.empty()));
    }
    return trials;
  }

  private LearningRate rate(float first) {
    return settings.rate().from(first);
  }

  /** The winner; empty if every training diverged. */
  public static Optional<Trial> best(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.last().isPresent())
        .min(
            Comparator.comparingDouble(
                    (Trial trial) -> -trial.last().orElseThrow().validationAccuracy())
                .thenComparingDouble(trial -> trial.last().orElseThrow().validationLoss()));
  }
}
