package org.netloom.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.config.YamlReader;
import org.netloom.data.Dataset;
import org.netloom.data.Datasets;
import org.netloom.deepnets.NetworkSet;
import org.netloom.run.GhnTrainings;
import org.netloom.run.RunConfig;
import org.netloom.run.RunConfigReader;
import org.netloom.space.HoldOut;
import org.netloom.space.Sampler;

/**
 * The networks that {@code evaluate-ghn} measures and the images they see.
 *
 * @param source {@code split} or {@code space}, and which
 * @param title what the networks are, behind their number
 * @param names of the networks, each once
 */
record EvaluatedNetworks(
    Map<String, Object> source,
    String title,
    Dataset data,
    List<String> names,
    List<? extends Architecture> networks) {
  private static final int MOST_DRAWS = 1_000_000;
  private static final int DEFAULT_NETS = 100;
  private static final int MOST_OF_A_SPLIT = 500;

  /**
   * The first networks of a split.
   *
   * @param input to bring the images to; null for their own shape
   * @param nets how many; null for all, at most 500
   */
  static EvaluatedNetworks ofSplit(
      String name, String dataset, @Nullable String input, @Nullable Integer nets) {
    NetworkSet set = NetworkSet.open(name);
    Dataset data = input == null ? Datasets.open(dataset) : open(dataset, InputShape.parse(input));
    InputShape shape = new InputShape(data.channels(), data.height(), data.width());
    List<Architecture> networks =
        LongStream.range(0, Math.min(set.size(), nets == null ? MOST_OF_A_SPLIT : nets))
            .mapToObj(index -> set.network(index).architecture(data.classes(), shape))
            .toList();
    return of("split", name, "networks of split " + name, "split:" + name, data, networks);
  }

  /** Held-out architectures of a search space. */
  static EvaluatedNetworks ofSpace(Path space, String dataset, @Nullable Integer nets, long seed) {
    RunConfig read = YamlReader.read(space, List.of(), RunConfigReader::read);
    Dataset data =
        Datasets.open(dataset, read.space().input().height(), read.space().input().width());
    List<Architecture> networks =
        draw(read.forData(data), nets == null ? DEFAULT_NETS : nets, seed);
    String title = "held-out networks of " + space;
    return of("space", space.toString(), title, "held-out", data, networks);
  }

  private static EvaluatedNetworks of(
      String kind,
      String which,
      String title,
      String prefix,
      Dataset data,
      List<Architecture> networks) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put(kind, which);
    List<String> names =
        IntStream.range(0, networks.size()).mapToObj(i -> prefix + "/" + i).toList();
    return new EvaluatedNetworks(source, title, data, names, networks);
  }

  private static Dataset open(String dataset, InputShape shape) {
    Dataset data = Datasets.open(dataset, shape.height(), shape.width());
    if (data.channels() != shape.channels()) {
      throw new InputException(
          "--input (%s): the images of %s have (%d) channels."
              .formatted(shape, dataset, data.channels()));
    }
    return data;
  }

  private static List<Architecture> draw(RunConfig config, int nets, long seed) {
    Sampler sampler = GhnTrainings.sampler(config).where(HoldOut::contains);
    SplittableRandom random = new SplittableRandom(seed);
    Set<Architecture> drawn = new LinkedHashSet<>();
    for (int i = 0; drawn.size() < nets; i++) {
      if (i == MOST_DRAWS) {
        throw new InputException(
            "The space has too few held-out architectures: (%d) of (%d) found."
                .formatted(drawn.size(), nets));
      }
      drawn.add(sampler.sample(random));
    }
    return new ArrayList<>(drawn);
  }
}
