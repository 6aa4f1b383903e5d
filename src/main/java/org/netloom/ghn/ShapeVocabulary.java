package org.netloom.ghn;

import java.util.List;
import java.util.TreeSet;

/**
 * Rows of the shape embeddings for channel counts and kernel sides (Knyazev et al. 2021, appendix;
 * nearest known value, ties to the smaller).
 */
final class ShapeVocabulary {
  private final int[] channels;
  private final int[] sides;

  ShapeVocabulary(int classes, int maxKernel) {
    TreeSet<Integer> known = new TreeSet<>(List.of(1, 3));
    known.add(classes);
    for (int c = 8; c <= 56; c += 8) {
      known.add(c);
    }
    for (int c = 64; c <= 4080; c += 16) {
      known.add(c);
    }
    for (int c = 4096; c <= 8192; c += 32) {
      known.add(c);
    }
    channels = known.stream().mapToInt(Integer::intValue).toArray();
    TreeSet<Integer> spatial = new TreeSet<>(List.of(14, 16));
    for (int s = 1; s < Math.max(12, maxKernel); s += 2) {
      spatial.add(s);
    }
    sides = spatial.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Number of known channel counts; this row means "no shape". */
  int noChannel() {
    return channels.length;
  }

  /** Number of known kernel sides; this row means "no shape". */
  int noSide() {
    return sides.length;
  }

  int channelRow(int c) {
    return nearest(channels, c >= 4 && c <= 7 ? 8 : c);
  }

  int sideRow(int s) {
    return nearest(sides, s == 2 ? 3 : s);
  }

  private static int nearest(int[] known, int value) {
    int best = 0;
    for (int i = 1; i < known.length; i++) {
      if (Math.abs(known[i] - value) < Math.abs(known[best] - value)) {
        best = i;
      }
    }
    return best;
  }

  /** Rows for (out, in, height, width) of a target shape; all "no shape" where it is empty. */
  int[] rows(List<Integer> shape) {
    return switch (shape.size()) {
      case 0 -> new int[] {noChannel(), noChannel(), noSide(), noSide()};
      case 1 -> rows(shape.get(0), 1, 1, 1);
      case 2 -> rows(shape.get(0), shape.get(1), 1, 1);
      case 3 -> {
        boolean tokens = shape.get(0) == 1 && shape.get(2) > 1;
        int side = (int) Math.sqrt(shape.get(1));
        yield tokens
            ? rows(1, shape.get(2), side, side)
            : rows(shape.get(0), shape.get(1), shape.get(2), 1);
      }
      case 4 -> rows(shape.get(0), shape.get(1), shape.get(2), shape.get(3));
      default ->
          throw new IllegalArgumentException(
              "A tensor of shape (%s) has no encoding: 0 to 4 sides are known.".formatted(shape));
    };
  }

  private int[] rows(int out, int in, int height, int width) {
    return new int[] {channelRow(out), channelRow(in), sideRow(height), sideRow(width)};
  }
}
