package org.netloom.tensor.opencl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.netloom.tensor.Pieces;
import org.netloom.tensor.Value;

/**
 * What the device reads to run a plan: one block of numbers for each pass, their tables, and float
 * parameters. Offsets of the plan are relative to a region of the arena; those in here are not.
 */
final class Code {
  private static final int OPERATION = 0;

  private final Extent extent;
  private final Pieces pieces;
  private final long above;
  private int[] ints = new int[256];
  private int size;
  private float[] floats = new float[32];
  private int floatCount;
  private int[] passes = new int[64];
  private int passCount;
  private final List<Integer> firstPasses = new ArrayList<>();
  private final List<Seed> seeds = new ArrayList<>();
  private long used;
  private long most;

  /** Where the bits of a seed stand. */
  private record Seed(Value value, int place) {}

  /**
   * An empty program.
   *
   * @param extent the region
   * @param pieces borders that no value lies across
   * @param above floats of the region that the plan uses; temporary values lie behind them
   */
  Code(Extent extent, Pieces pieces, long above) {
    this.extent = extent;
    this.pieces = pieces;
    this.above = above;
  }

  /** Place of an offset of the plan. */
  int at(int offset) {
    return extent.at(offset);
  }

  /** Appends a pass; the place of its block. */
  int pass(int operation, int... block) {
    if (passCount == passes.length) {
      passes = Arrays.copyOf(passes, 2 * passCount);
    }
    int place = reserve(1 + block.length);
    passes[passCount++] = place;
    ints[place + OPERATION] = operation;
    System.arraycopy(block, 0, ints, place + 1, block.length);
    return place;
  }

  /** Appends a table of integers; its place. */
  int table(int... values) {
    int place = reserve(values.length);
    System.arraycopy(values, 0, ints, place, values.length);
    return place;
  }

  private int reserve(int count) {
    if (size + count > ints.length) {
      ints = Arrays.copyOf(ints, Math.max(2 * ints.length, size + count));
    }
    int place = size;
    size += count;
    return place;
  }

  /** Appends float parameters; their place. */
  int number(float... values) {
    if (floatCount + values.length > floats.length) {
      floats = Arrays.copyOf(floats, 2 * floats.length + values.length);
    }
    System.arraycopy(values, 0, floats, floatCount, values.length);
    floatCount += values.length;
    return floatCount - values.length;
  }

  /** Room for values that live until the end of the operation; its place. */
  int temporary(long count) {
    return extent.at(room(count));
  }

  /** Room like {@link #temporary}; its offset. */
  long room(long count) {
    long offset = pieces.fit(above + used, count);
    used = offset - above + Math.ceilDiv(count, 16L) * 16;
    most = Math.max(most, used);
    return offset;
  }

  /** The next temporary values of so many floats are in one piece; its number. */
  long together(long count) {
    long offset = pieces.fit(above + used, count);
    used = offset - above;
    return piece(offset);
  }

  /** Number of the piece that an offset is in. */
  long piece(long offset) {
    return offset / pieces.floats();
  }

  /** The next operation begins: temporary values of the last one are gone. */
  void nextOperation() {
    used = 0;
    firstPasses.add(passCount);
  }

  /** First pass of an operation by its index. */
  int firstPass(int operation) {
    return firstPasses.get(operation);
  }

  /** Remembers where the bits of a dropout's seed stand. */
  void seed(Value value, int place) {
    seeds.add(new Seed(value, place));
  }

  /** Sets the bits of all seeds. */
  void setSeeds(Map<Value, Integer> bits) {
    for (Seed seed : seeds) {
      ints[seed.place] = bits.getOrDefault(seed.value, 0);
    }
  }

  Extent extent() {
    return extent;
  }

  /** Floats of the region that are used, temporary values included. */
  long floats() {
    return above + most;
  }

  int passes() {
    return passCount;
  }

  /** Place behind all blocks, where the places of the blocks are listed. */
  int start() {
    return size;
  }

  /** Numbers in all. */
  int length() {
    return size + passCount;
  }

  int floatCount() {
    return floatCount;
  }

  /** Copies everything into the device's arrays. */
  void copy(int[] numbers, float[] parameters) {
    System.arraycopy(ints, 0, numbers, 0, size);
    System.arraycopy(passes, 0, numbers, size, passCount);
    System.arraycopy(floats, 0, parameters, 0, floatCount);
  }
}
