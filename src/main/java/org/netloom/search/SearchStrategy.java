package org.netloom.search;

/** A way to spend the budget of a search. */
@FunctionalInterface
public interface SearchStrategy {
  /**
   * Searches until the budget is spent or nothing new is found any more. The same problem gives the
   * same result, whatever the evaluator's threads; a search that runs again with recorded results
   * goes the same way.
   *
   * @throws InterruptedException if the thread was interrupted; finished generations have been told
   *     to the listener
   */
  SearchResult run(SearchProblem problem, SearchListener listener) throws InterruptedException;
}
