package org.netloom.ghn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;

/**
 * What a hypernetwork was trained on; JSON text under {@code origin} in the file's metadata. Files
 * of other programs have none.
 *
 * @param dataset the DATASET text, for example {@code shapes10}
 * @param datasetSha256 hash of the data set's content
 * @param input image shape
 * @param space the space that architectures were drawn from, as one line of YAML
 * @param steps optimiser steps
 * @param seed of the training
 */
public record GhnOrigin(
    String dataset,
    String datasetSha256,
    int classes,
    InputShape input,
    String space,
    int steps,
    long seed) {
  static final String KEY = "origin";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Whether networks of that data set are what this hypernetwork learned to predict. */
  public boolean fits(String dataset, String datasetSha256, int classes, InputShape input) {
    boolean sameImages = this.dataset.equals(dataset) || this.datasetSha256.equals(datasetSha256);
    return sameImages && this.classes == classes && this.input.equals(input);
  }

  String json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("dataset", dataset);
    node.put("dataset_sha256", datasetSha256);
    node.put("classes", classes);
    node.put("input", input.toString());
    node.put("space", space);
    node.put("steps", steps);
    node.put("seed", seed);
    return node.toString();
  }

  /**
   * The origin that a file's metadata names, if any.
   *
   * @param source the file, for messages
   */
  static Optional<GhnOrigin> of(Path source, Map<String, String> metadata) {
    String text = metadata.get(KEY);
    if (text == null) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(text);
      return Optional.of(
          new GhnOrigin(
              node.path("dataset").asText(),
              node.path("dataset_sha256").asText(),
              node.path("classes").asInt(),
              InputShape.parse(node.path("input").asText()),
              node.path("space").asText(),
              node.path("steps").asInt(),
              node.path("seed").asLong()));
    } catch (JsonProcessingException | InputException e) {
      throw new InputException("%s: 'origin' (%s) is damaged.".formatted(source, text), e);
    }
  }
}
