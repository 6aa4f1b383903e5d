package org.netloom.tensor.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.netloom.tensor.ConvolutionGeometry;

/**
 * Where the sums of a convolution, or of its input gradient, find their terms in zero-padded NHWC
 * maps: result position p of a block of images reads, for each run t, {@code run} consecutive
 * floats at {@code at[p] + runs[t]}. Taps that are neighbours in a row make one run. Immutable;
 * depends on the geometry only.
 */
final class Correlation {
  /** Positions of a block: enough that a packed panel is read from cache many times. */
  private static final int POSITIONS = 192;

  final Axis y;
  final Axis x;

  /** Source channels in memory, and those that one group reads. */
  final int channels;

  final int groupChannels;

  /** Images of one block and result positions of one image. */
  final int images;

  final int positions;

  /** Offsets of the positions of a block. */
  final int[] at;

  final int[] runs;
  final int run;

  /** The tap of each run of {@link #groupChannels} floats, in the order of the runs. */
  final int[] taps;

  private Correlation(Axis y, Axis x, int width, int n, int channels, int groupChannels) {
    this.y = y;
    this.x = x;
    this.channels = channels;
    this.groupChannels = groupChannels;
    this.positions = y.count() * x.count();
    this.images = Math.clamp(Math.ceilDiv(POSITIONS, positions), 1, n);
    this.at = new int[images * positions];
    int p = 0;
    for (int image = 0; image < images; image++) {
      for (int i = 0; i < y.count(); i++) {
        for (int j = 0; j < x.count(); j++) {
          at[p++] = image * imageSize() + (i * y.step() * x.padded() + j * x.step()) * channels;
        }
      }
    }
    int columns = x.offsets().length;
    boolean merge = channels == groupChannels && x.dense() && columns > 0;
    this.taps = new int[y.offsets().length * columns];
    this.runs = new int[merge ? y.offsets().length : taps.length];
    this.run = merge ? columns * channels : groupChannels;
    for (int t = 0; t < taps.length; t++) {
      int u = t / columns;
      int v = t - u * columns;
      taps[t] = y.taps()[u] * width + x.taps()[v];
      if (!merge || v == 0) {
        runs[merge ? u : t] =
            ((y.offsets()[u] + y.before()) * x.padded() + x.offsets()[v] + x.before()) * channels;
      }
    }
  }

  /** The convolution. */
  static Correlation forward(ConvolutionGeometry g) {
    return new Correlation(
        Axis.forward(g.h(), g.oh(), g.r(), g.strideH(), g.top(), g.dilationH()),
        Axis.forward(g.w(), g.ow(), g.s(), g.strideW(), g.left(), g.dilationW()),
        g.s(),
        g.n(),
        g.c(),
        g.groupInputs());
  }

  /** Its input gradient, one correlation for each remainder of rows and columns by the strides. */
  static List<Correlation> inputGradient(ConvolutionGeometry g) {
    List<Correlation> phases = new ArrayList<>();
    for (Axis y : Axis.inputGradient(g.h(), g.oh(), g.r(), g.strideH(), g.top(), g.dilationH())) {
      for (Axis x :
          Axis.inputGradient(g.w(), g.ow(), g.s(), g.strideW(), g.left(), g.dilationW())) {
        phases.add(new Correlation(y, x, g.s(), g.n(), g.k(), g.groupOutputs()));
      }
    }
    return phases;
  }

  /** Floats of one source image. */
  int sourceSize() {
    return y.size() * x.size() * channels;
  }

  /** Floats of one padded image. */
  int imageSize() {
    return y.padded() * x.padded() * channels;
  }

  /** Whether the source is read where it lies. */
  boolean direct() {
    return imageSize() == sourceSize();
  }

  /** Whether the results lie where they belong. */
  boolean everywhere() {
    return y.spacing() == 1 && x.spacing() == 1;
  }

  /** Inner length of all sums. */
  int length() {
    return runs.length * run;
  }

  /** Sets the zeros around the images of a block. */
  void clear(float[] padded) {
    Arrays.fill(padded, 0, images * imageSize(), 0f);
  }

  /** Copies {@code count} images inside the zeros. */
  void pad(float[] a, int source, int count, float[] padded) {
    int row = x.size() * channels;
    int step = x.padded() * channels;
    for (int image = 0; image < count; image++) {
      int from = source + image * sourceSize();
      int to = image * imageSize() + y.before() * step + x.before() * channels;
      for (int i = 0; i < y.size(); i++) {
        System.arraycopy(a, from + i * row, padded, to + i * step, row);
      }
    }
  }

  /** Copies results of {@code count} images from a block to their places in maps of width w. */
  void spread(float[] block, int count, int width, int height, int c, float[] a, int out) {
    int p = 0;
    for (int image = 0; image < count; image++) {
      for (int i = 0; i < y.count(); i++) {
        int row = out + ((image * height + y.start() + i * y.spacing()) * width + x.start()) * c;
        for (int j = 0; j < x.count(); j++, p += c) {
          int to = row + j * x.spacing() * c;
          for (int q = 0; q < c; q++) {
            a[to + q] = block[p + q];
          }
        }
      }
    }
  }
}
