package org.netloom.ghn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.netloom.config.InputException;
import org.netloom.exchange.PyTorchCheckpoint;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.ghn.GhnConfig.Decoder;
import org.netloom.tensor.Tensor;

/**
 * Hypernetworks in files. Safetensors: the tensors under their published names, the configuration
 * as JSON text under {@code config} in the metadata. PyTorch checkpoints of the reference are read
 * too: {@code state_dict} and {@code config}.
 */
public final class GhnFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private GhnFile() {}

  /**
   * A hypernetwork as a file holds it.
   *
   * @param origin what it was trained on, where the file says so
   * @param sha256 of the file's bytes, in hexadecimal
   */
  public record Loaded(Ghn ghn, Optional<GhnOrigin> origin, String sha256) {}

  /**
   * Reads a hypernetwork.
   *
   * @throws InputException if the file is damaged or holds something else
   */
  public static Ghn read(Path file) {
    return load(file).ghn();
  }

  /**
   * Reads a hypernetwork with its origin.
   *
   * @throws InputException if the file is damaged or holds something else
   */
  public static Loaded load(Path file) {
    if (PyTorchCheckpoint.isOne(file)) {
      return new Loaded(ghn(file, PyTorchCheckpoint.read(file)), Optional.empty(), sha256(file));
    }
    SafetensorsFile content = SafetensorsFile.read(file);
    return new Loaded(ghn(file, content), GhnOrigin.of(file, content.metadata()), sha256(file));
  }

  private static String sha256(Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new InputException("%s: cannot be read: %s".formatted(file, e), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static Ghn ghn(Path file, SafetensorsFile content) {
    String config = content.metadata().get("config");
    if (config == null) {
      throw new InputException(
          "%s: there is no 'config' in the metadata: not a hypernetwork.".formatted(file));
    }
    try {
      return ghn(file, JSON.readTree(config), content.tensors());
    } catch (JsonProcessingException e) {
      throw new InputException("%s: 'config' is not JSON: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Ghn ghn(Path file, PyTorchCheckpoint checkpoint) {
    if (checkpoint.config().isEmpty()) {
      throw new InputException(
          "%s: there is no 'config' beside its tensors: not a hypernetwork.".formatted(file));
    }
    return ghn(file, JSON.valueToTree(checkpoint.config().get()), checkpoint.tensors());
  }

  private static Ghn ghn(Path file, JsonNode config, SequencedMap<String, Tensor> tensors) {
    try {
      return new Ghn(config(file, config), tensors);
    } catch (IllegalArgumentException e) {
      throw new InputException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static GhnConfig config(Path file, JsonNode node) {
    JsonNode shape = node.path("max_shape");
    JsonNode hidden = node.path("hid");
    boolean whole = shape.isArray() && shape.size() == 4 && isWhole(node.path("num_classes"));
    for (JsonNode side : shape) {
      whole &= isWhole(side);
    }
    if (!whole || !(hidden.isMissingNode() || isWhole(hidden))) {
      throw new InputException(
          "%s: 'config' needs max_shape (4 integers), num_classes and hid, but is (%s)."
              .formatted(file, node));
    }
    Decoder decoder =
        switch (node.path("decoder").asText("conv")) {
          case "conv" -> Decoder.CONV;
          case "mlp" -> Decoder.MLP;
          case String other ->
              throw new InputException(
                  "%s: decoder ('%s') is unknown. Allowed: conv, mlp.".formatted(file, other));
        };
    String hypernet = node.path("hypernet").asText("gatedgnn");
    if (!hypernet.equals("gatedgnn") && !hypernet.equals("mlp")) {
      throw new InputException(
          "%s: hypernet ('%s') is unknown. Allowed: gatedgnn, mlp.".formatted(file, hypernet));
    }
    boolean gnn = hypernet.equals("gatedgnn");
    return new GhnConfig(
        node.path("hid").asInt(32),
        shape.get(0).asInt(),
        shape.get(1).asInt(),
        shape.get(2).asInt(),
        node.path("num_classes").asInt(),
        gnn,
        decoder,
        gnn && node.path("ve").asBoolean(false),
        node.path("weight_norm").asBoolean(false),
        node.path("layernorm").asBoolean(false));
  }

  private static boolean isWhole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt();
  }

  /** Writes a hypernetwork with its origin, through a temporary file. */
  public static void write(Path file, Ghn ghn, GhnOrigin origin) {
    SequencedMap<String, String> metadata = metadata(ghn.config());
    metadata.put(GhnOrigin.KEY, origin.json());
    new SafetensorsFile(ghn.tensors(), metadata).write(file);
  }

  /** The metadata that says how the tensors are to be read. */
  static SequencedMap<String, String> metadata(GhnConfig c) {
    ObjectNode node = JSON.createObjectNode();
    node.putArray("max_shape").add(c.maxOut()).add(c.maxIn()).add(c.maxKernel()).add(c.maxKernel());
    node.put("num_classes", c.classes());
    node.put("hypernet", c.messagePassing() ? "gatedgnn" : "mlp");
    node.put("decoder", c.decoder().label());
    node.put("weight_norm", c.rescale());
    node.put("ve", c.virtualEdges());
    node.put("layernorm", c.layerNorm());
    node.put("hid", c.hidden());
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    metadata.put("config", node.toString());
    return metadata;
  }
}
