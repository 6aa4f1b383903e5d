package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.config.Problems;
import org.netloom.config.Suggestions;
import org.netloom.exchange.AtomicFile;
import org.netloom.ghn.GhnFile;
import org.netloom.ghn.Hypernetworks;
import org.netloom.property.Property;
import org.netloom.property.PropertyModel;
import org.netloom.property.PropertyModelFile;
import org.netloom.run.Compute;
import org.netloom.run.NetworkEmbedding;
import org.netloom.run.NetworkEmbedding.Embedded;
import org.netloom.run.NetworkEmbedding.Failed;
import org.netloom.store.Csv;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netloom predict-properties}: properties of unseen networks, and the best of them. */
@Command(
    name = "predict-properties",
    description = {
      "Predict properties of networks and rank them, the best first: a search without training.",
      "Ties of rounded predictions are told apart by what they were before."
    })
final class PredictPropertiesCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "MODEL.json",
      description = "Model that fit-properties wrote.")
  private Path model = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "SOURCE",
      description =
          "A split of DeepNets-1M, a file that generate wrote, a table (.csv) with a column network"
              + " or architecture, a list with an architecture per line (.txt), or an architecture."
              + " A table that embed wrote is not embedded again.")
  private String source = "";

  @Option(
      names = "--ghn",
      description = "The hypernetwork of the model (default: as fit-properties named it).")
  private @Nullable String ghn;

  @Option(
      names = "--by",
      paramLabel = "TARGET",
      description = "Property to rank by (default: the model's first).")
  private @Nullable String by;

  @Option(names = "--lowest", description = "The lowest prediction is the best, as for times.")
  private boolean lowest;

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "10",
      description = "How many to print (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(names = "--nets", description = "The first networks only, at most so many.")
  private @Nullable Integer nets;

  @Option(names = "--csv", description = "File for the predictions of all networks, best first.")
  private @Nullable Path csv;

  /**
   * A network and what is predicted for it.
   *
   * @param values by property, not rounded; empty if it could not be embedded
   */
  private record Predicted(String network, String id, double[] values, String reason) {}

  @Override
  public Integer call() throws Exception {
    Options.atLeastOne("--top", top);
    Options.atLeastOne("--nets", nets);
    OutputFile.check(csv);
    PropertyModel read = PropertyModelFile.read(model);
    int chosen = chosen(read);
    List<Predicted> all;
    try (Interruption interruption = Interruption.listen()) {
      try {
        all = predict(read);
      } catch (InterruptedException e) {
        System.err.println("Interrupted; nothing was written.");
        return Main.INTERRUPTED;
      }
    }
    Comparator<Predicted> order = Comparator.comparingDouble(p -> score(p, chosen));
    all.sort(order.reversed()); // stable: of equals the first
    if (csv != null) {
      AtomicFile.write(csv, csv(read, chosen, all).getBytes(StandardCharsets.UTF_8));
    }
    PrintWriter to = Objects.requireNonNull(spec).commandLine().getOut();
    if (common.json) {
      to.println(json(read, chosen, all));
    } else {
      prose(to, read, all);
    }
    return 0;
  }

  private int chosen(PropertyModel read) {
    if (by == null) {
      return 0;
    }
    List<String> names = read.properties().stream().map(p -> p.target().name()).toList();
    if (!names.contains(by)) {
      String guess = Suggestions.closest(by, names);
      throw new InputException(
          "--by (%s): %s predicts no such property.%n  Allowed: %s%s"
              .formatted(
                  by,
                  model,
                  String.join(", ", names),
                  guess == null ? "" : "%n  Maybe '%s'?".formatted(guess)));
    }
    return names.indexOf(by);
  }

  private List<Predicted> predict(PropertyModel read) throws InterruptedException, IOException {
    NetworkTable table = source.endsWith(".csv") ? NetworkTable.read(source) : null;
    if (table != null && table.hasEmbeddings()) {
      return fromTable(read, table);
    }
    GhnFile.Loaded loaded = Hypernetworks.open(ghn == null ? read.source().ghn() : ghn);
    if (!loaded.sha256().equals(read.source().sha256())) {
      throw new InputException(
          "--ghn: (SHA-256 %s) is another hypernetwork than that of %s (SHA-256 %s, named '%s')."
              .formatted(loaded.sha256(), model, read.source().sha256(), read.source().ghn()));
    }
    NetworkList.Images images =
        new NetworkList.Images(
            read.source().classes(), read.source().input(), loaded.ghn().config().classes());
    NetworkList networks =
        (table == null ? NetworkList.of(source, images) : NetworkList.of(table, images))
            .first(nets);
    List<Predicted> all = new ArrayList<>();
    try (Progress progress = Progress.start("predict-properties", networks.size())) {
      NetworkEmbedding.each(
          loaded.ghn(),
          networks.size(),
          networks.architectures(),
          new Compute(common.threadCount(), common::openBackend),
          (index, outcome) -> {
            String id = outcome.architecture().id();
            String name = networks.names().apply(index);
            all.add(
                switch (outcome) {
                  case Embedded e -> new Predicted(name, id, values(read, e.embedding()), "");
                  case Failed f -> new Predicted(name, id, new double[0], f.reason());
                });
            progress.step(1, "");
          });
    }
    return all;
  }

  private List<Predicted> fromTable(PropertyModel read, NetworkTable table)
      throws InterruptedException {
    String key = table.embeddingKey();
    if (!key.equals(read.source().key())) {
      throw new InputException(
          "%s: has embeddings of (%s), but %s reads those of (%s, hypernetwork '%s')."
              .formatted(source, key, model, read.source().key(), read.source().ghn()));
    }
    Problems problems = new Problems();
    List<float[]> embeddings = table.embeddings(read.source().hidden(), problems);
    problems.throwIfAny();
    List<String> names = table.networks();
    int count = nets == null ? names.size() : Math.min(nets, names.size());
    List<Predicted> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while predicting.");
      }
      String id = table.cell(table.rows().get(i), "id");
      all.add(new Predicted(names.get(i), id, values(read, embeddings.get(i)), ""));
    }
    return all;
  }

  private static double[] values(PropertyModel read, float[] embedding) {
    return read.properties().stream().mapToDouble(p -> p.predict(embedding)).toArray();
  }

  /** Larger is better; what could not be embedded comes last. */
  private double score(Predicted predicted, int chosen) {
    if (predicted.values.length == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return lowest ? -predicted.values[chosen] : predicted.values[chosen];
  }

  private String csv(PropertyModel read, int chosen, List<Predicted> all) {
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("rank", "network", "id", "score"));
    read.properties().forEach(p -> header.add("predicted_" + p.target().name()));
    header.addAll(List.of("status", "reason"));
    lines.add(header);
    for (int i = 0; i < all.size(); i++) {
      Predicted predicted = all.get(i);
      boolean failed = predicted.values.length == 0;
      List<String> line =
          new ArrayList<>(
              List.of(failed ? "" : String.valueOf(i + 1), predicted.network, predicted.id));
      line.add(failed ? "" : Csv.number(score(predicted, chosen)));
      for (int t = 0; t < read.properties().size(); t++) {
        line.add(failed ? "" : Csv.number(given(read, predicted, t)));
      }
      line.addAll(List.of(failed ? "failed" : "predicted", predicted.reason));
      lines.add(line);
    }
    return Csv.write(lines);
  }

  private static double given(PropertyModel read, Predicted predicted, int target) {
    return read.properties().get(target).target().given(predicted.values[target]);
  }

  private String json(PropertyModel read, int chosen, List<Predicted> all) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", model.toString());
    facts.put("source", source);
    facts.put("networks", predicted(all).size());
    facts.put("failed", all.size() - predicted(all).size());
    facts.put("by", read.properties().get(chosen).target().name());
    List<Map<String, Object>> best = new ArrayList<>();
    for (Predicted predicted : best(all)) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("network", predicted.network);
      one.put("id", predicted.id);
      one.put("score", score(predicted, chosen));
      Map<String, Double> values = new LinkedHashMap<>();
      for (int t = 0; t < read.properties().size(); t++) {
        values.put(read.properties().get(t).target().name(), given(read, predicted, t));
      }
      one.put("predicted", values);
      best.add(one);
    }
    facts.put("top", best);
    return JsonMapper.builder().build().writeValueAsString(facts);
  }

  private static List<Predicted> predicted(List<Predicted> all) {
    return all.stream().filter(p -> p.values.length > 0).toList();
  }

  private List<Predicted> best(List<Predicted> all) {
    return predicted(all).stream().limit(top).toList();
  }

  private void prose(PrintWriter to, PropertyModel read, List<Predicted> all) {
    StringBuilder header = new StringBuilder("rank");
    for (Property property : read.properties()) {
      header.append("  %12s".formatted(property.target().name()));
    }
    to.println(header + "  network");
    int rank = 0;
    for (Predicted predicted : best(all)) {
      StringBuilder line = new StringBuilder("%4d".formatted(++rank));
      for (int t = 0; t < read.properties().size(); t++) {
        String form = read.properties().get(t).target().rounds() ? "  %12.0f" : "  %12.3f";
        line.append(String.format(Locale.ROOT, form, given(read, predicted, t)));
      }
      to.println(line + "  " + predicted.network);
    }
    int failed = all.size() - predicted(all).size();
    to.printf(
        "%d networks%s%n", all.size() - failed, failed == 0 ? "" : ", %d failed".formatted(failed));
  }
}
