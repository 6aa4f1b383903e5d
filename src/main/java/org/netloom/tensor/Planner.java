package org.netloom.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Assigns offsets by liveness: a value's memory is free again after its last use. Inputs and
 * outputs keep theirs for the whole run; a reshape shares its operand's. Tensors cut from a block
 * take none where only the host reads them: the block is kept, and they are cut as they are read.
 */
public final class Planner {
  /** Offsets are multiples of this many floats (a cache line). */
  static final int ALIGNMENT = 16;

  private final Program program;
  private final Pieces pieces;
  private final int[] root;
  private final int[] lastUse;
  private final long[] offsets;
  private final TreeMap<Long, Long> free = new TreeMap<>();
  private long top;

  private Planner(Program program, long base, Pieces pieces) {
    this.program = program;
    this.pieces = pieces;
    this.top = base;
    int n = program.values().size();
    this.root = new int[n];
    this.lastUse = new int[n];
    this.offsets = new long[n];
    Arrays.fill(offsets, -1);
  }

  /**
   * Plans a program.
   *
   * @param persistent offset of each variable
   * @param base first offset of the scratch region
   * @param pieces borders that no value lies across
   * @throws ShapeException if the arena would pass 2^31 − 1 floats, or a value a piece
   */
  static Plan plan(Program program, Map<Variable, Integer> persistent, int base, Pieces pieces) {
    return new Planner(program, base, pieces).run(persistent);
  }

  private Plan run(Map<Variable, Integer> persistent) {
    List<Application> all = Fusion.of(program);
    for (int i = 0; i < root.length; i++) {
      root[i] = i;
      lastUse[i] = -1;
    }
    for (int t = 0; t < all.size(); t++) {
      Application at = all.get(t);
      if (at.operation() instanceof Layout.Reshape) {
        root[at.out(0).id()] = root[at.in(0).id()];
      }
      for (Value v : at.inputs()) {
        lastUse[root[v.id()]] = t;
      }
      for (Value v : at.outputs()) {
        lastUse[root[v.id()]] = Math.max(lastUse[root[v.id()]], t);
      }
    }
    program
        .variables()
        .forEach(
            (variable, value) -> {
              Integer offset = persistent.get(variable);
              if (offset == null) {
                throw new IllegalArgumentException(
                    "Variable %s is not part of the workspace.".formatted(variable));
              }
              offsets[value.id()] = offset;
              lastUse[value.id()] = Integer.MAX_VALUE;
            });
    for (Value value : program.values()) {
      if (value.kind() == Value.Kind.INPUT) {
        offsets[value.id()] = allocate(value.shape().size());
        lastUse[value.id()] = Integer.MAX_VALUE;
      } else if (program.isOutput(value)) {
        lastUse[root[value.id()]] = Integer.MAX_VALUE;
      }
    }
    Set<Integer> consumed = new HashSet<>();
    all.forEach(at -> at.inputs().forEach(v -> consumed.add(v.id())));
    Map<Integer, Plan.Cut> cuts = new HashMap<>();
    List<Plan.Step> steps = new ArrayList<>();
    long peak = top;
    List<List<Value>> dying = new ArrayList<>();
    for (int t = 0; t < all.size(); t++) {
      dying.add(new ArrayList<>());
    }
    for (Value value : program.values()) {
      int last = lastUse[value.id()];
      if (root[value.id()] == value.id() && last >= 0 && last < all.size()) {
        dying.get(last).add(value);
      }
    }
    for (Application at : all) {
      if (onlyRead(at, consumed)) {
        lastUse[root[at.in(0).id()]] = Integer.MAX_VALUE;
      }
    }
    for (int t = 0; t < all.size(); t++) {
      Application at = all.get(t);
      if (onlyRead(at, consumed)) {
        cut(at, cuts);
        continue;
      }
      for (Value v : at.outputs()) {
        if (root[v.id()] == v.id()) {
          offsets[v.id()] = allocate(v.shape().size());
        } else {
          offsets[v.id()] = offsets[root[v.id()]];
        }
      }
      peak = Math.max(peak, top);
      if (!(at.operation() instanceof Layout.Reshape)) {
        steps.add(new Plan.Step(at, places(at.inputs()), places(at.outputs())));
      }
      for (Value v : dying.get(t)) {
        release(offsets[v.id()], align(v.shape().size()));
      }
    }
    if (peak > Integer.MAX_VALUE - 64) {
      throw new ShapeException(
          "The program needs an arena of (%d) MB; the limit is 8191 MB. Maybe a smaller batch?"
              .formatted(peak * Float.BYTES >> 20));
    }
    int[] places = new int[offsets.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = (int) offsets[i];
    }
    return new Plan(steps, places, cuts, peak);
  }

  /** Whether these are tensors cut from a block that nothing but the host reads. */
  private boolean onlyRead(Application at, Set<Integer> consumed) {
    return at.operation() instanceof Layout.Tiles
        && at.outputs().stream().allMatch(v -> program.isOutput(v) && !consumed.contains(v.id()));
  }

  private void cut(Application at, Map<Integer, Plan.Cut> cuts) {
    Value block = at.in(0);
    int offset = (int) offsets[block.id()];
    List<Tile> tiles = ((Layout.Tiles) at.operation()).tiles();
    for (int t = 0; t < tiles.size(); t++) {
      cuts.put(at.out(t).id(), new Plan.Cut(tiles.get(t), offset, block.shape().side(-1)));
    }
  }

  private int[] places(List<Value> values) {
    return values.stream().mapToInt(v -> (int) offsets[v.id()]).toArray();
  }

  /** Floats that a value of a size takes. */
  static long align(long size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** First fit among the free blocks, else at the end. */
  private long allocate(long size) {
    long need = Math.max(ALIGNMENT, align(size));
    for (Map.Entry<Long, Long> block : free.entrySet()) {
      long at = pieces.fit(block.getKey(), need);
      long end = block.getKey() + block.getValue();
      if (at + need <= end) {
        free.remove(block.getKey());
        keep(block.getKey(), at);
        keep(at + need, end);
        return at;
      }
    }
    Map.Entry<Long, Long> last = free.lastEntry();
    long from = top;
    if (last != null && last.getKey() + last.getValue() == top) {
      from = last.getKey();
      free.remove(from);
    }
    long at = pieces.fit(from, need);
    keep(from, at);
    top = at + need;
    return at;
  }

  /** What is left of a free block. */
  private void keep(long from, long end) {
    if (end > from) {
      free.put(from, end - from);
    }
  }

  private void release(long at, long size) {
    long start = at;
    long length = Math.max(ALIGNMENT, size);
    Map.Entry<Long, Long> before = free.lowerEntry(start);
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
}
