package org.netloom.graph;

import java.util.List;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.Genotype;

/**
 * Counts the parameters of a network of the DeepNets-1M family without building it, in about a
 * microsecond: a generator counts every network it draws at many widths and builds none. The count
 * is {@link Cost#parameters()} of the graph that {@link GraphBuilder} makes, tensors of blocks that
 * cannot reach the output included; the builder is what its test compares it with.
 */
public final class DeepNetsParameters {
  private static final int LARGEST_SMALL_IMAGE = 64;
  private static final int HEADS = 8;

  private final DeepNetsArchitecture a;
  private final boolean large;
  private final boolean vit;
  private final long perNorm;
  private int height;
  private int width;
  private long total;

  private DeepNetsParameters(DeepNetsArchitecture a) {
    this.a = a;
    this.height = a.input().height();
    this.width = a.input().width();
    this.large = Math.max(height, width) > LARGEST_SMALL_IMAGE;
    this.vit = a.isVit();
    this.perNorm = a.norm() == DeepNetsArchitecture.Norm.BATCH_NORM ? 2 : 0;
  }

  /** Values of all trainable tensors. */
  public static long count(DeepNetsArchitecture architecture) {
    return new DeepNetsParameters(architecture).count();
  }

  private long count() {
    int stem = stem();
    head(cells(stem));
    return total;
  }

  /** Counts the stem; gives the channels of both its outputs. */
  private int stem() {
    int c = a.channels();
    int in = a.input().channels();
    if (vit) {
      convolution(in, c, large ? 16 : 3);
      shrink(large ? 16 : 3, large ? 16 : 3, large ? 0 : 1);
      total += (long) c * height * width;
      return c;
    }
    int kernel = a.stemKernel();
    if (a.stemType() == 0) {
      int out = a.preprocess() && !large ? 3 * c : c;
      convolution(in, out, kernel);
      norm(out);
      shrink(kernel, large ? 4 : 1, kernel / 2);
      if (a.stemPool()) {
        shrink(3, 2, 1);
      }
      return out;
    }
    int stride = large ? 2 : 1;
    convolution(in, c / 2, kernel);
    norm(c / 2);
    shrink(kernel, stride, kernel / 2);
    convolution(c / 2, c, 3);
    norm(c);
    shrink(3, stride, 1);
    convolution(c, c, 3);
    norm(c);
    shrink(3, 2, 1);
    return c;
  }

  /** Counts the cells; gives the channels of the last one's output. */
  private int cells(int stem) {
    Genotype g = a.genotype();
    int before = stem;
    int last = stem;
    int c = a.channels();
    for (int i = 0; i < a.cells(); i++) {
      boolean reduce = i > 0 && (i == a.cells() / 3 || i == 2 * a.cells() / 3);
      if (reduce) {
        c *= a.channelMultiplier();
      }
      if (a.preprocess()) {
        // A factorised reduction: two halves that together have one 1x1 convolution's weights.
        convolution(before, c, 1);
        norm(c);
        convolution(last, c, 1);
        norm(c);
      }
      for (Genotype.Edge edge : reduce ? g.reduce() : g.normal()) {
        operation(edge.operation(), c, reduce && edge.input() < 2 && !vit);
      }
      if (reduce && !vit) {
        shrink(1, 2, 0);
      }
      List<Integer> concat = reduce ? g.reduceConcat() : g.normalConcat();
      before = last;
      last = concat.size() * c;
    }
    return last;
  }

  private void operation(CellOperation operation, int c, boolean strided) {
    switch (operation) {
      case NONE, MAX_POOL_3X3, AVG_POOL_3X3 -> {}
      case SKIP_CONNECT -> {
        if (strided) {
          convolution(c, c, 1);
          norm(c);
        }
      }
      case SEP_CONV_3X3, SEP_CONV_5X5 -> {
        separable(c, operation.kernel());
        separable(c, operation.kernel());
      }
      case DIL_CONV_3X3, DIL_CONV_5X5 -> separable(c, operation.kernel());
      case CONV_1X1, CONV_3X3, CONV_5X5, CONV_7X7 -> {
        convolution(c, c, operation.kernel());
        norm(c);
      }
      case CONV_7X1_1X7 -> {
        total += 2L * 7 * c * c;
        norm(c);
      }
      case MSA -> {
        int inner = HEADS * (c / HEADS);
        total += 4L * c; // two layer norms
        total += 4L * inner * c + c;
        total += 2L * ((long) c * c + c);
      }
      case CSE -> total += 2L * (c / 2) * c + c / 2 + c;
    }
  }

  private void separable(int c, int kernel) {
    total += (long) c * kernel * kernel;
    convolution(c, c, 1);
    norm(c);
  }

  private void head(int channels) {
    long features = a.globalAverage() ? channels : (long) channels * height * width;
    if (a.fcLayers() < 2) {
      total += (features + 1) * a.classes();
    } else {
      total += (features + 1) * a.fcDim() + (a.fcDim() + 1L) * a.classes();
    }
  }

  private void convolution(int in, int out, int kernel) {
    total += (long) in * out * kernel * kernel;
  }

  private void norm(int channels) {
    total += perNorm * channels;
  }

  private void shrink(int kernel, int stride, int pad) {
    height = (height + 2 * pad - kernel) / stride + 1;
    width = (width + 2 * pad - kernel) / stride + 1;
  }
}
