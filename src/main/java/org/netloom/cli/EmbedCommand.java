package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.exchange.AtomicFile;
import org.netloom.ghn.GhnFile;
import org.netloom.ghn.Hypernetworks;
import org.netloom.property.PropertyModel;
import org.netloom.run.Compute;
import org.netloom.run.NetworkEmbedding;
import org.netloom.run.NetworkEmbedding.Embedded;
import org.netloom.run.NetworkEmbedding.Failed;
import org.netloom.run.NetworkEmbedding.Outcome;
import org.netloom.store.Csv;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netloom embed}: the embedding of each network, as a hypernetwork sees it. */
@Command(
    name = "embed",
    description = {
      "Write the embedding of networks: the mean of a hypernetwork's final states over the nodes.",
      "The file appears when all of it is written."
    })
final class EmbedCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description =
          "A split of DeepNets-1M, a file that generate wrote, a table (.csv) with a column network"
              + " or architecture, a list with an architecture per line (.txt), or an"
              + " architecture.")
  private String source = "";

  @Option(
      names = "--ghn",
      required = true,
      description = "Hypernetwork: built-in name, safetensors file or checkpoint (.pt).")
  private String ghn = "";

  @Option(names = "--csv", required = true, description = "File to write, a line for each network.")
  private Path csv = Path.of("");

  @Option(names = "--nets", description = "The first networks only, at most so many.")
  private @Nullable Integer nets;

  @Option(names = "--classes", description = "Number of classes of all networks.")
  private @Nullable Integer classes;

  @Option(names = "--input", description = "Image shape of all networks, for example 3x32x32.")
  private @Nullable String input;

  private long failed;

  /** An interrupt on its way out of what fills the file. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped(Throwable cause) {
      super(cause);
    }
  }

  @Override
  public Integer call() throws Exception {
    Options.atLeastOne("--nets", nets);
    Options.atLeastOne("--classes", classes);
    OutputFile.check(csv);
    GhnFile.Loaded loaded = Hypernetworks.open(ghn);
    int known = loaded.ghn().config().classes();
    NetworkList networks =
        NetworkList.of(source, new NetworkList.Images(classes, input, known)).first(nets);
    int hidden = loaded.ghn().config().hidden();
    String key = new PropertyModel.Source(ghn, loaded.sha256(), hidden, classes, input).key();
    long start = System.nanoTime();
    try (Interruption interruption = Interruption.listen()) {
      try (Progress progress = Progress.start("embed", networks.size())) {
        AtomicFile.write(csv, channel -> fill(channel, loaded, networks, key, progress));
      } catch (Stopped e) {
        System.err.println("Interrupted; nothing was written.");
        return Main.INTERRUPTED;
      }
    }
    print(networks.size(), hidden, (System.nanoTime() - start) * 1e-9);
    return 0;
  }

  /** Writes all lines; an interrupt ends it, where {@link AtomicFile} would start anew. */
  private void fill(
      FileChannel channel,
      GhnFile.Loaded loaded,
      NetworkList networks,
      String key,
      Progress progress)
      throws IOException {
    int hidden = loaded.ghn().config().hidden();
    try {
      write(channel, header(hidden));
      NetworkEmbedding.each(
          loaded.ghn(),
          networks.size(),
          networks.architectures(),
          new Compute(common.threadCount(), common::openBackend),
          (index, outcome) -> {
            write(channel, line(networks.names().apply(index), key, hidden, outcome));
            progress.step(1, "");
          });
      channel.force(true);
    } catch (InterruptedException | ClosedByInterruptException e) {
      Thread.interrupted(); // told by the exception from here on
      throw new Stopped(e);
    }
  }

  private static List<String> header(int hidden) {
    List<String> header =
        new ArrayList<>(
            List.of("network", "id", "parameters", "macs", "embedding", "status", "reason"));
    for (int i = 0; i < hidden; i++) {
      header.add("e" + i);
    }
    return header;
  }

  private static void write(FileChannel channel, List<String> line) throws IOException {
    byte[] bytes = Csv.write(List.of(line)).getBytes(StandardCharsets.UTF_8);
    AtomicFile.writeFully(channel, ByteBuffer.wrap(bytes));
  }

  private List<String> line(String name, String key, int hidden, Outcome outcome) {
    List<String> line = new ArrayList<>(List.of(name, outcome.architecture().id()));
    switch (outcome) {
      case Embedded e -> {
        line.add(String.valueOf(e.cost().parameters()));
        line.add(String.valueOf(e.cost().macs()));
        line.addAll(List.of(key, "embedded", ""));
        for (float value : e.embedding()) {
          line.add(Float.toString(value));
        }
      }
      case Failed f -> {
        failed++;
        line.addAll(List.of("", "", key, "failed", f.reason()));
        line.addAll(Collections.nCopies(hidden, ""));
      }
    }
    return line;
  }

  private void print(long networks, int hidden, double seconds) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", source);
    facts.put("ghn", ghn);
    facts.put("networks", networks - failed);
    facts.put("failed", failed);
    facts.put("numbers", hidden);
    facts.put("seconds", seconds);
    facts.put("csv", csv.toString());
    Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .println(
            common.json
                ? JsonMapper.builder().build().writeValueAsString(facts)
                : String.format(
                    Locale.ROOT,
                    "%s: %d networks, %d numbers each, %d failed, %.1f s",
                    csv,
                    networks - failed,
                    hidden,
                    failed,
                    seconds));
  }
}
