package org.netloom.property;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.exchange.AtomicFile;

/** Models as JSON; {@code docs/properties.md} has the layout. The same model, the same bytes. */
public final class PropertyModelFile {
  private static final String FORMAT = "netloom-properties";
  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PropertyModelFile() {}

  /**
   * Writes a model.
   *
   * @throws InputException if the file cannot be written
   */
  public static void write(Path file, PropertyModel model) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT).put("version", VERSION);
    PropertyModel.Source source = model.source();
    root.put("ghn", source.ghn()).put("ghn_sha256", source.sha256());
    root.put("hidden", source.hidden()).put("classes", source.classes());
    root.put("input", source.input());
    ArrayNode vectors = JSON.createArrayNode();
    ArrayNode targets = JSON.createArrayNode();
    Map<float[], Integer> known = new IdentityHashMap<>();
    for (Property property : model.properties()) {
      ObjectNode target = targets.addObject();
      target.put("name", property.target().name());
      target.put("form", property.target().form().label());
      target.put("validation_tau", property.validation());
      target.put("c", property.chosen().c()).put("gamma", property.chosen().gamma());
      target.put("epsilon", property.chosen().epsilon());
      target.put("offset", property.regressor().offset());
      ArrayNode support = target.putArray("support");
      for (float[] vector : property.regressor().vectors()) {
        support.add(known.computeIfAbsent(vector, v -> add(vectors, v)));
      }
      ArrayNode coefficients = target.putArray("coefficients");
      for (double coefficient : property.regressor().coefficients()) {
        coefficients.add(coefficient);
      }
    }
    root.set("targets", targets);
    root.set("vectors", vectors);
    AtomicFile.write(file, (root + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Its place among the vectors. */
  private static int add(ArrayNode vectors, float[] vector) {
    ArrayNode row = vectors.addArray();
    for (float value : vector) {
      row.add(value);
    }
    return vectors.size() - 1;
  }

  /**
   * Reads a model.
   *
   * @throws InputException if the file cannot be read, is no model or is damaged
   */
  public static PropertyModel read(Path file) {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new InputException(
          "%s: is no model of properties: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
    return new Reader(file).model(root);
  }

  private record Reader(Path file) {
    PropertyModel model(JsonNode root) {
      if (!root.path("format").asText().equals(FORMAT)) {
        throw new InputException(
            "%s: is no model of properties.%n  Maybe write one with 'netloom fit-properties'?"
                .formatted(file));
      }
      if (root.path("version").asInt() != VERSION) {
        throw new InputException(
            "%s: is a model of version (%s); version %d can be read."
                .formatted(file, root.path("version"), VERSION));
      }
      PropertyModel.Source source =
          new PropertyModel.Source(
              text(root, "ghn"),
              text(root, "ghn_sha256"),
              whole(root, "hidden"),
              root.path("classes").isNull() ? null : whole(root, "classes"),
              root.path("input").isNull() ? null : text(root, "input"));
      List<float[]> vectors = new ArrayList<>();
      for (JsonNode row : array(root, "vectors")) {
        vectors.add(vector(row, vectors.size(), source.hidden()));
      }
      List<Property> properties = new ArrayList<>();
      for (JsonNode target : array(root, "targets")) {
        properties.add(property(target, vectors));
      }
      if (properties.isEmpty()) {
        throw damaged("it has no targets");
      }
      return new PropertyModel(source, List.copyOf(properties));
    }

    private Property property(JsonNode node, List<float[]> vectors) {
      JsonNode support = array(node, "support");
      JsonNode values = array(node, "coefficients");
      if (support.size() != values.size()) {
        throw damaged(
            "a target has (%d) support vectors and (%d) coefficients"
                .formatted(support.size(), values.size()));
      }
      List<float[]> chosen = new ArrayList<>();
      double[] coefficients = new double[values.size()];
      for (int i = 0; i < coefficients.length; i++) {
        int place = support.get(i).isInt() ? support.get(i).asInt() : -1;
        if (place < 0 || place >= vectors.size()) {
          throw damaged(
              "support vector (%s) is none of 0 to %d"
                  .formatted(support.get(i), vectors.size() - 1));
        }
        chosen.add(vectors.get(place));
        coefficients[i] = number("coefficients", values.get(i));
      }
      double c = number(node, "c");
      double gamma = number(node, "gamma");
      double epsilon = number(node, "epsilon");
      String name = text(node, "name");
      String form = text(node, "form");
      double validation = number(node, "validation_tau");
      double offset = number(node, "offset");
      try {
        return new Property(
            new Target(name, Target.form(form)),
            new HyperParameters(c, gamma, epsilon),
            validation,
            new SupportVectors(gamma, chosen, coefficients, offset));
      } catch (InputException | IllegalArgumentException e) {
        throw new InputException("%s: is damaged: %s".formatted(file, e.getMessage()), e);
      }
    }

    private float[] vector(JsonNode row, int place, int hidden) {
      if (!row.isArray() || row.size() != hidden) {
        throw damaged("vector %d has (%d) numbers, not (%d)".formatted(place, row.size(), hidden));
      }
      float[] vector = new float[hidden];
      for (int i = 0; i < hidden; i++) {
        vector[i] = (float) number("vectors", row.get(i));
      }
      return vector;
    }

    private double number(JsonNode node, String key) {
      return number(key, node.path(key));
    }

    private double number(String key, JsonNode value) {
      if (!value.isNumber() || !(Math.abs(value.asDouble()) < Double.MAX_VALUE)) {
        throw damaged("%s has (%s), not a finite number".formatted(key, value));
      }
      return value.asDouble();
    }

    private int whole(JsonNode node, String key) {
      JsonNode value = node.path(key);
      if (!value.isInt() || value.asInt() < 1) {
        throw damaged("%s is (%s), not an integer of at least 1".formatted(key, value));
      }
      return value.asInt();
    }

    private String text(JsonNode node, String key) {
      JsonNode value = node.path(key);
      if (!value.isTextual()) {
        throw damaged("%s is (%s), not a text".formatted(key, value));
      }
      return value.asText();
    }

    private JsonNode array(JsonNode node, String key) {
      JsonNode value = node.path(key);
      if (!value.isArray()) {
        throw damaged("%s is (%s), not a list".formatted(key, value));
      }
      return value;
    }

    private InputException damaged(String why) {
      return new InputException("%s: is damaged: %s.".formatted(file, why));
    }
  }
}
