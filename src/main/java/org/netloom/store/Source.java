package org.netloom.store;

/** Which stream of attempts a candidate belongs to. */
public enum Source {
  /** The strategy that was asked for. */
  SEARCH,
  /** Random search with the same budget, to compare with. */
  BASELINE
}
