package org.netloom.tensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which channels of a value carry the same numbers: channels of one class do. Classes are numbered
 * in the order in which they first appear.
 */
final class Channels {
  private final int[] classes;
  private final int count;

  private Channels(int[] classes, int count) {
    this.classes = classes;
    this.count = count;
  }

  /** No two channels are known to be equal. */
  static Channels distinct(int channels) {
    return periodic(channels, channels);
  }

  /** Channel c equals channel c mod period. */
  static Channels periodic(int channels, int period) {
    int[] classes = new int[channels];
    Arrays.setAll(classes, c -> c % period);
    return new Channels(classes, Math.min(channels, period));
  }

  /** Channels with equal keys are equal. */
  static Channels of(List<?> keys) {
    Map<Object, Integer> known = new HashMap<>();
    int[] classes = new int[keys.size()];
    for (int c = 0; c < classes.length; c++) {
      Integer one = known.putIfAbsent(keys.get(c), known.size());
      classes[c] = one == null ? known.size() - 1 : one;
    }
    return new Channels(classes, known.size());
  }

  /** Those of values one after the other. */
  static Channels concat(List<Channels> parts) {
    int[] classes = new int[parts.stream().mapToInt(Channels::size).sum()];
    int at = 0;
    int count = 0;
    for (Channels part : parts) {
      for (int one : part.classes) {
        classes[at++] = count + one;
      }
      count += part.count;
    }
    return new Channels(classes, count);
  }

  /** Channels that are equal in every one of some values of as many channels. */
  static Channels common(List<Channels> all) {
    Channels joined = all.getFirst();
    for (Channels next : all.subList(1, all.size())) {
      if (!Arrays.equals(joined.classes, next.classes)) {
        Long[] keys = new Long[joined.size()];
        for (int c = 0; c < keys.length; c++) {
          keys[c] = (long) joined.classes[c] << 32 | next.classes[c];
        }
        joined = of(Arrays.asList(keys));
      }
    }
    return joined;
  }

  /** Channels, equal ones counted as often as they are. */
  int size() {
    return classes.length;
  }

  /** Distinct channels. */
  int count() {
    return count;
  }

  /** Whether all classes have equally many channels. */
  boolean even() {
    int[] sizes = new int[count];
    for (int one : classes) {
      sizes[one]++;
    }
    return Arrays.stream(sizes).distinct().count() <= 1;
  }

  boolean repeat() {
    return count < classes.length;
  }

  /** The class of a channel. */
  int of(int channel) {
    return classes[channel];
  }

  /** The class of every channel. */
  int[] all() {
    return classes.clone();
  }

  /** A channel of each class. */
  int[] members() {
    int[] members = new int[count];
    for (int c = classes.length - 1; c >= 0; c--) {
      members[classes[c]] = c;
    }
    return members;
  }
}
