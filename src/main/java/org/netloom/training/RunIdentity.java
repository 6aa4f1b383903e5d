package org.netloom.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.netloom.data.Augmentation;
import org.netloom.data.Dataset;
import org.netloom.graph.ComputationalGraph;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Tensor;

/**
 * All that the bytes of a training run follow from: settings, network, initial parameters, images
 * and kind of backend (not its threads). Two runs with equal facts give equal results, so one may
 * go on where the other stopped.
 *
 * @param facts name and text of each, in a fixed order
 */
public record RunIdentity(SequencedMap<String, String> facts) {
  public RunIdentity {
    facts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facts));
  }

  /** The identity of a run of {@link FineTuner#tune}. */
  public static RunIdentity of(
      Backend backend,
      ComputationalGraph graph,
      Parameters initial,
      Dataset data,
      TrainingSettings settings) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("epochs", Integer.toString(settings.epochs()));
    facts.put("batch", Integer.toString(settings.batch()));
    facts.put("learning_rate", Float.toString(settings.rate().first()));
    facts.put("schedule", settings.rate().form().label());
    facts.put("rate_factor", Float.toString(settings.rate().factor()));
    facts.put("optimizer", settings.optimiser().toString());
    facts.put("smoothing", Float.toString(settings.smoothing()));
    facts.put("augmentation", text(settings.augmentation()));
    facts.put("drop_path", Float.toString(settings.dropPath()));
    facts.put("auxiliary", Float.toString(settings.auxiliary()));
    facts.put("seed", Long.toString(settings.seed()));
    facts.put("backend", backend.name());
    MessageDigest network = sha256();
    network.update(graph.nodes().toString().getBytes(StandardCharsets.UTF_8));
    facts.put("network_sha256", HexFormat.of().formatHex(network.digest()));
    facts.put("initial_sha256", hash(initial.trainable(graph)));
    facts.put("data_sha256", data.sha256());
    return new RunIdentity(facts);
  }

  /** What shifts and mirrors keeps the text that it had before photographs were known. */
  private static String text(Augmentation augmentation) {
    String kind = augmentation.photographs() ? "photographs=true, " : "";
    return "Augmentation[%spad=%d, flip=%s, cutout=%d, seed=%d]"
        .formatted(
            kind,
            augmentation.pad(),
            augmentation.flip(),
            augmentation.cutout(),
            augmentation.seed());
  }

  private static String hash(Parameters parameters) {
    MessageDigest digest = sha256();
    ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
    parameters
        .tensors()
        .forEach(
            (name, tensor) -> {
              String head = name + "[" + tensor.shape() + "]";
              digest.update(head.getBytes(StandardCharsets.UTF_8));
              update(digest, tensor, chunk);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, Tensor tensor, ByteBuffer chunk) {
    int perChunk = chunk.capacity() / Float.BYTES;
    for (int from = 0; from < tensor.data().length; from += perChunk) {
      int count = Math.min(perChunk, tensor.data().length - from);
      chunk.clear().limit(count * Float.BYTES);
      chunk.asFloatBuffer().put(tensor.data(), from, count);
      digest.update(chunk);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must offer SHA-256.", e);
    }
  }

  /** What differs from another run's identity, for a message; empty if it is the same run. */
  public Optional<String> difference(Map<String, String> other) {
    TreeSet<String> names = new TreeSet<>(facts.keySet());
    names.addAll(other.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(facts.get(name), other.get(name)))
        .map(
            name ->
                "%s is (%s) there and (%s) here"
                    .formatted(
                        name,
                        other.getOrDefault(name, "not given"),
                        facts.getOrDefault(name, "not given")))
        .reduce((a, b) -> a + ", " + b);
  }
}
