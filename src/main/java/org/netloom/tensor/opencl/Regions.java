package org.netloom.tensor.opencl;

import java.util.TreeMap;

/** Which parts of the arena are taken. Offsets and sizes are multiples of 16 floats. */
final class Regions {
  private static final long ALIGNMENT = 16;

  private final TreeMap<Long, Long> free = new TreeMap<>();
  private long end;

  /**
   * All free from a first place on.
   *
   * @param end floats of the arena
   */
  Regions(long first, long end) {
    this.end = end;
    free.put(first, end - first);
  }

  static long aligned(long size) {
    return Math.max(ALIGNMENT, Math.ceilDiv(size, ALIGNMENT) * ALIGNMENT);
  }

  /** Place of a region of this size by first fit; −1 where there is no room. */
  long take(long size) {
    long need = aligned(size);
    for (var block : free.entrySet()) {
      if (block.getValue() >= need) {
        long at = block.getKey();
        long rest = block.getValue() - need;
        free.remove(at);
        if (rest > 0) {
          free.put(at + need, rest);
        }
        return at;
      }
    }
    return -1;
  }

  /** Gives a region back. */
  void release(long at, long size) {
    long start = at;
    long length = aligned(size);
    var before = free.lowerEntry(start);
    if (before != null && before.getKey() + before.getValue() == start) {
      free.remove(before.getKey());
      start = before.getKey();
      length += before.getValue();
    }
    Long after = free.remove(start + length);
    if (after != null) {
      length += after;
    }
    free.put(start, length);
  }

  /** Floats of the arena. */
  long end() {
    return end;
  }

  /** How long the arena must be for a region of this size behind what is taken. */
  long lengthFor(long size) {
    var last = free.lastEntry();
    long from = last != null && last.getKey() + last.getValue() == end ? last.getKey() : end;
    return from + aligned(size);
  }

  /** The arena has become longer. */
  void extend(long length) {
    long more = length - end;
    long from = end;
    end = length;
    release(from, more);
  }
}
