package org.netloom.graph;

/**
 * The 15 node types of DeepNets-1M; {@link #ordinal()} is the row of the hypernetwork's operation
 * embedding (Knyazev et al. 2021).
 */
public enum Primitive {
  MAX_POOL,
  AVG_POOL,
  SEP_CONV,
  DIL_CONV,
  CONV,
  MSA,
  CSE,
  SUM,
  CONCAT,
  INPUT,
  BIAS,
  BN,
  LN,
  POS_ENC,
  GLOB_AVG;

  /** The name that the published data set uses, for example {@code max_pool}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
