package org.netloom.tensor.opencl;

import java.util.ArrayList;
import java.util.List;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Update;

/** Changes of variables in place. */
final class UpdateSteps {
  /** Values whose squares one group sums. */
  private static final int CHUNK = 4096;

  private UpdateSteps() {}

  static void write(Update op, Plan.Step s, Code code) {
    int n = s.inShape(0).size();
    int[] in = new int[s.in().length];
    for (int i = 0; i < in.length; i++) {
      in[i] = code.at(s.in()[i]);
    }
    switch (op) {
      case Update.Blend f ->
          code.pass(Op.BLEND, n, in[0], in[1], code.number(f.keep(), f.factor()));
      case Update.Fill f -> LayoutSteps.fill(code, in[0], n, f.value());
      case Update.GlobalNorm f -> globalNorm(s, code, in);
      case Update.Adam f -> adam(f, f.decay(), 0, code, n, in);
      case Update.AdamW f ->
          adam(
              new Update.Adam(f.beta1(), f.beta2(), f.epsilon(), 0, f.clip()),
              0,
              f.decay(),
              code,
              n,
              in);
      case Update.Sgd f ->
          code.pass(
              Op.SGD,
              n,
              in[0],
              in[1],
              in[2],
              in[3],
              in[4],
              code.number(f.momentum(), f.decay(), f.clip()));
    }
  }

  private static void adam(
      Update.Adam f, float decay, float decoupled, Code code, int n, int[] in) {
    int numbers =
        code.number(
            f.beta1(),
            1 - f.beta1(),
            (float) Math.log(f.beta1()),
            f.beta2(),
            1 - f.beta2(),
            (float) Math.log(f.beta2()),
            f.epsilon(),
            decay,
            f.clip(),
            decoupled);
    code.pass(Op.ADAM, n, in[0], in[1], in[2], in[3], in[4], in[5], numbers);
  }

  /** The chunks of all tensors are one table, so that their number costs no passes. */
  private static void globalNorm(Plan.Step s, Code code, int[] in) {
    List<Integer> chunks = new ArrayList<>();
    for (int k = 1; k < in.length; k++) {
      int size = s.inShape(k).size();
      for (int at = 0; at < size; at += CHUNK) {
        chunks.add(in[k] + at);
        chunks.add(Math.min(CHUNK, size - at));
      }
    }
    int count = chunks.size() / 2;
    int sums = code.temporary(count);
    code.pass(Op.SQUARES, count, code.table(chunks.stream().mapToInt(i -> i).toArray()), sums);
    code.pass(Op.TOTAL, count, sums, in[0], 1);
    code.pass(Op.ROOT, in[0]);
  }
}
