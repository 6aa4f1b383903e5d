package org.netloom.search;

import java.util.List;

/** Hears of a search as it goes on. */
@FunctionalInterface
public interface SearchListener {
  /** Hears nothing. */
  SearchListener NONE = (progress, attempts) -> {};

  /**
   * A generation is finished. Generations come in order, each once, on the thread of the search.
   *
   * @param attempts of this generation alone, in order
   */
  void generationFinished(Progress progress, List<Attempt> attempts);
}
