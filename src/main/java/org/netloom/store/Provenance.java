package org.netloom.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;

/**
 * Where the numbers of a run come from: program, machine, devices, seeds and the exact inputs. The
 * start is kept here and nowhere in results.
 *
 * @param devices the compute backends of the machine, the one in use and the others
 * @param seeds by what they are for
 * @param hypernetwork null if none was used
 * @param commandLine the command's arguments
 */
public record Provenance(
    Build build,
    Machine machine,
    List<Device> devices,
    SequencedMap<String, Long> seeds,
    Artefact dataset,
    @Nullable Artefact hypernetwork,
    List<String> commandLine,
    Instant started) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Provenance {
    devices = List.copyOf(devices);
    seeds = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(seeds));
    commandLine = List.copyOf(commandLine);
  }

  /** The Java virtual machine and what it runs on. */
  public record Machine(String jvm, String system, int cores, long memoryMegabytes) {
    /** This one. */
    public static Machine here() {
      Runtime runtime = Runtime.getRuntime();
      return new Machine(
          "%s %s".formatted(System.getProperty("java.vm.name"), Runtime.version()),
          "%s %s %s"
              .formatted(
                  System.getProperty("os.name"),
                  System.getProperty("os.version"),
                  System.getProperty("os.arch")),
          runtime.availableProcessors(),
          runtime.maxMemory() >> 20);
    }
  }

  /** A compute backend, whether it was used, and why (not). */
  public record Device(String name, boolean used, String reason) {}

  /** An input by its name and the SHA-256 of its bytes in hexadecimal. */
  public record Artefact(String name, String sha256) {}

  /** Of a run that starts now, by this program, on this machine. */
  public static Provenance now(
      List<Device> devices,
      SequencedMap<String, Long> seeds,
      Artefact dataset,
      @Nullable Artefact hypernetwork,
      List<String> commandLine) {
    return new Provenance(
        Build.current(),
        Machine.here(),
        devices,
        seeds,
        dataset,
        hypernetwork,
        commandLine,
        Instant.now());
  }

  byte[] toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", build.version()).put("commit", build.commit());
    root.put("jvm", machine.jvm()).put("system", machine.system());
    root.put("cores", machine.cores()).put("memory_mb", machine.memoryMegabytes());
    ArrayNode list = root.putArray("devices");
    for (Device device : devices) {
      list.addObject()
          .put("name", device.name())
          .put("used", device.used())
          .put("reason", device.reason());
    }
    ObjectNode numbers = root.putObject("seeds");
    seeds.forEach(numbers::put);
    put(root, "dataset", dataset);
    if (hypernetwork != null) {
      put(root, "hypernetwork", hypernetwork);
    }
    commandLine.forEach(root.putArray("command_line")::add);
    root.put("started", started.toString());
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    try {
      return (JSON.writer(printer).writeValueAsString(root) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #toJson} wrote; {@code name} is the file's, for messages. */
  static Provenance parse(String name, byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      List<Device> devices = new ArrayList<>();
      for (JsonNode device : root.required("devices")) {
        devices.add(
            new Device(
                device.required("name").asText(),
                device.required("used").asBoolean(),
                device.required("reason").asText()));
      }
      SequencedMap<String, Long> seeds = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> seed : root.required("seeds").properties()) {
        seeds.put(seed.getKey(), seed.getValue().asLong());
      }
      List<String> commandLine = new ArrayList<>();
      root.required("command_line").forEach(word -> commandLine.add(word.asText()));
      return new Provenance(
          new Build(root.required("version").asText(), root.required("commit").asText()),
          new Machine(
              root.required("jvm").asText(),
              root.required("system").asText(),
              root.required("cores").asInt(),
              root.required("memory_mb").asLong()),
          devices,
          seeds,
          artefact(root.required("dataset")),
          root.has("hypernetwork") ? artefact(root.required("hypernetwork")) : null,
          commandLine,
          Instant.parse(root.required("started").asText()));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new InputException(
          "%s: is not the provenance of a run: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static void put(ObjectNode root, String key, Artefact artefact) {
    root.putObject(key).put("name", artefact.name()).put("sha256", artefact.sha256());
  }

  private static Artefact artefact(JsonNode node) {
    return new Artefact(node.required("name").asText(), node.required("sha256").asText());
  }
}
