package org.netloom.tensor.opencl;

import com.aparapi.Kernel;

/**
 * What all kernels share. Aparapi translates this class, its heirs and all they call into one
 * OpenCL program; {@code kernels/arena.cl} is what comes out.
 *
 * <p>Every pass of a launch is one step: pass i reads the block of numbers at {@code p[start + i]}.
 * The first number of a block is the {@link Op}, the next are places of tensors, sizes and places
 * of float parameters in {@code f}. A group is a square or a row of work items; no result depends
 * on how many groups there are.
 */
abstract class DeviceMemory extends Kernel {
  static final int UPLOAD = 1;
  static final int UPLOAD_SLOT = 2;
  static final int DOWNLOAD = 3;
  static final int DOWNLOAD_SLOT = 4;

  /** Arrays that tensors can be in. */
  static final int ARENAS = 4;

  /** Bits of a place that say where in its arena it is; the bits above say in which. */
  static final int PLACE_BITS = 29;

  /** All tensors, or those of the first arena. Its first value is a mark of the device's copy. */
  float[] arena = new float[1];

  /** What crosses the bus in bulk, and its little sister for single values. */
  float[] stage = new float[1];

  float[] slot = new float[1];

  /** Blocks of the steps, and their tables. */
  int[] p = new int[1];

  float[] f = new float[1];

  /** Place in {@code p} of the list of blocks. */
  int start;

  /** 0 for a program, else what crosses the bus: {@code amount} values at {@code place}. */
  int transfer;

  int amount;
  int place;

  /** 1 where neighbouring items touch neighbouring values (a GPU), 0 where each has a stretch. */
  int spread;

  @Local float[] left = new float[Tiles.LEFT];
  @Local float[] right = new float[Tiles.RIGHT];
  @Local int[] rows = new int[3 * Tiles.ROWS];
  @Local int[] inner = new int[3 * Tiles.DEPTH];

  /** The array that a place is in; {@link SeveralArenas} has more than one. */
  float[] memory(int place) {
    return arena;
  }

  /** Index of a place in its array. */
  int inside(int place) {
    return place;
  }

  /** Value i of the tensor whose place is number k of a block. */
  float operand(int q, int k, int i) {
    return memory(p[q + k])[inside(p[q + k]) + i];
  }

  /** Number of this item in its group. */
  int lane() {
    return getLocalId(1) * getLocalSize(0) + getLocalId(0);
  }

  int lanes() {
    return getLocalSize(0) * getLocalSize(1);
  }

  int group() {
    return getGroupId(0);
  }

  int groups() {
    return getNumGroups(0);
  }

  /** First of n independent values that this item computes. */
  int first(int n) {
    int result = group() * lanes() + lane();
    if (spread == 0) {
      result = stretch(n, lane() * groups() + group());
    }
    return result;
  }

  /** The end of what this item computes. */
  int end(int n) {
    int result = n;
    if (spread == 0) {
      result = stretch(n, lane() * groups() + group() + 1);
    }
    return result;
  }

  /**
   * Where the stretch of an item begins. Neighbouring stretches go to different groups, so that all
   * groups have work where there is little.
   */
  private int stretch(int n, int item) {
    int items = groups() * lanes();
    return n / items * item + min(item, n % items);
  }

  int step() {
    int result = 1;
    if (spread != 0) {
      result = groups() * lanes();
    }
    return result;
  }

  /** 1 where an item computes eight neighbouring channels at once, if there are so many. */
  int eights(int channels) {
    int result = 0;
    if (spread == 0 && channels >= 8) {
      result = 1;
    }
    return result;
  }

  /** Sum over the items of this item's row of the group, in a fixed tree. */
  float rowSum(float value) {
    int lane = lane();
    int x = getLocalId(0);
    left[lane] = value;
    localBarrier();
    for (int span = getLocalSize(0) / 2; span > 0; span = span / 2) {
      if (x < span) {
        left[lane] = left[lane] + left[lane + span];
      }
      localBarrier();
    }
    float sum = left[lane - x];
    localBarrier();
    return sum;
  }

  /** Maximum over the items of this item's row of the group. */
  float rowMax(float value) {
    int lane = lane();
    int x = getLocalId(0);
    left[lane] = value;
    localBarrier();
    for (int span = getLocalSize(0) / 2; span > 0; span = span / 2) {
      if (x < span) {
        left[lane] = max(left[lane], left[lane + span]);
      }
      localBarrier();
    }
    float most = left[lane - x];
    localBarrier();
    return most;
  }
}
