package org.netloom.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture.Norm;
import org.netloom.architecture.InputShape;
import org.netloom.config.Choices;
import org.netloom.config.Section;
import org.netloom.config.Value;

/** The sections {@code space} and {@code constraints} of a YAML file, and the way back. */
public final class SpaceReader {
  private static final Map<String, CellOperation> OPERATIONS =
      Choices.of(List.of(CellOperation.values()), CellOperation::label);
  private static final Map<String, Norm> NORMS = Choices.of(Norm.class);
  private static final Map<String, SearchSpace.Concat> CONCATS =
      Choices.of(SearchSpace.Concat.class);
  private static final SearchSpace PRESET = SearchSpace.quickstart(10);

  private SpaceReader() {}

  /**
   * Reads a space; absent keys take the quick start's values, problems are noted in the section.
   */
  public static SearchSpace read(Section space) {
    space.choice("kind", "kind of space", "cells", Choices.of(List.of("cells"), k -> k));
    List<CellOperation> operations =
        space.choiceList("operations", "operation", PRESET.operations(), OPERATIONS);
    List<CellOperation> reduce =
        space.choiceList("reduce_operations", "operation", operations, OPERATIONS);
    Optional<String> problem = DeepNetsRules.checkOperations(operations, reduce);
    if (problem.isPresent()) {
      space.problem("operations", problem.get());
      operations = PRESET.operations();
      reduce = PRESET.operations();
    }
    Section stem = space.section("stem");
    Section head = space.section("head");
    return new SearchSpace(
        space.integerList("channels", PRESET.channels(), 8, 1024),
        space.integerList("cells", PRESET.cells(), 2, 64),
        space.integerList("steps", PRESET.steps(), 1, 8),
        operations,
        reduce,
        new SearchSpace.Stem(
            stem.integerList("type", PRESET.stem().types(), 0, 1),
            stem.list("kernel", PRESET.stem().kernels(), SpaceReader::oddKernel),
            stem.flagList("pool", PRESET.stem().pools())),
        space.integerList("channel_multiplier", PRESET.channelMultipliers(), 1, 4),
        space.choiceList("norm", "norm", PRESET.norms(), NORMS),
        space.flagList("preprocess", PRESET.preprocess()),
        space.choice("concat", "rule", PRESET.concat(), CONCATS),
        new SearchSpace.Head(
            head.integerList("layers", PRESET.head().layers(), 1, 2),
            head.integerList("width", PRESET.head().widths(), 8, 4096),
            head.flagList("global_average", PRESET.head().globalAverage())),
        space.integer("classes", PRESET.classes(), 2, 100_000),
        space.value("input").flatMap(SpaceReader::shape).orElse(PRESET.input()));
  }

  private static Optional<Integer> oddKernel(Value value) {
    Optional<Integer> kernel = value.integer(1, 11);
    if (kernel.isPresent() && kernel.get() % 2 == 0) {
      value.problem("(%d) is even.".formatted(kernel.get()), "1, 3, 5, 7, 9, 11");
      return Optional.empty();
    }
    return kernel;
  }

  private static Optional<InputShape> shape(Value value) {
    try {
      return value.text().map(InputShape::parse);
    } catch (IllegalArgumentException e) {
      value.problem(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Reads {@code macs: {max: 6M}} and the like. */
  public static List<Constraint> readConstraints(Section constraints) {
    List<Constraint> all = new ArrayList<>();
    for (Constraint.Quantity quantity : Constraint.Quantity.values()) {
      String key = quantity.name().toLowerCase(Locale.ROOT);
      Section limits = constraints.section(key);
      Optional<Long> min = limits.value("min").flatMap(v -> v.whole(0, Long.MAX_VALUE));
      Optional<Long> max = limits.value("max").flatMap(v -> v.whole(1, Long.MAX_VALUE));
      if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
        limits.problem(
            "min", "(%d) is above the largest value (%d).".formatted(min.get(), max.get()));
      } else if (min.isPresent() || max.isPresent()) {
        all.add(new Constraint(quantity, min.orElse(null), max.orElse(null)));
      }
    }
    return List.copyOf(all);
  }

  /** The section {@code space} with every default filled in. */
  public static Map<String, Object> write(SearchSpace space) {
    Map<String, Object> stem = new LinkedHashMap<>();
    stem.put("type", space.stem().types());
    stem.put("kernel", space.stem().kernels());
    stem.put("pool", space.stem().pools());
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("layers", space.head().layers());
    head.put("width", space.head().widths());
    head.put("global_average", space.head().globalAverage());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("kind", "cells");
    all.put("channels", space.channels());
    all.put("cells", space.cells());
    all.put("steps", space.steps());
    all.put("operations", space.operations().stream().map(CellOperation::label).toList());
    all.put(
        "reduce_operations", space.reduceOperations().stream().map(CellOperation::label).toList());
    all.put("stem", stem);
    all.put("channel_multiplier", space.channelMultipliers());
    all.put("norm", space.norms().stream().map(n -> n.name().toLowerCase(Locale.ROOT)).toList());
    all.put("preprocess", space.preprocess());
    all.put("concat", space.concat().name().toLowerCase(Locale.ROOT));
    all.put("head", head);
    all.put("classes", space.classes());
    all.put("input", space.input().toString());
    return all;
  }

  /** The section {@code constraints}. */
  public static Map<String, Object> writeConstraints(List<Constraint> constraints) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Constraint constraint : constraints) {
      Map<String, Object> limits = new LinkedHashMap<>();
      if (constraint.min() != null) {
        limits.put("min", constraint.min());
      }
      if (constraint.max() != null) {
        limits.put("max", constraint.max());
      }
      all.put(constraint.label(), limits);
    }
    return all;
  }
}
