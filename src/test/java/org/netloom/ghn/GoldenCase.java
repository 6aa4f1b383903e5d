package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.graph.GoldenGraph;
import org.netloom.tensor.Tensor;

/**
 * What the reference gives in float64 for one hypernetwork and one network. Deviations are relative
 * to the largest expected value of a tensor, sums to the sum of absolute values.
 */
record GoldenCase(String ghn, String net, Path states, JsonNode figures) {
  private static final int IMAGES = 4;

  static GoldenCase read(String ghn, String net) {
    Path file = GoldenGraph.FOLDER.resolve("expect_" + ghn + "__" + net + ".safetensors");
    Path figures = GoldenGraph.FOLDER.resolve("expect_" + ghn + "__" + net + ".json");
    try {
      JsonNode json = JsonMapper.builder().build().readTree(Files.readString(figures));
      return new GoldenCase(ghn, net, file, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Largest deviation from a tensor of the case's file. */
  double deviation(String name, Tensor actual) {
    SafetensorsFile.Doubles expected = SafetensorsFile.readDoubles(states, name);
    assertThat(actual.shape()).as(name).isEqualTo(expected.shape());
    return deviation(actual.data(), expected.values());
  }

  /** Largest deviation of whole tensors, where the file has them. */
  double wholeTensors(Map<String, Tensor> predicted) {
    double worst = 0;
    for (String key : SafetensorsFile.read(states).tensors().keySet()) {
      if (key.startsWith("param:")) {
        Tensor actual = predicted.get(key.substring("param:".length()));
        worst = Math.max(worst, deviation(key, actual));
      }
    }
    return worst;
  }

  /** Largest deviation of the first and last values of all tensors. */
  double someValues(Map<String, Tensor> predicted) {
    double worst = 0;
    for (Map.Entry<String, JsonNode> expected : figures.get("params").properties()) {
      float[] actual = predicted.get(expected.getKey()).data();
      double[] first = numbers(expected.getValue().get("first"));
      double[] last = numbers(expected.getValue().get("last"));
      double scale = Math.sqrt(expected.getValue().get("sq_sum").asDouble() / actual.length);
      for (int i = 0; i < first.length; i++) {
        worst = Math.max(worst, Math.abs(actual[i] - first[i]) / scale);
      }
      for (int i = 0; i < last.length; i++) {
        double difference = actual[actual.length - last.length + i] - last[i];
        worst = Math.max(worst, Math.abs(difference) / scale);
      }
    }
    return worst;
  }

  /** Largest deviation of the sums of all tensors: of values, absolute values, squares. */
  double sums(Map<String, Tensor> predicted) {
    assertThat(predicted).hasSize(figures.get("params").size());
    double worst = 0;
    double norm = 0;
    for (Map.Entry<String, JsonNode> expected : figures.get("params").properties()) {
      double sum = 0;
      double absolute = 0;
      double squares = 0;
      for (float value : predicted.get(expected.getKey()).data()) {
        sum += value;
        absolute += Math.abs(value);
        squares += (double) value * value;
      }
      JsonNode figure = expected.getValue();
      double scale = figure.get("abs_sum").asDouble();
      double square = figure.get("sq_sum").asDouble();
      worst = Math.max(worst, Math.abs(sum - figure.get("sum").asDouble()) / scale);
      worst = Math.max(worst, Math.abs(absolute - scale) / scale);
      worst = Math.max(worst, Math.abs(squares - square) / square);
      norm += squares;
    }
    double total = figures.get("total_param_norm").asDouble();
    return Math.max(worst, Math.abs(Math.sqrt(norm) - total) / total);
  }

  /** Largest deviation of the logits. */
  double logits(float[] actual) {
    return deviation(actual, SafetensorsFile.readDoubles(states, "logits").values());
  }

  /**
   * Largest deviation of the logits less their mean over the images; 0 where the reference's own
   * hardly differ between images, so that rounding is all there is.
   */
  double centredLogits(float[] actual) {
    double[] expected = SafetensorsFile.readDoubles(states, "logits").values();
    int classes = expected.length / IMAGES;
    double spread = 0;
    double largest = 0;
    double worst = 0;
    for (int k = 0; k < classes; k++) {
      double mean = 0;
      double actualMean = 0;
      for (int i = k; i < expected.length; i += classes) {
        mean += expected[i] / IMAGES;
        actualMean += (double) actual[i] / IMAGES;
      }
      for (int i = k; i < expected.length; i += classes) {
        largest = Math.max(largest, Math.abs(expected[i]));
        spread = Math.max(spread, Math.abs(expected[i] - mean));
        worst = Math.max(worst, Math.abs(actual[i] - actualMean - expected[i] + mean));
      }
    }
    return spread < 1e-4 * largest ? 0 : worst / spread;
  }

  /** The reference's own largest absolute deviation in float32. */
  double reference(String what) {
    return figures.get("max_abs_float32_vs_float64").get(what).asDouble();
  }

  private static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.get(i).asDouble();
    }
    return numbers;
  }

  private static double deviation(float[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double scale = 1e-30;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    }
    return worst / scale;
  }
}
