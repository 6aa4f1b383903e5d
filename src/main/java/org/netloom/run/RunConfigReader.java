package org.netloom.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netloom.architecture.CellOperation;
import org.netloom.config.Choices;
import org.netloom.config.Section;
import org.netloom.config.Value;
import org.netloom.deepnets.NetworkEntry;
import org.netloom.exchange.ExportFormat;
import org.netloom.ghn.GhnTraining;
import org.netloom.ghn.GhnTrainingReader;
import org.netloom.search.SearchReader;
import org.netloom.space.SearchSpace;
import org.netloom.space.SpaceReader;

/** Reads a run's YAML file; hand it to {@link org.netloom.config.YamlReader}. */
public final class RunConfigReader {
  private static final String DEFAULT_DATA = "shapes10";
  private static final Map<String, ExportFormat> FORMATS =
      Choices.of(List.of(ExportFormat.values()), ExportFormat::label);

  private RunConfigReader() {}

  /** Reads all sections; problems are noted in them. */
  public static RunConfig read(Section root) {
    Section spaceSection = root.section("space");
    SearchSpace space = SpaceReader.read(spaceSection);
    return new RunConfig(
        space,
        spaceSection.has("classes"),
        SpaceReader.readConstraints(root.section("constraints")),
        root.text("data", DEFAULT_DATA),
        ghn(root, space),
        SearchReader.read(root.section("search")),
        HandOffReader.read(root.section("finetune")),
        new LinkedHashSet<>(
            root.section("export")
                .choiceList("formats", "format", List.of(ExportFormat.values()), FORMATS)));
  }

  private static GhnChoice ghn(Section root, SearchSpace space) {
    int kernel = largestKernel(space);
    Optional<Value> value = root.value("ghn");
    if (value.isPresent() && value.get().isMapping()) {
      Section section = value.get().section().orElseThrow();
      if (!section.has("train")) {
        section.problem("needs 'train', or a name or file instead of a section.");
      }
      Section train = section.section("train");
      int largest = train.has("networks") ? publishedKernel(space) : kernel;
      return new GhnChoice.Trained(GhnTrainingReader.read(train, largest));
    }
    return new GhnChoice.Named(value.flatMap(Value::text).orElse(DEFAULT_DATA));
  }

  /** The training that a file asks for, or the usual one where it names a hypernetwork. */
  public static GhnTraining training(RunConfig config) {
    return switch (config.ghn()) {
      case GhnChoice.Trained trained -> trained.training();
      case GhnChoice.Named named -> GhnTraining.usual(largestKernel(config.space()));
    };
  }

  /** The published largest kernel for networks of DeepNets-1M: 11 for CIFAR-10, 16 for ImageNet. */
  private static int publishedKernel(SearchSpace space) {
    return NetworkEntry.isLarge(space.input()) ? 16 : 11;
  }

  /** Largest kernel side among the operations and the stem. */
  static int largestKernel(SearchSpace space) {
    int largest = space.stem().kernels().stream().mapToInt(Integer::intValue).max().orElse(3);
    for (List<CellOperation> operations : List.of(space.operations(), space.reduceOperations())) {
      for (CellOperation operation : operations) {
        largest = Math.max(largest, operation.kernel());
      }
    }
    return largest;
  }
}
