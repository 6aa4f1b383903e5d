package org.netloom.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Convolutions and linear layers with every distinct filter once; see {@link Repetition}. */
final class DistinctFilters {
  /**
   * What reading or writing a value of a map costs, in multiply-adds of a convolution: above it,
   * sums of input channels take longer than the products they save.
   */
  private static final int PASS = 20;

  private final Program program;

  DistinctFilters(Program program) {
    this.program = program;
  }

  /** x [n,h,w,c] and w [k,c/groups,r,s] → the distinct channels of y. */
  Form convolve(Convolution.Forward op, Form x, Form w) {
    ConvolutionGeometry g = op.geometry();
    return g.groups() == 1 ? dense(g, x, kernel(w)) : grouped(g, x, kernel(w));
  }

  /** x [.., i] and w [o,i] → the distinct columns of x·wᵀ. */
  Form multiply(Matrix.Product op, Form x, Form w) {
    Value filters = kernel(w);
    Operands of = distinct(x, filters, 1, 1);
    Channels out = Channels.periodic(outputs(w), filters.shape().side(0));
    return Form.of(program.apply(op, of.x, of.w), out);
  }

  /** The distinct part of a kernel in its first two sides. */
  private Value kernel(Form w) {
    return w instanceof Form.Mapped ? w.whole(program) : w.part();
  }

  private static int outputs(Form w) {
    return w instanceof Form.Tiled tiled ? tiled.shape().side(0) : w.part().shape().side(0);
  }

  private Form dense(ConvolutionGeometry g, Form x, Value w) {
    Operands of = distinct(x, w, (long) g.oh() * g.ow() * g.r() * g.s(), (long) g.h() * g.w());
    int inputs = of.x.shape().side(-1);
    int outputs = w.shape().side(0);
    Value y = program.apply(new Convolution.Forward(g.with(inputs, outputs, 1)), of.x, of.w);
    return Form.of(y, Channels.periodic(g.k(), outputs));
  }

  /** Input channels and the weights of each. */
  private record Operands(Value x, Value w) {}

  /**
   * The shorter of two equal forms: input channels that meet the same weights are summed, or the
   * weights of equal input channels are.
   *
   * @param products multiply-adds for one channel, one filter and one image
   * @param positions values of one input channel of one image
   */
  private Operands distinct(Form x, Value w, long products, long positions) {
    Channels channels = x.channels();
    int period = w.shape().side(1);
    if (x instanceof Form.Plain && channels.size() == period) {
      return new Operands(x.part(), w);
    }
    int[] classes = channels.all();
    int[] residues = new int[classes.length];
    Arrays.setAll(residues, i -> i % period);
    long saved = (channels.count() - period) * products * w.shape().side(0);
    if (saved > PASS * positions * (channels.count() + period)) {
      Sums sums = Sums.collect(channels.count(), classes, residues, period);
      Value part = part(x);
      return new Operands(Form.summed(program, part, part.shape().rank() - 1, sums), w);
    }
    Sums sums = Sums.collect(period, residues, classes, channels.count());
    return new Operands(part(x), Form.summed(program, w, 1, sums));
  }

  private Value part(Form x) {
    return x instanceof Form.Tiled ? x.whole(program) : x.part();
  }

  /** Groups that read equal channels through equal filters give equal channels. */
  private Form grouped(ConvolutionGeometry g, Form x, Value w) {
    Channels channels = x.channels();
    int ins = g.groupInputs();
    int outs = g.groupOutputs();
    int filters = w.shape().side(0);
    List<List<Integer>> keys = new ArrayList<>();
    for (int group = 0; group < g.groups(); group++) {
      List<Integer> key = new ArrayList<>();
      for (int i = 0; i < ins; i++) {
        key.add(channels.of(group * ins + i));
      }
      for (int o = 0; o < outs; o++) {
        key.add((group * outs + o) % filters);
      }
      keys.add(key);
    }
    Channels groups = Channels.of(keys);
    List<Integer> results = new ArrayList<>();
    for (int o = 0; o < g.k(); o++) {
      results.add(groups.of(o / outs) * outs + o % outs);
    }
    int[] reads = new int[groups.count() * ins];
    int[] rows = new int[groups.count() * outs];
    int[] members = groups.members();
    for (int q = 0; q < members.length; q++) {
      for (int i = 0; i < ins; i++) {
        reads[q * ins + i] = channels.of(members[q] * ins + i);
      }
      for (int o = 0; o < outs; o++) {
        rows[q * outs + o] = (members[q] * outs + o) % filters;
      }
    }
    int[] columns = new int[ins];
    Arrays.setAll(columns, i -> i % w.shape().side(1));
    Value chosen = Form.chosen(program, Form.chosen(program, w, 0, rows), 1, columns);
    Value maps = Form.chosen(program, part(x), -1, reads);
    ConvolutionGeometry geometry = g.with(reads.length, rows.length, groups.count());
    Value y = program.apply(new Convolution.Forward(geometry), maps, chosen);
    return Form.of(y, Channels.of(results));
  }
}
