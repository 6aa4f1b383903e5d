package org.netloom.store;

/** The steps of a run, in order. */
public enum Phase {
  SEARCH,
  BASELINE,
  FINE_TUNING,
  EXPORT,
  REPORT
}
