package org.netloom.tensor.opencl;

/** Numbers of the kernels, as the first number of a block says them. */
final class Op {
  static final int FILL = 0;
  static final int APPLY = 1;
  static final int APPLY_GRADIENT = 2;
  static final int ADD = 3;
  static final int SCALE = 4;
  static final int ADD_REPEATED = 5;
  static final int CHANNEL_SCALE = 6;
  static final int DROPOUT = 7;
  static final int DROP_PATH = 8;
  static final int BLEND = 9;
  static final int GATHER = 10;
  static final int SCATTER = 11;
  static final int TILE = 12;
  static final int TILE_GRADIENT = 13;
  static final int GATHER_ROWS = 14;
  static final int SCATTER_ROWS = 15;
  static final int SUM_ALONG = 16;
  static final int MAXIMUM = 17;
  static final int WHERE_MAXIMUM = 18;
  static final int MAXIMUM_GRADIENT = 19;
  static final int AVERAGE = 20;
  static final int AVERAGE_GRADIENT = 21;
  static final int COLUMNS = 22;
  static final int COMBINE = 23;
  static final int NORMALISE = 24;
  static final int NORMALISE_GRADIENT = 25;
  static final int LAYER_NORM = 26;
  static final int LAYER_NORM_GRADIENT = 27;
  static final int TOTAL = 28;
  static final int CROSS_ENTROPY = 29;
  static final int CROSS_ENTROPY_GRADIENT = 30;
  static final int IMAGE_DOTS = 31;
  static final int PRODUCT = 32;
  static final int PACK = 33;
  static final int SUM_SLICES = 34;
  static final int DEPTHWISE = 35;
  static final int DEPTHWISE_INPUT_GRADIENT = 36;
  static final int DEPTHWISE_WEIGHT_GRADIENT = 37;
  static final int SOFTMAX = 38;
  static final int SOFTMAX_GRADIENT = 39;
  static final int SWEEPS = 40;
  static final int SWEEPS_GRADIENT = 41;
  static final int SQUARES = 42;
  static final int ROOT = 43;
  static final int ADAM = 44;
  static final int SGD = 45;

  private Op() {}
}
