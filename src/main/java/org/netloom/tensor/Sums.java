package org.netloom.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which places of one side are summed to which: place j of the result is the sum, in order, of the
 * places that are listed for it; a place may be listed several times, or none be listed. Copies and
 * selections are sums of one place each.
 */
public final class Sums {
  private final int from;
  private final int[] starts;
  private final int[] sources;
  private final int[] runs;

  private Sums(int from, int[] starts, int[] sources) {
    this.from = from;
    this.starts = starts;
    this.sources = sources;
    this.runs = runs(starts, sources);
  }

  /**
   * Place j of the result is place {@code sources[j]}.
   *
   * @param from places there are
   */
  static Sums select(int from, int... sources) {
    int[] starts = new int[sources.length + 1];
    Arrays.setAll(starts, j -> j);
    return checked(from, starts, sources.clone());
  }

  /**
   * Place i is added to place {@code targets[i]} of the result, for each i of {@code places} in
   * order.
   *
   * @param from places there are
   * @param places those that are added
   * @param to places of the result
   */
  static Sums collect(int from, int[] places, int[] targets, int to) {
    int[] starts = new int[to + 1];
    for (int target : targets) {
      starts[target + 1]++;
    }
    for (int j = 0; j < to; j++) {
      starts[j + 1] += starts[j];
    }
    int[] next = starts.clone();
    int[] sources = new int[targets.length];
    for (int i = 0; i < targets.length; i++) {
      sources[next[targets[i]]++] = places[i];
    }
    return checked(from, starts, sources);
  }

  private static Sums checked(int from, int[] starts, int[] sources) {
    for (int source : sources) {
      if (source < 0 || source >= from) {
        throw new IllegalArgumentException(
            "Place (%d) must be from 0 to %d.".formatted(source, from - 1));
      }
    }
    return new Sums(from, starts, sources);
  }

  /** The sums of the gradient: each place gets what was made of it. */
  Sums transposed() {
    int[] places = new int[sources.length];
    for (int j = 0; j < to(); j++) {
      Arrays.fill(places, starts[j], starts[j + 1], j);
    }
    return collect(to(), places, sources, from);
  }

  /** Whether the result is what it was. */
  boolean changeNothing() {
    return from == to() && sources.length == from && runs.length == 4 && runs[0] == 0;
  }

  /** Places there are. */
  public int from() {
    return from;
  }

  /** Places of the result. */
  public int to() {
    return starts.length - 1;
  }

  /** Where the places that make j begin among the {@link #sources}; one entry more than places. */
  public int[] starts() {
    return starts.clone();
  }

  /** The places that are summed, result by result. */
  public int[] sources() {
    return sources.clone();
  }

  /** Number of runs: consecutive places that go to consecutive places. */
  public int runs() {
    return runs.length / 4;
  }

  /** First place that run r reads; −1 where it writes zeros. */
  public int source(int r) {
    return runs[4 * r];
  }

  /** First place that run r writes or adds to. */
  public int target(int r) {
    return runs[4 * r + 1];
  }

  /** Places of run r. */
  public int length(int r) {
    return runs[4 * r + 2];
  }

  /** Whether run r adds to what earlier ones wrote. */
  public boolean adds(int r) {
    return runs[4 * r + 3] != 0;
  }

  /** The first addends of all places, then the second ones, and so on, in runs. */
  private static int[] runs(int[] starts, int[] sources) {
    List<int[]> found = new ArrayList<>();
    int places = starts.length - 1;
    int deepest = 1;
    for (int j = 0; j < places; j++) {
      deepest = Math.max(deepest, starts[j + 1] - starts[j]);
    }
    for (int depth = 0; depth < deepest; depth++) {
      int[] open = null;
      for (int j = 0; j < places; j++) {
        int at = starts[j] + depth;
        boolean listed = at < starts[j + 1];
        if (!listed && depth > 0) {
          open = null;
          continue;
        }
        int source = listed ? sources[at] : -1;
        if (open != null
            && (source < 0 ? open[0] < 0 : open[0] >= 0 && source == open[0] + open[2])) {
          open[2]++;
        } else {
          open = new int[] {source, j, 1, depth == 0 ? 0 : 1};
          found.add(open);
        }
      }
    }
    return found.stream().flatMapToInt(Arrays::stream).toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sums that
        && from == that.from
        && Arrays.equals(starts, that.starts)
        && Arrays.equals(sources, that.sources);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * from + Arrays.hashCode(starts)) + Arrays.hashCode(sources);
  }
}
