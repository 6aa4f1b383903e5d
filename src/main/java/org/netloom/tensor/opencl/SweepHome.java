package org.netloom.tensor.opencl;

import org.netloom.tensor.GraphSweeps;
import org.netloom.tensor.Pieces;
import org.netloom.tensor.Plan;

/**
 * Message passing has dozens of operands, and its kernel wants all in one arena: where they are
 * not, they are copied there and the results back. All other kernels read any arena.
 */
final class SweepHome {
  private SweepHome() {}

  static void write(GraphSweeps op, Plan.Step s, Code code) {
    Code alone = new Code(Extent.NOWHERE, Pieces.ONE, 0);
    SweepSteps.write(op, s, alone);
    long staged = 0;
    for (int i = 0; i < s.in().length; i++) {
      staged += Regions.aligned(s.inShape(i).size());
    }
    for (int i = 0; i < s.out().length; i++) {
      staged += Regions.aligned(s.outShape(i).size());
    }
    long home = code.together(alone.floats() + staged);
    if (isAt(home, s.in(), code) && isAt(home, s.out(), code)) {
      SweepSteps.write(op, s, code);
      return;
    }
    int[] in = new int[s.in().length];
    int[] out = new int[s.out().length];
    for (int i = 0; i < in.length; i++) {
      in[i] = (int) code.room(Regions.aligned(s.inShape(i).size()));
      LayoutSteps.copy(code, code.at(s.in()[i]), code.at(in[i]), s.inShape(i).size());
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) code.room(Regions.aligned(s.outShape(i).size()));
    }
    SweepSteps.write(op, new Plan.Step(s.application(), in, out), code);
    for (int i = 0; i < out.length; i++) {
      LayoutSteps.copy(code, code.at(out[i]), code.at(s.out()[i]), s.outShape(i).size());
    }
  }

  private static boolean isAt(long home, int[] offsets, Code code) {
    for (int offset : offsets) {
      if (code.piece(offset) != home) {
        return false;
      }
    }
    return true;
  }
}
