package org.netloom.tensor.opencl;

/** One value of the result for one value of the operands. */
abstract class ElementKernels extends DeviceMemory {

  /** The transfer that the fields name; behind a download's values come the arenas' marks. */
  void transfer() {
    int n = amount + ARENAS;
    float[] values = memory(place);
    int at = inside(place);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      if (transfer == UPLOAD) {
        if (i < amount) {
          values[at + i] = stage[i];
        }
      } else if (transfer == UPLOAD_SLOT) {
        if (i < amount) {
          values[at + i] = slot[i];
        }
      } else if (transfer == DOWNLOAD) {
        stage[i] = down(values, at, i);
      } else {
        slot[i] = down(values, at, i);
      }
    }
  }

  private float down(float[] values, int at, int i) {
    float value = 0f;
    if (i < amount) {
      value = values[at + i];
    } else {
      value = memory((i - amount) << PLACE_BITS)[0];
    }
    return value;
  }

  /** n, y, place of the value. */
  void fill(int q) {
    int n = p[q + 1];
    float[] ys = memory(p[q + 2]);
    int y = inside(p[q + 2]);
    float value = f[p[q + 3]];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      ys[y + i] = value;
    }
  }

  /** n, function, x, y. */
  void apply(int q) {
    int n = p[q + 1];
    int function = p[q + 2];
    float[] xs = memory(p[q + 3]);
    int x = inside(p[q + 3]);
    float[] ys = memory(p[q + 4]);
    int y = inside(p[q + 4]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      ys[y + i] = value(function, xs[x + i]);
    }
  }

  /** n, function, gy, x, gx. */
  void applyGradient(int q) {
    int n = p[q + 1];
    int function = p[q + 2];
    float[] gys = memory(p[q + 3]);
    int gy = inside(p[q + 3]);
    float[] xs = memory(p[q + 4]);
    int x = inside(p[q + 4]);
    float[] gxs = memory(p[q + 5]);
    int gx = inside(p[q + 5]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      gxs[gx + i] = gys[gy + i] * slope(function, xs[x + i]);
    }
  }

  /** n, y, operands, x1, x2, ..: their sum in order. */
  void add(int q) {
    int n = p[q + 1];
    float[] ys = memory(p[q + 2]);
    int y = inside(p[q + 2]);
    int operands = p[q + 3];
    float[] as = memory(p[q + 4]);
    int a = inside(p[q + 4]);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      float sum = as[a + i];
      for (int k = 1; k < operands; k++) {
        sum = sum + operand(q, 4 + k, i);
      }
      ys[y + i] = sum;
    }
  }

  /** n, x, y, place of the factor. */
  void scale(int q) {
    int n = p[q + 1];
    float[] xs = memory(p[q + 2]);
    int x = inside(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    float factor = f[p[q + 4]];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      ys[y + i] = factor * xs[x + i];
    }
  }

  /** n, x, b, y, period. */
  void addRepeated(int q) {
    int n = p[q + 1];
    float[] xs = memory(p[q + 2]);
    int x = inside(p[q + 2]);
    float[] bs = memory(p[q + 3]);
    int b = inside(p[q + 3]);
    float[] ys = memory(p[q + 4]);
    int y = inside(p[q + 4]);
    int period = p[q + 5];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      ys[y + i] = xs[x + i] + bs[b + i % period];
    }
  }

  /** n, x, gates, y, channels, values of one image. */
  void channelScale(int q) {
    int n = p[q + 1];
    float[] xs = memory(p[q + 2]);
    int x = inside(p[q + 2]);
    float[] gs = memory(p[q + 3]);
    int g = inside(p[q + 3]);
    float[] ys = memory(p[q + 4]);
    int y = inside(p[q + 4]);
    int c = p[q + 5];
    int image = p[q + 6];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      ys[y + i] = xs[x + i] * gs[g + i / image * c + i % c];
    }
  }

  /** n, x, y, bits of the seed, place of (probability, 1 / (1 − probability)), stream. */
  void dropout(int q) {
    int n = p[q + 1];
    float[] xs = memory(p[q + 2]);
    int x = inside(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    long stream = p[q + 6];
    long key = p[q + 4] * 0x9E3779B97F4A7C15L - stream * 0x100000000L;
    float probability = f[p[q + 5]];
    float scale = f[p[q + 5] + 1];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      float v = 0f;
      if (uniform(key + i) >= probability) {
        v = xs[x + i] * scale;
      }
      ys[y + i] = v;
    }
  }

  /**
   * n, x, y, bits of the seed, place of the probability, ramp, stream, values of one image: an
   * image is zeroed as a whole.
   */
  void dropPath(int q) {
    int n = p[q + 1];
    float[] xs = memory(p[q + 2]);
    int x = inside(p[q + 2]);
    float[] ys = memory(p[q + 3]);
    int y = inside(p[q + 3]);
    float probability = f[p[q + 5]] * operand(q, 6, 0);
    long stream = p[q + 7] + 1;
    long key = p[q + 4] * 0x9E3779B97F4A7C15L + stream * 0x100000000L;
    float scale = 1f / (1f - probability);
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      float v = 0f;
      if (uniform(key + i / p[q + 8]) >= probability) {
        v = xs[x + i] * scale;
      }
      ys[y + i] = v;
    }
  }

  /** A number in [0, 1) from the SplitMix64 finaliser. */
  private float uniform(long key) {
    long z = (key ^ (key >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z = z ^ (z >>> 31);
    int high = (int) (z >>> 40);
    return high * (1f / 16777216f);
  }

  /** n, w, x, place of (keep, factor). */
  void blend(int q) {
    int n = p[q + 1];
    float[] ws = memory(p[q + 2]);
    int w = inside(p[q + 2]);
    float[] xs = memory(p[q + 3]);
    int x = inside(p[q + 3]);
    float keep = f[p[q + 4]];
    float factor = f[p[q + 4] + 1];
    int end = end(n);
    int step = step();
    for (int i = first(n); i < end; i += step) {
      ws[w + i] = keep * ws[w + i] + factor * xs[x + i];
    }
  }

  /** The functions of {@code Elementwise.Function} in their order. */
  float value(int function, float x) {
    float y = x;
    if (function == 0) {
      y = rectified(x);
    } else if (function == 1) {
      y = min(max(x, 0f), 6f);
    } else if (function == 2) {
      y = 0.5f * x * (1f + erf(0.70710678f * x));
    } else if (function == 3) {
      y = x * min(max(x + 3f, 0f), 6f) / 6f;
    } else if (function == 4) {
      y = min(max(x + 3f, 0f), 6f) / 6f;
    } else if (function == 5) {
      y = sigmoid(x);
    } else if (function == 6) {
      y = x * sigmoid(x);
    } else if (function == 7) {
      y = hyperbolic(x);
    } else if (function == 8) {
      y = 2f * sigmoid(0.5f * x);
    } else {
      y = hyperbolic(0.2f * x);
    }
    return y;
  }

  float slope(int function, float x) {
    float d = 0f;
    float s = 0f;
    if (function == 0) {
      if (x > 0f) {
        d = 1f;
      }
    } else if (function == 1) {
      if (x > 0f && x < 6f) {
        d = 1f;
      }
    } else if (function == 2) {
      d = 0.5f * (1f + erf(0.70710678f * x)) + x * 0.39894228f * exp(-0.5f * x * x);
    } else if (function == 3) {
      d = min(max((2f * x + 3f) / 6f, -1f), 2f);
      if (x <= -3f) {
        d = 0f;
      }
      if (x >= 3f) {
        d = 1f;
      }
    } else if (function == 4) {
      if (x > -3f && x < 3f) {
        d = 1f / 6f;
      }
    } else if (function == 5) {
      s = sigmoid(x);
      d = s * (1f - s);
    } else if (function == 6) {
      s = sigmoid(x);
      d = s * (1f + x * (1f - s));
    } else if (function == 7) {
      s = hyperbolic(x);
      d = 1f - s * s;
    } else if (function == 8) {
      s = sigmoid(0.5f * x);
      d = s * (1f - s);
    } else {
      s = hyperbolic(0.2f * x);
      d = 0.2f * (1f - s * s);
    }
    return d;
  }

  /** max(x, 0) that lets NaN through, as {@code Math.max} does and OpenCL's does not. */
  float rectified(float x) {
    float y = x;
    if (x <= 0f) {
      y = 0f;
    }
    return y;
  }

  float sigmoid(float x) {
    return 1f / (1f + exp(-x));
  }

  /** tanh(x): a series near zero, where the exponentials would cancel. */
  float hyperbolic(float x) {
    float z = x * x;
    float y = x * (1f - z * (0.33333333f - z * (0.13333333f - z * 0.05396825f)));
    if (z > 0.04f) {
      y = 1f - 2f / (exp(2f * x) + 1f);
    }
    return y;
  }

  /** Error function to 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26). */
  float erf(float x) {
    float z = abs(x);
    float t = 1f / (1f + 0.3275911f * z);
    float series = 1.061405429f * t - 1.453152027f;
    series = series * t + 1.421413741f;
    series = series * t - 0.284496736f;
    series = series * t + 0.254829592f;
    float y = 1f - series * t * exp(-z * z);
    if (x < 0f) {
      y = -y;
    }
    return y;
  }
}
