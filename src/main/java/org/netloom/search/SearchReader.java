package org.netloom.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.netloom.config.Choices;
import org.netloom.config.Section;
import org.netloom.config.Value;
import org.netloom.search.SearchSettings.Budget;
import org.netloom.search.SearchSettings.Measurement;
import org.netloom.search.SearchSettings.Strategy;
import org.netloom.search.SearchSettings.Variation;

/** The section {@code search} of a YAML file, and the way back. */
public final class SearchReader {
  private static final Map<String, Strategy> STRATEGIES = Choices.of(Strategy.class);
  private static final Map<String, Objective> OBJECTIVES = Choices.of(Objective.class);
  private static final int MANY = 1_000_000;

  /** What absent keys mean. */
  public static final SearchSettings PRESET =
      new SearchSettings(
          Strategy.EVOLUTION,
          List.of(Objective.ACCURACY, Objective.MACS),
          new Budget(20, 0, 200),
          Variation.USUAL,
          new Measurement(1000, 0),
          false,
          42);

  private SearchReader() {}

  /**
   * Reads the settings; problems are noted in the section. Without {@code evaluations}, {@code
   * generations} times {@code population} stands for it.
   */
  public static SearchSettings read(Section search) {
    Strategy strategy = search.choice("strategy", "strategy", PRESET.strategy(), STRATEGIES);
    List<Objective> objectives = objectives(search);
    Budget budget = budget(search);
    Variation variation =
        new Variation(
            search.number("crossover", PRESET.variation().crossover(), 0, 1),
            search.number("mutation", PRESET.variation().mutation(), 0, 1),
            search.integer("tournament", PRESET.variation().tournament(), 1, 1000));
    Measurement measurement =
        new Measurement(
            search.integer("images", PRESET.measurement().images(), 1, MANY),
            search.integer("timeout_seconds", PRESET.measurement().timeoutSeconds(), 0, MANY));
    return new SearchSettings(
        strategy,
        objectives,
        budget,
        variation,
        measurement,
        search.flag("baseline", PRESET.baseline()),
        search.whole("seed", PRESET.seed(), Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static List<Objective> objectives(Section search) {
    List<Objective> read =
        search.choiceList("objectives", "objective", PRESET.objectives(), OBJECTIVES);
    boolean macs = read.contains(Objective.MACS);
    List<Objective> scores = read.stream().filter(o -> o != Objective.MACS).toList();
    Optional<Value> written = search.value("objectives");
    if (scores.size() != 1) {
      written.ifPresent(
          value ->
              value.problem(
                  scores.isEmpty()
                      ? "a score is missing: cost alone is no goal."
                      : "accuracy and loss are two scores of the same thing.",
                  "accuracy; loss; accuracy, macs; loss, macs"));
      return PRESET.objectives();
    }
    return macs ? List.of(scores.getFirst(), Objective.MACS) : scores;
  }

  private static Budget budget(Section search) {
    int population = search.integer("population", PRESET.budget().population(), 2, 100_000);
    int generations = search.integer("generations", PRESET.budget().generations(), 0, MANY);
    long usual =
        generations == 0
            ? PRESET.budget().evaluations()
            : Math.min(Integer.MAX_VALUE, (long) generations * population);
    int evaluations = search.integer("evaluations", (int) usual, 1, Integer.MAX_VALUE);
    return new Budget(population, generations, evaluations);
  }

  /** The section {@code search} with every default filled in. */
  public static Map<String, Object> write(SearchSettings settings) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("strategy", settings.strategy().name().toLowerCase(Locale.ROOT));
    all.put("objectives", settings.objectives().stream().map(Objective::label).toList());
    all.put("population", settings.budget().population());
    all.put("generations", settings.budget().generations());
    all.put("evaluations", settings.budget().evaluations());
    all.put("crossover", settings.variation().crossover());
    all.put("mutation", settings.variation().mutation());
    all.put("tournament", settings.variation().tournament());
    all.put("images", settings.measurement().images());
    all.put("timeout_seconds", settings.measurement().timeoutSeconds());
    all.put("baseline", settings.baseline());
    all.put("seed", settings.seed());
    return all;
  }
}
