package org.netloom.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.netloom.graph.Activation;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.Padding;
import org.netloom.network.Parameters;

/**
 * The plainest evaluation of a graph in double precision, channels first, one image at a time, by
 * the formulas in {@link Operator}'s documentation. Slow, and independent of the engine and of
 * ONNX.
 */
public final class ReferenceNetwork {
  private final ComputationalGraph graph;
  private final Parameters parameters;

  public ReferenceNetwork(ComputationalGraph graph, Parameters parameters) {
    this.graph = graph;
    this.parameters = parameters;
  }

  /** Logits of one image in (channel, row, column) order, batch norm with running statistics. */
  public double[] run(double[] image) {
    List<double[]> values = new ArrayList<>();
    for (Node node : graph.nodes()) {
      List<double[]> in = node.inputs().stream().map(values::get).toList();
      FeatureShape from =
          in.isEmpty() ? node.shape() : graph.nodes().get(node.inputs().getFirst()).shape();
      double[] out = evaluate(node, in, from, image);
      if (out.length != node.shape().size()) {
        throw new AssertionError(node.name() + " gave " + out.length + " for " + node.shape());
      }
      values.add(out);
    }
    return values.getLast();
  }

  private double[] evaluate(Node node, List<double[]> in, FeatureShape from, double[] image) {
    FeatureShape to = node.shape();
    return switch (node.operator()) {
      case Operator.Input _ -> image;
      case Operator.Convolution c -> convolution(node, c, in.getFirst(), from);
      case Operator.Linear _ -> linear(node, in.getFirst(), from);
      case Operator.BatchNorm norm -> batchNorm(node, norm.epsilon(), in.getFirst());
      case Operator.LayerNorm norm -> layerNorm(node, norm.epsilon(), in.getFirst());
      case Operator.Activate a -> map(in.getFirst(), a.activation());
      case Operator.MaxPool p ->
          pool(in.getFirst(), from, to, p.kernel(), p.stride(), p.padding(), true);
      case Operator.AveragePool p ->
          pool(in.getFirst(), from, to, p.kernel(), p.stride(), p.padding(), false);
      case Operator.GlobalAveragePool _ -> adaptive(in.getFirst(), from, to);
      case Operator.AdaptiveAveragePool _ -> adaptive(in.getFirst(), from, to);
      case Operator.Sum _ -> sum(in);
      case Operator.ChannelSlice s -> slice(in.getFirst(), s.from(), to);
      case Operator.ChannelShuffle s -> shuffle(in.getFirst(), from, s.groups());
      case Operator.Pad p -> pad(in.getFirst(), from, to, p.padding());
      case Operator.Concat _ -> concat(in, (int) to.size());
      case Operator.ChannelScale _ -> scale(in.get(0), in.get(1));
      case Operator.Attention a -> attention(in.getFirst(), a.heads(), a.headSize(), to);
      case Operator.PositionalEncoding _ -> tensor(node, 0);
      case Operator.WindowAttention a -> windows(in.get(0), in.get(1), a, to);
      case Operator.LayerScale _ -> scale(in.getFirst(), tensor(node, 0));
      case Operator.Tokens t -> columns(tensor(node, 0), t.rows(), t.channels());
      case Operator.Prepend _ -> prepend(in.get(0), in.get(1));
      case Operator.FirstToken _ -> first(in.getFirst(), to.channels());
      case Operator.Subsample s -> subsample(in.getFirst(), from, to, s.stride());
      case Operator.Flatten _ -> in.getFirst();
      case Operator.Dropout _, Operator.StochasticDepth _ -> in.getFirst();
      case Operator.Zeros _ -> new double[(int) to.size()];
    };
  }

  private double[] tensor(Node node, int i) {
    return named(node.parameters().get(i).name());
  }

  private double[] named(String name) {
    float[] data = parameters.get(name).data();
    double[] copy = new double[data.length];
    for (int i = 0; i < data.length; i++) {
      copy[i] = data[i];
    }
    return copy;
  }

  private double[] convolution(Node node, Operator.Convolution c, double[] x, FeatureShape from) {
    FeatureShape to = node.shape();
    double[] weight = tensor(node, 0);
    double[] y = new double[(int) to.size()];
    int inPer = from.channels() / c.groups();
    int outPer = to.channels() / c.groups();
    for (int o = 0; o < to.channels(); o++) {
      for (int i = 0; i < to.height(); i++) {
        for (int j = 0; j < to.width(); j++) {
          double sum = c.bias() ? tensor(node, 1)[o] : 0;
          for (int k = 0; k < inPer; k++) {
            for (int r = 0; r < c.kernelH(); r++) {
              for (int s = 0; s < c.kernelW(); s++) {
                int row = i * c.strideH() - c.padding().top() + r * c.dilationH();
                int column = j * c.strideW() - c.padding().left() + s * c.dilationW();
                if (row >= 0 && row < from.height() && column >= 0 && column < from.width()) {
                  int channel = o / outPer * inPer + k;
                  sum +=
                      x[(channel * from.height() + row) * from.width() + column]
                          * weight[((o * inPer + k) * c.kernelH() + r) * c.kernelW() + s];
                }
              }
            }
          }
          y[(o * to.height() + i) * to.width() + j] = sum;
        }
      }
    }
    return y;
  }

  private double[] linear(Node node, double[] x, FeatureShape from) {
    int positions = from.height() * from.width();
    double[] weight = tensor(node, 0);
    double[] y = new double[(int) node.shape().size()];
    for (int o = 0; o < node.shape().channels(); o++) {
      for (int p = 0; p < positions; p++) {
        double sum = node.parameters().size() > 1 ? tensor(node, 1)[o] : 0;
        for (int k = 0; k < from.channels(); k++) {
          sum += weight[o * from.channels() + k] * x[k * positions + p];
        }
        y[o * positions + p] = sum;
      }
    }
    return y;
  }

  private double[] batchNorm(Node node, float epsilon, double[] x) {
    double[] weight = tensor(node, 0);
    double[] bias = tensor(node, 1);
    double[] mean = named(node.name() + ".running_mean");
    double[] variance = named(node.name() + ".running_var");
    double[] y = new double[x.length];
    int positions = x.length / weight.length;
    for (int i = 0; i < x.length; i++) {
      int c = i / positions;
      y[i] = (x[i] - mean[c]) / Math.sqrt(variance[c] + epsilon) * weight[c] + bias[c];
    }
    return y;
  }

  private double[] layerNorm(Node node, float epsilon, double[] x) {
    double[] weight = tensor(node, 0);
    double[] bias = tensor(node, 1);
    double[] y = new double[x.length];
    int channels = weight.length;
    int positions = x.length / channels;
    for (int p = 0; p < positions; p++) {
      double mean = 0;
      for (int c = 0; c < channels; c++) {
        mean += x[c * positions + p] / channels;
      }
      double variance = 0;
      for (int c = 0; c < channels; c++) {
        variance += Math.pow(x[c * positions + p] - mean, 2) / channels;
      }
      for (int c = 0; c < channels; c++) {
        y[c * positions + p] =
            (x[c * positions + p] - mean) / Math.sqrt(variance + epsilon) * weight[c] + bias[c];
      }
    }
    return y;
  }

  private static double[] map(double[] x, Activation activation) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double v = x[i];
      y[i] =
          switch (activation) {
            case RELU -> Math.max(v, 0);
            case RELU6 -> Math.min(Math.max(v, 0), 6);
            case GELU -> v * normalCdf(v);
            case HARD_SWISH -> v * Math.min(Math.max(v + 3, 0), 6) / 6;
            case HARD_SIGMOID -> Math.min(Math.max(v + 3, 0), 6) / 6;
            case SIGMOID -> 1 / (1 + Math.exp(-v));
            case SILU -> v / (1 + Math.exp(-v));
          };
    }
    return y;
  }

  /** Φ by its series 1/2 + φ(x)(x + x³/3 + x⁵/(3·5) + …) (Marsaglia 2004). */
  private static double normalCdf(double x) {
    if (Math.abs(x) > 7) {
      return x > 0 ? 1 : 0;
    }
    double sum = x;
    double term = x;
    for (int i = 3; Math.abs(term) > 1e-17; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  private static double[] pool(
      double[] x, FeatureShape from, FeatureShape to, int k, int stride, int pad, boolean max) {
    double[] y = new double[(int) to.size()];
    for (int c = 0; c < to.channels(); c++) {
      for (int i = 0; i < to.height(); i++) {
        for (int j = 0; j < to.width(); j++) {
          double best = Double.NEGATIVE_INFINITY;
          double sum = 0;
          int count = 0;
          for (int row = i * stride - pad; row < i * stride - pad + k; row++) {
            for (int column = j * stride - pad; column < j * stride - pad + k; column++) {
              if (row >= 0 && row < from.height() && column >= 0 && column < from.width()) {
                double v = x[(c * from.height() + row) * from.width() + column];
                best = Math.max(best, v);
                sum += v;
                count++;
              }
            }
          }
          y[(c * to.height() + i) * to.width() + j] = max ? best : sum / count;
        }
      }
    }
    return y;
  }

  private static double[] adaptive(double[] x, FeatureShape from, FeatureShape to) {
    double[] y = new double[(int) to.size()];
    for (int c = 0; c < to.channels(); c++) {
      for (int i = 0; i < to.height(); i++) {
        for (int j = 0; j < to.width(); j++) {
          int top = (int) Math.floor((double) i * from.height() / to.height());
          int bottom = (int) Math.ceil((i + 1.0) * from.height() / to.height());
          int left = (int) Math.floor((double) j * from.width() / to.width());
          int right = (int) Math.ceil((j + 1.0) * from.width() / to.width());
          double sum = 0;
          for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
              sum += x[(c * from.height() + row) * from.width() + column];
            }
          }
          y[(c * to.height() + i) * to.width() + j] = sum / ((bottom - top) * (right - left));
        }
      }
    }
    return y;
  }

  private static double[] sum(List<double[]> in) {
    double[] y = new double[in.getFirst().length];
    for (double[] x : in) {
      for (int i = 0; i < y.length; i++) {
        y[i] += x[i];
      }
    }
    return y;
  }

  private static double[] concat(List<double[]> in, int size) {
    double[] y = new double[size];
    int at = 0;
    for (double[] x : in) {
      System.arraycopy(x, 0, y, at, x.length);
      at += x.length;
    }
    return y;
  }

  private static double[] slice(double[] x, int from, FeatureShape to) {
    int start = from * to.height() * to.width();
    return Arrays.copyOfRange(x, start, start + (int) to.size());
  }

  private static double[] shuffle(double[] x, FeatureShape from, int groups) {
    double[] y = new double[x.length];
    int positions = from.height() * from.width();
    int size = from.channels() / groups;
    for (int c = 0; c < from.channels(); c++) {
      int channel = c % size * groups + c / size;
      System.arraycopy(x, c * positions, y, channel * positions, positions);
    }
    return y;
  }

  private static double[] pad(double[] x, FeatureShape from, FeatureShape to, Padding padding) {
    double[] y = new double[(int) to.size()];
    for (int c = 0; c < to.channels(); c++) {
      for (int i = 0; i < to.height(); i++) {
        for (int j = 0; j < to.width(); j++) {
          int row = i - padding.top();
          int column = j - padding.left();
          if (row >= 0 && row < from.height() && column >= 0 && column < from.width()) {
            y[(c * to.height() + i) * to.width() + j] =
                x[(c * from.height() + row) * from.width() + column];
          }
        }
      }
    }
    return y;
  }

  private static double[] scale(double[] x, double[] gates) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] * gates[i / (x.length / gates.length)];
    }
    return y;
  }

  private static double[] attention(double[] x, int heads, int size, FeatureShape to) {
    int positions = to.height() * to.width();
    double[] y = new double[heads * size * positions];
    for (int h = 0; h < heads; h++) {
      for (int p = 0; p < positions; p++) {
        double[] share = new double[positions];
        double total = 0;
        for (int q = 0; q < positions; q++) {
          double score = 0;
          for (int d = 0; d < size; d++) {
            int channel = h * size + d;
            score += x[channel * positions + p] * x[(heads * size + channel) * positions + q];
          }
          share[q] = Math.exp(score / Math.sqrt(size));
          total += share[q];
        }
        for (int d = 0; d < size; d++) {
          int channel = h * size + d;
          for (int q = 0; q < positions; q++) {
            y[channel * positions + p] +=
                share[q] / total * x[(2 * heads * size + channel) * positions + q];
          }
        }
      }
    }
    return y;
  }

  /** Rows [rows, channels] with channels first. */
  private static double[] columns(double[] x, int rows, int channels) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i % channels * rows + i / channels] = x[i];
    }
    return y;
  }

  private static double[] prepend(double[] token, double[] x) {
    int positions = x.length / token.length;
    double[] y = new double[x.length + token.length];
    for (int c = 0; c < token.length; c++) {
      y[c * (positions + 1)] = token[c];
      System.arraycopy(x, c * positions, y, c * (positions + 1) + 1, positions);
    }
    return y;
  }

  private static double[] first(double[] x, int channels) {
    double[] y = new double[channels];
    for (int c = 0; c < channels; c++) {
      y[c] = x[c * (x.length / channels)];
    }
    return y;
  }

  /** Every pair of positions of one shifted window, by the coordinates of the shifted map. */
  private static double[] windows(
      double[] x, double[] table, Operator.WindowAttention op, FeatureShape to) {
    int h = to.height();
    int w = to.width();
    double[] y = new double[(int) to.size()];
    for (int head = 0; head < op.heads(); head++) {
      for (int p = 0; p < h * w; p++) {
        double[] share = new double[h * w];
        double total = 0;
        int row = Math.floorMod(p / w - op.shiftH(), h);
        int column = Math.floorMod(p % w - op.shiftW(), w);
        for (int q = 0; q < h * w; q++) {
          int keyRow = Math.floorMod(q / w - op.shiftH(), h);
          int keyColumn = Math.floorMod(q % w - op.shiftW(), w);
          boolean together =
              row / op.window() == keyRow / op.window()
                  && column / op.window() == keyColumn / op.window();
          // In one window, and as near to each other as before the shift.
          if (together && p / w - q / w == row - keyRow && p % w - q % w == column - keyColumn) {
            int offset =
                (row - keyRow + op.window() - 1) * (2 * op.window() - 1)
                    + (column - keyColumn + op.window() - 1);
            double score = 0;
            for (int d = 0; d < op.headSize(); d++) {
              int channel = head * op.headSize() + d;
              score += x[channel * h * w + p] * x[(to.channels() + channel) * h * w + q];
            }
            score = score / Math.sqrt(op.headSize()) + table[head * op.tableRows() + offset];
            share[q] = Math.exp(score);
            total += share[q];
          }
        }
        for (int d = 0; d < op.headSize(); d++) {
          int channel = head * op.headSize() + d;
          for (int q = 0; q < h * w; q++) {
            y[channel * h * w + p] +=
                share[q] / total * x[(2 * to.channels() + channel) * h * w + q];
          }
        }
      }
    }
    return y;
  }

  private static double[] subsample(double[] x, FeatureShape from, FeatureShape to, int stride) {
    double[] y = new double[(int) to.size()];
    for (int c = 0; c < to.channels(); c++) {
      for (int i = 0; i < to.height(); i++) {
        for (int j = 0; j < to.width(); j++) {
          y[(c * to.height() + i) * to.width() + j] =
              x[(c * from.height() + i * stride) * from.width() + j * stride];
        }
      }
    }
    return y;
  }
}
