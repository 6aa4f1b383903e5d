package org.netloom.network;

/** Which statistics batch norm uses. */
public enum BatchNormMode {
  /** Mean and biased variance of the current batch: training, and predicted parameters. */
  BATCH,
  /** The recorded running statistics: inference of trained networks. */
  RUNNING
}
