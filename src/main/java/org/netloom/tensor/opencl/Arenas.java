package org.netloom.tensor.opencl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a device's arenas are taken. A region that is longer than a piece takes whole
 * arenas for all pieces but its last.
 */
final class Arenas {
  /** First index of an arena that tensors may use; the mark is at 0. */
  static final int FIRST = 16;

  private final DeviceModel model;
  private final Growth growth;
  private final List<Regions> arenas = new ArrayList<>();

  /** Makes an arena longer, or a new one. */
  interface Growth {
    /** The arena's tensors stay where they are. */
    void grow(int arena, long floats);
  }

  Arenas(DeviceModel model, long first, Growth growth) {
    this.model = model;
    this.growth = growth;
    arenas.add(new Regions(FIRST, first));
  }

  /** How many there are by now. */
  int count() {
    return arenas.size();
  }

  /** Floats of all. */
  long floats() {
    return arenas.stream().mapToLong(Regions::end).sum();
  }

  /** A region of this size; null where the device has no room for it. */
  @Nullable Extent take(long size) {
    long piece = model.piece();
    long count = Math.max(1, Math.ceilDiv(size, piece));
    if (count > DeviceMemory.ARENAS) {
      return null;
    }
    int[] places = new int[(int) count];
    int taken = 0;
    try {
      for (long at = takePart(part(size, 0)); at >= 0; at = takePart(part(size, taken))) {
        places[taken++] = (int) at;
        if (taken == count) {
          return new Extent(places, piece, size);
        }
      }
      return null;
    } finally {
      if (taken < count) {
        release(places, taken, size);
      }
    }
  }

  /** Gives a region back. */
  void release(Extent extent) {
    release(extent.pieces(), extent.pieces().length, extent.size());
  }

  private void release(int[] places, int count, long size) {
    for (int i = 0; i < count; i++) {
      int inside = places[i] & (1 << DeviceMemory.PLACE_BITS) - 1;
      arenas.get(places[i] >> DeviceMemory.PLACE_BITS).release(inside, part(size, i));
    }
  }

  private long part(long size, int index) {
    return Math.min(model.piece(), size - index * model.piece());
  }

  private long takePart(long size) {
    for (int k = 0; k < arenas.size(); k++) {
      long at = arenas.get(k).take(size);
      if (at >= 0) {
        return place(k, at);
      }
    }
    for (int k = 0; k < DeviceMemory.ARENAS; k++) {
      if (grown(k, size)) {
        return place(k, arenas.get(k).take(size));
      }
    }
    return -1;
  }

  private static long place(int arena, long at) {
    return ((long) arena << DeviceMemory.PLACE_BITS) + at;
  }

  /** Whether an arena now has room for so much more. */
  private boolean grown(int k, long size) {
    boolean fresh = k == arenas.size();
    long now = fresh ? 0 : arenas.get(k).end();
    long needed = fresh ? FIRST + Regions.aligned(size) : arenas.get(k).lengthFor(size);
    long limit = Math.min(model.mostFloats(), model.memoryFloats() - floats() + now);
    if (needed > limit) {
      return false;
    }
    long wanted = Math.max(needed + needed / 4, fresh ? model.firstFloats() : 2 * now);
    long length = Math.min(limit, wanted);
    growth.grow(k, length);
    if (fresh) {
      arenas.add(new Regions(FIRST, length));
    } else {
      arenas.get(k).extend(length);
    }
    return true;
  }
}
