package org.netloom.tensor;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program with an offset for every value: variables in the workspace's persistent part, all else
 * in one scratch region by liveness. Known before anything runs: the memory it needs.
 *
 * @param steps operations in order with the offsets of their inputs, then outputs
 * @param offsets offset of each value by its id
 * @param cuts outputs by their id that nothing but the host reads, cut from their block when read
 * @param floats size of the arena in float32 values, persistent part included
 */
public record Plan(List<Step> steps, int[] offsets, Map<Integer, Cut> cuts, long floats) {

  /** A tensor that takes no memory: how it is cut from the block at an offset, and its pitch. */
  public record Cut(Tile tile, int offset, int pitch) {}

  /** One operation at fixed places. */
  public record Step(Application application, int[] in, int[] out) {
    public Operation operation() {
      return application.operation();
    }

    /** Shape of input i. */
    public Shape inShape(int i) {
      return application.in(i).shape();
    }

    /** Shape of output i. */
    public Shape outShape(int i) {
      return application.out(i).shape();
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** Bytes of the arena. */
  public long bytes() {
    return floats * Float.BYTES;
  }

  /** How an output is cut from its block when read; null where it is in the arena. */
  public @Nullable Cut cut(Value output) {
    return cuts.get(output.id());
  }

  /**
   * Index of the first step that reads an input, which has its place to itself.
   *
   * @throws IllegalArgumentException if no step reads it
   */
  public int firstReader(Value input) {
    int at = offset(input);
    for (int i = 0; i < steps.size(); i++) {
      for (int in : steps.get(i).in()) {
        if (in == at) {
          return i;
        }
      }
    }
    throw new IllegalArgumentException("Nothing reads %s.".formatted(input));
  }

  /** Offset of a value in the arena. */
  public int offset(Value value) {
    return offsets[value.id()];
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
