package org.netloom.ghn;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.ghn.GhnConfig.Decoder;
import org.netloom.graph.GoldenGraph;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

/**
 * The golden hypernetworks. Their files hold 7 MB of uniform random numbers that the framework drew
 * from a seed; so only what was not drawn like that (embeddings, layer norm) is kept in {@code
 * drawn_NAME.safetensors}, and the rest is drawn again, to the bit.
 */
enum GoldenGhn {
  TINY_GHN1(
      102,
      new GhnConfig(8, 16, 16, 11, 10, true, Decoder.CONV, false, false, false),
      "b6b0d762ea797738bdf8edce76b661fb0a2601f475e24b214b41f79e3386306d"),
  TINY_GHN2(
      101,
      GhnConfig.ghn2(8, 16, 11, 10),
      "30fc9fca8d0f28de9f7586cb8d5371468f2e5db5d5cf7ef17652ca16a79a3d76"),
  TINY_MLP(
      103,
      new GhnConfig(8, 16, 16, 11, 10, false, Decoder.CONV, false, true, true),
      "1252c41c878a91b36f87748de0d21f3079afc18933367178f029e28c4a1dd229"),
  FULL_GHN2_CIFAR10(
      104,
      GhnConfig.ghn2(32, 64, 11, 10),
      "e32d9d6b5adafe64e789d7174fb89e893cecfae0fca4dd1dff46690afb5a64ab");

  private final int seed;
  private final GhnConfig config;

  /** SHA-256 of all values in the golden file's order, as little-endian float32. */
  final String sha256;

  GoldenGhn(int seed, GhnConfig config, String sha256) {
    this.seed = seed;
    this.config = config;
    this.sha256 = sha256;
  }

  static GoldenGhn of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Ghn ghn() {
    SafetensorsFile kept =
        SafetensorsFile.read(GoldenGraph.FOLDER.resolve("drawn_" + label() + ".safetensors"));
    MersenneTwister words = new MersenneTwister(seed);
    for (Map.Entry<String, Tensor> tensor : kept.tensors().entrySet()) {
      if (tensor.getKey().contains("embed")) {
        // normal numbers: a word a value, and the last 16 anew where they are no multiple of 16
        int size = tensor.getValue().shape().size();
        words.skip(size % 16 == 0 ? size : size + 16);
      }
    }
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    SequencedMap<String, Shape> shapes = GhnTensors.of(config);
    shapes.forEach(
        (name, shape) -> {
          Tensor tensor = kept.tensors().get(name);
          tensors.put(name, tensor == null ? uniform(words, shape, fanIn(shapes, name)) : tensor);
        });
    return new Ghn(config, tensors);
  }

  private int fanIn(Map<String, Shape> shapes, String name) {
    if (name.startsWith("gnn.gru.")) {
      return config.hidden();
    }
    Shape weight = shapes.get(name.replaceFirst("\\.bias$", ".weight"));
    return weight.size() / weight.side(0);
  }

  /** U(−1/√n, 1/√n) from the low 24 bits of a word each, rounded once. */
  private static Tensor uniform(MersenneTwister words, Shape shape, int n) {
    float bound = (float) (1 / Math.sqrt(n));
    double range = bound + bound;
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((words.word() & 0xffffff) * 0x1p-24 * range - bound);
    }
    return new Tensor(shape, values);
  }
}
