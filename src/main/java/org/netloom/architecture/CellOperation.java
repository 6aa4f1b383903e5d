package org.netloom.architecture;

import java.util.Arrays;
import java.util.Optional;

/** The 15 operations of a DeepNets-1M cell, in the generator's order (Knyazev et al. 2021). */
public enum CellOperation {
  NONE("none"),
  MAX_POOL_3X3("max_pool_3x3"),
  AVG_POOL_3X3("avg_pool_3x3"),
  SKIP_CONNECT("skip_connect"),
  SEP_CONV_3X3("sep_conv_3x3"),
  SEP_CONV_5X5("sep_conv_5x5"),
  DIL_CONV_3X3("dil_conv_3x3"),
  DIL_CONV_5X5("dil_conv_5x5"),
  CONV_1X1("conv_1x1"),
  CONV_7X1_1X7("conv_7x1_1x7"),
  CONV_3X3("conv_3x3"),
  CONV_5X5("conv_5x5"),
  CONV_7X7("conv_7x7"),
  MSA("msa"),
  CSE("cse");

  private final String label;

  CellOperation(String label) {
    this.label = label;
  }

  /** The name in files, for example {@code sep_conv_3x3}. */
  public String label() {
    return label;
  }

  /** Side of the largest kernel of the operation's convolutions; 1 where there is none. */
  public int kernel() {
    return switch (this) {
      case SEP_CONV_3X3, DIL_CONV_3X3, CONV_3X3 -> 3;
      case SEP_CONV_5X5, DIL_CONV_5X5, CONV_5X5 -> 5;
      case CONV_7X1_1X7, CONV_7X7 -> 7;
      case NONE, MAX_POOL_3X3, AVG_POOL_3X3, SKIP_CONNECT, CONV_1X1, MSA, CSE -> 1;
    };
  }

  /** The operation of that name. */
  public static Optional<CellOperation> of(String label) {
    return Arrays.stream(values()).filter(op -> op.label.equals(label)).findFirst();
  }
}
