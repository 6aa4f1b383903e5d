package org.netloom.search;

/** A way to spend the budget of a search. */
public sealed interface SearchStrategy permits EvolutionarySearch, RandomSearch {
  /**
   * Searches until the budget is spent or nothing new is found any more. The same problem gives the
   * same result, whatever the evaluator's threads; a search that runs again with recorded results
   * goes the same way. If nothing valid was found the result says so: {@link
   * SearchResult#foundAny}.
   *
   * @throws InterruptedException if the thread was interrupted; finished generations have been told
   *     to the listener
   */
  SearchResult run(SearchProblem problem, SearchListener listener) throws InterruptedException;

  /** For example {@code evolution (NSGA-II)}. */
  String describe(SearchSettings settings);

  /** The strategy that the settings name. */
  static SearchStrategy of(SearchSettings settings) {
    return switch (settings.strategy()) {
      case EVOLUTION -> new EvolutionarySearch();
      case RANDOM -> new RandomSearch();
    };
  }
}
