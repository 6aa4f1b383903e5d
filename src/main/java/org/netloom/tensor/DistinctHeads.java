package org.netloom.tensor;

import java.util.ArrayList;
import java.util.List;

/** Attention with every distinct head once; see {@link Repetition}. */
record DistinctHeads(Attention.Forward operation, Channels channels, Channels heads) {

  /** Heads are equal whose queries, keys and values are. */
  static DistinctHeads of(Attention.Forward operation, Channels channels) {
    List<List<Integer>> keys = new ArrayList<>();
    for (int head = 0; head < operation.heads(); head++) {
      List<Integer> key = new ArrayList<>();
      for (int i = 0; i < 3 * operation.size(); i++) {
        key.add(channels.of(place(operation, i / operation.size(), head, i % operation.size())));
      }
      keys.add(key);
    }
    return new DistinctHeads(operation, channels, Channels.of(keys));
  }

  private static int place(Attention.Forward operation, int third, int head, int i) {
    return (third * operation.heads() + head) * operation.size() + i;
  }

  /** The distinct channels of y and the probabilities of all heads. */
  record Result(Form y, Value probabilities) {}

  /**
   * Records the attention.
   *
   * @param qkv one channel of each class
   */
  Result record(Program program, Value qkv) {
    int size = operation.size();
    int[] members = heads.members();
    int[] reads = new int[3 * members.length * size];
    for (int at = 0; at < reads.length; at++) {
      int third = at / (members.length * size);
      reads[at] =
          channels.of(place(operation, third, members[at / size % members.length], at % size));
    }
    Attention.Forward fewer = new Attention.Forward(members.length, size);
    List<Value> all = program.applyAll(fewer, Form.chosen(program, qkv, -1, reads));
    List<List<Integer>> values = new ArrayList<>();
    for (int i = 0; i < operation.heads() * size; i++) {
      values.add(List.of(heads.of(i / size), channels.of(place(operation, 2, i / size, i % size))));
    }
    Channels results = Channels.of(values);
    int[] columns = results.members();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = heads.of(columns[i] / size) * size + columns[i] % size;
    }
    return new Result(
        Form.of(Form.chosen(program, all.get(0), -1, columns), results),
        Form.chosen(program, all.get(1), 1, heads.all()));
  }
}
