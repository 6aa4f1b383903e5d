package org.netloom.ghn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.netloom.graph.ParameterSpec;
import org.netloom.graph.PrimitiveNode;
import org.netloom.tensor.Tensor;

/**
 * The decoders as the specification tells them, in double precision: decode everything, then slice,
 * tile and rescale, value by value.
 */
record PlainDecoder(Ghn ghn, Tensor states) {

  /** All tensors of a node, by the index of the parameter. */
  double[] decode(PrimitiveNode node, ParameterSpec target) {
    GhnConfig c = ghn.config();
    double[] h = new double[c.hidden()];
    for (int i = 0; i < h.length; i++) {
      h[i] = states.data()[node.index() * h.length + i];
    }
    List<Integer> s = target.shape();
    double[] y = new double[(int) target.size()];
    if (node.role() == PrimitiveNode.Role.CLASS_WEIGHT) {
      double[] w = classWeight(h);
      int s0 = Math.min(s.get(0), c.classes());
      int s1 = Math.min(s.get(1), c.maxIn());
      for (int j = 0; j < y.length; j++) {
        int o = j / s.get(1);
        int i = j % s.get(1);
        y[j] = w[o % s0 * c.maxIn() + i % s1];
      }
    } else if (s.size() == 2 || s.size() == 4) {
      double[] w = block(h);
      int kh = s.size() == 4 ? s.get(2) : 1;
      int kw = s.size() == 4 ? s.get(3) : 1;
      int k = c.maxKernel();
      for (int j = 0; j < y.length; j++) {
        int v = j % kw;
        int u = j / kw % kh;
        int i = j / (kw * kh) % s.get(1);
        int o = j / (kw * kh * s.get(1));
        int channels =
            o % Math.min(s.get(0), c.maxOut()) * c.maxIn() + i % Math.min(s.get(1), c.maxIn());
        y[j] = w[channels * k * k + u % Math.min(kh, k) * k + v % Math.min(kw, k)];
      }
    } else {
      double[] g = vector(node, target, h);
      for (int j = 0; j < y.length; j++) {
        y[j] = g[j % Math.min(y.length, g.length)];
      }
    }
    rescale(target, y);
    return y;
  }

  /** W in (out, in, row, column) order. */
  private double[] block(double[] h) {
    GhnConfig c = ghn.config();
    int area = c.maxKernel() * c.maxKernel();
    if (c.decoder() == GhnConfig.Decoder.MLP) {
      return linear("decoder.mlp.fc.2", relu(linear("decoder.mlp.fc.0", i -> h[i])));
    }
    double[] a = linear("decoder.fc.0", i -> h[i]);
    double[] w = new double[c.maxOut() * c.maxIn() * area];
    for (int p = 0; p < area; p++) {
      int position = p;
      double[] b = linear("decoder.conv.0", i -> Math.max(0, a[i * area + position]));
      double[] column = linear("decoder.conv.2", relu(b));
      for (int j = 0; j < column.length; j++) {
        w[j * area + p] = column[j];
      }
    }
    return w;
  }

  /** In (class, in) order. */
  private double[] classWeight(double[] h) {
    GhnConfig c = ghn.config();
    if (c.decoder() == GhnConfig.Decoder.MLP) {
      return linear("decoder.class_layer_predictor.1", relu(linear("decoder.mlp.fc.0", i -> h[i])));
    }
    int area = c.maxKernel() * c.maxKernel();
    double[] w = block(h);
    double[] y = new double[c.classes() * c.maxIn()];
    for (int i = 0; i < c.maxIn(); i++) {
      int in = i;
      double[] column =
          linear(
              "decoder.class_layer_predictor.1", o -> Math.max(0, w[(o * c.maxIn() + in) * area]));
      for (int k = 0; k < c.classes(); k++) {
        y[k * c.maxIn() + i] = column[k];
      }
    }
    return y;
  }

  private double[] vector(PrimitiveNode node, ParameterSpec target, double[] h) {
    double[] g = linear("decoder_1d.fc.2", relu(linear("decoder_1d.fc.0", i -> h[i])));
    if (target.shape().size() == 3) {
      return g;
    }
    int m = g.length / 2;
    int from = target.role() == ParameterSpec.Role.NORM_WEIGHT ? 0 : m;
    double[] row = Arrays.copyOfRange(g, from, from + m);
    return node.role() == PrimitiveNode.Role.CLASS_BIAS ? linear("bias_class.1", relu(row)) : row;
  }

  private void rescale(ParameterSpec target, double[] y) {
    List<Integer> s = target.shape();
    if (!ghn.config().rescale()) {
      return;
    }
    boolean positions = s.size() > 2 && s.get(0) == 1 && s.get(2) >= 11;
    double fanIn = (double) target.size() / s.getFirst();
    boolean single = s.size() > 2 && s.get(1) == 1 || s.size() == 4 && s.get(2) < s.get(3);
    for (int j = 0; j < y.length; j++) {
      if (s.size() == 1) {
        y[j] =
            target.role() == ParameterSpec.Role.NORM_WEIGHT
                ? 2 / (1 + Math.exp(-y[j] / 2))
                : Math.tanh(0.2 * y[j]);
      } else if (!positions) {
        y[j] *= Math.sqrt((single ? 1 : 2) / fanIn);
      }
    }
  }

  private static IntToDoubleFunction relu(double[] x) {
    return i -> Math.max(0, x[i]);
  }

  private double[] linear(String layer, IntToDoubleFunction x) {
    Map<String, Tensor> all = ghn.tensors();
    float[] bias = all.get(layer + ".bias").data();
    float[] weight = all.get(layer + ".weight").data();
    int in = weight.length / bias.length;
    double[] y = new double[bias.length];
    for (int o = 0; o < y.length; o++) {
      y[o] = bias[o];
      for (int i = 0; i < in; i++) {
        y[o] += weight[o * in + i] * x.applyAsDouble(i);
      }
    }
    return y;
  }
}
