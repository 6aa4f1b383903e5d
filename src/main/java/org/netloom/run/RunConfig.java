package org.netloom.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netloom.config.InputException;
import org.netloom.config.YamlWriter;
import org.netloom.data.Dataset;
import org.netloom.data.Datasets;
import org.netloom.exchange.ExportFormat;
import org.netloom.ghn.GhnTraining;
import org.netloom.ghn.GhnTrainingReader;
import org.netloom.search.SearchReader;
import org.netloom.search.SearchSettings;
import org.netloom.space.Constraint;
import org.netloom.space.SearchSpace;
import org.netloom.space.SpaceReader;

/**
 * A run as its YAML file says it, defaults filled in.
 *
 * @param classesGiven whether the file itself names the number of classes; else the data set does
 * @param data DATASET text
 * @param formats files written for each top architecture
 */
public record RunConfig(
    SearchSpace space,
    boolean classesGiven,
    List<Constraint> constraints,
    String data,
    GhnChoice ghn,
    SearchSettings search,
    HandOff handOff,
    Set<ExportFormat> formats) {
  public RunConfig {
    constraints = List.copyOf(constraints);
    formats = Set.copyOf(formats);
  }

  /** The data set in the space's image size. */
  public Dataset openData() {
    return Datasets.open(data, space.input().height(), space.input().width());
  }

  /**
   * This configuration for a data set: the space takes its number of classes.
   *
   * @throws InputException if the file names another number
   */
  public RunConfig forData(Dataset dataset) {
    if (classesGiven && space.classes() != dataset.classes()) {
      throw new InputException(
          "space.classes is (%d), but the data set (%s) has (%d) classes.%n  Maybe leave it out?"
              .formatted(space.classes(), data, dataset.classes()));
    }
    return withSpace(space.with(dataset.classes(), space.input()));
  }

  private RunConfig withSpace(SearchSpace other) {
    return new RunConfig(other, classesGiven, constraints, data, ghn, search, handOff, formats);
  }

  /** This configuration with another seed of the search. */
  public RunConfig withSeed(long seed) {
    return new RunConfig(
        space, classesGiven, constraints, data, ghn, search.withSeed(seed), handOff, formats);
  }

  /** The document with every default filled in; reading it gives this configuration. */
  public String effective() {
    return YamlWriter.write(document());
  }

  /** The same as nested maps, lists, texts and numbers. */
  public Map<String, Object> document() {
    Map<String, Object> all = base();
    all.put(
        "ghn",
        switch (ghn) {
          case GhnChoice.Named named -> named.argument();
          case GhnChoice.Trained trained -> train(trained.training());
        });
    all.put("search", SearchReader.write(search));
    all.put("finetune", HandOffReader.write(handOff));
    all.put(
        "export",
        Map.of(
            "formats",
            List.of(ExportFormat.values()).stream()
                .filter(formats::contains)
                .map(ExportFormat::label)
                .toList()));
    return all;
  }

  /** The part of the document that a hypernetwork's training depends on. */
  public String effectiveTraining(GhnTraining training) {
    Map<String, Object> all = base();
    all.put("ghn", train(training));
    return YamlWriter.write(all);
  }

  private Map<String, Object> base() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("data", data);
    all.put("space", SpaceReader.write(space));
    all.put("constraints", SpaceReader.writeConstraints(constraints));
    return all;
  }

  private static Map<String, Object> train(GhnTraining training) {
    return Map.of("train", GhnTrainingReader.write(training));
  }
}
