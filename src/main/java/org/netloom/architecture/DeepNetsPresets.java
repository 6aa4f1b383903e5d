package org.netloom.architecture;

import java.util.List;

/** Networks of the literature that are members of the DeepNets-1M family. */
public final class DeepNetsPresets {
  /** The names, in alphabetical order. */
  public static final List<String> NAMES = List.of("darts", "vit");

  private static final int LARGEST_SMALL_IMAGE = 64;

  private DeepNetsPresets() {}

  /**
   * The arguments of a preset for its classes and input.
   *
   * @throws IllegalArgumentException if {@link #NAMES} lacks its name
   */
  public static DeepNetsArchitecture expand(PresetArchitecture preset) {
    return switch (preset.name()) {
      case "darts" -> darts(preset);
      case "vit" -> vit(preset);
      default ->
          throw new IllegalArgumentException("There is no preset ('%s').".formatted(preset.name()));
    };
  }

  /** The best cell of Liu et al. 2019 (DARTS, second order), in its small or large network. */
  private static DeepNetsArchitecture darts(PresetArchitecture preset) {
    InputShape in = preset.input();
    boolean large = Math.max(in.height(), in.width()) > LARGEST_SMALL_IMAGE;
    List<Integer> concat = List.of(2, 3, 4, 5);
    Genotype genotype =
        new Genotype(
            List.of(
                edge(CellOperation.SEP_CONV_3X3, 0),
                edge(CellOperation.SEP_CONV_3X3, 1),
                edge(CellOperation.SEP_CONV_3X3, 0),
                edge(CellOperation.SEP_CONV_3X3, 1),
                edge(CellOperation.SEP_CONV_3X3, 1),
                edge(CellOperation.SKIP_CONNECT, 0),
                edge(CellOperation.SKIP_CONNECT, 0),
                edge(CellOperation.DIL_CONV_3X3, 2)),
            concat,
            List.of(
                edge(CellOperation.MAX_POOL_3X3, 0),
                edge(CellOperation.MAX_POOL_3X3, 1),
                edge(CellOperation.SKIP_CONNECT, 2),
                edge(CellOperation.MAX_POOL_3X3, 1),
                edge(CellOperation.MAX_POOL_3X3, 0),
                edge(CellOperation.SKIP_CONNECT, 2),
                edge(CellOperation.SKIP_CONNECT, 2),
                edge(CellOperation.MAX_POOL_3X3, 1)),
            concat);
    return network(preset, large ? 48 : 36, large ? 14 : 20, large ? 1 : 0, true, 2, genotype);
  }

  /** The transformer that Knyazev et al. 2021 evaluate. */
  private static DeepNetsArchitecture vit(PresetArchitecture preset) {
    Genotype genotype =
        new Genotype(
            List.of(edge(CellOperation.NONE, 0), edge(CellOperation.MSA, 1)),
            List.of(2),
            List.of(edge(CellOperation.NONE, 0), edge(CellOperation.AVG_POOL_3X3, 1)),
            List.of(2));
    return network(preset, 128, 12, 0, false, 1, genotype);
  }

  private static Genotype.Edge edge(CellOperation operation, int input) {
    return new Genotype.Edge(operation, input);
  }

  private static DeepNetsArchitecture network(
      PresetArchitecture preset,
      int channels,
      int cells,
      int stemType,
      boolean preprocess,
      int channelMultiplier,
      Genotype genotype) {
    return new DeepNetsArchitecture(
        channels,
        cells,
        3,
        DeepNetsArchitecture.Norm.BATCH_NORM,
        stemType,
        false,
        preprocess,
        channelMultiplier,
        1,
        64,
        true,
        genotype,
        preset.classes(),
        preset.input());
  }
}
