package org.netloom.graph;

import java.util.List;

/**
 * One trainable tensor of a network: its name (the tensor name in every file), its shape in the
 * usual (PyTorch) layout, and its role.
 *
 * @param shape convolution [out, in/groups, kh, kw]; linear [out, in]; vectors [n]; positional
 *     encoding [1, C, s, s]; tokens [1, t, C]; layer scale [C, 1, 1]
 */
public record ParameterSpec(String name, List<Integer> shape, Role role) {

  /** What a tensor is to its node. */
  public enum Role {
    WEIGHT,
    BIAS,
    NORM_WEIGHT,
    NORM_BIAS,
    /** What belongs to a position: encodings, tokens, biases of offsets. */
    POSITION,
    /** A learned gain of each channel that is no norm's. */
    SCALE
  }

  public ParameterSpec {
    shape = List.copyOf(shape);
  }

  /** Number of values. */
  public long size() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
