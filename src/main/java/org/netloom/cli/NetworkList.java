package org.netloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.InputShape;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.config.Location;
import org.netloom.config.Problems;
import org.netloom.deepnets.NetworkSet;
import org.netloom.deepnets.NetworkSplit;

/**
 * Networks of a SOURCE: a split or a file that {@code generate} wrote, whose networks are made when
 * asked for; a table (.csv); a list of architectures, one per line (.txt), as {@code sample} prints
 * them; or a single ARCHITECTURE.
 *
 * @param names how a network is named, by index
 * @param architectures the network itself, by index, for any thread
 */
record NetworkList(
    long size, LongFunction<String> names, LongFunction<? extends Architecture> architectures) {

  /**
   * How networks meet their images.
   *
   * @param classes of all networks, or null for their own
   * @param input of all networks, or null for their own
   * @param otherClasses where a network says nothing
   */
  record Images(@Nullable Integer classes, @Nullable String input, int otherClasses) {}

  static NetworkList of(String source, Images images) {
    if (source.endsWith(".csv")) {
      return of(NetworkTable.read(source), images);
    }
    if (source.endsWith(".txt")) {
      return lines(source, images);
    }
    if (NetworkSplit.isLabel(source) || isSet(source)) {
      NetworkSet set = NetworkSet.open(source);
      int classes = images.classes == null ? images.otherClasses : images.classes;
      InputShape input = images.input == null ? InputShape.CIFAR : InputShape.parse(images.input);
      return new NetworkList(
          set.size(),
          index -> "split:%s/%d".formatted(source, index),
          index -> set.network(index).architecture(classes, input));
    }
    Architecture one = resolve(source, images, new HashMap<>());
    return new NetworkList(1, index -> source, index -> one);
  }

  /** The networks of a table; all mistakes in their names are told at once. */
  static NetworkList of(NetworkTable table, Images images) {
    return of(table.networks(), images, table::note);
  }

  private static NetworkList lines(String source, Images images) {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of(source));
    } catch (IOException e) {
      throw FileProblem.reading(Path.of(source), e);
    }
    if (lines.isEmpty()) {
      throw new InputException("%s: is empty; an architecture is needed.".formatted(source));
    }
    return of(
        lines,
        images,
        (problems, row, message) -> problems.add(new Location(source, row + 1, 1), "", message));
  }

  /** Hears of a mistake in a name. */
  private interface Mistakes {
    void note(Problems problems, int row, String message);
  }

  private static NetworkList of(List<String> names, Images images, Mistakes mistakes) {
    if (images.input != null) {
      InputShape.parse(images.input); // one mistake, not one for each network
    }
    Map<String, NetworkSet> sets = new HashMap<>();
    Problems problems = new Problems();
    List<Architecture> architectures = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      try {
        architectures.add(resolve(names.get(i), images, sets));
      } catch (InputException | IllegalArgumentException e) {
        mistakes.note(problems, i, String.valueOf(e.getMessage()));
      }
    }
    problems.throwIfAny();
    return new NetworkList(
        names.size(), index -> names.get((int) index), index -> architectures.get((int) index));
  }

  private static Architecture resolve(String name, Images images, Map<String, NetworkSet> sets) {
    return ArchitectureArgument.resolve(
        name,
        images.classes,
        images.input,
        images.otherClasses,
        InputShape.CIFAR,
        set -> sets.computeIfAbsent(set, NetworkSet::open));
  }

  private static boolean isSet(String source) {
    try {
      return NetworkSet.isFile(Path.of(source));
    } catch (InvalidPathException e) {
      return false; // perhaps an architecture
    }
  }

  /** The first networks, at most so many; null means all. */
  NetworkList first(@Nullable Integer most) {
    return most == null ? this : new NetworkList(Math.min(size, most), names, architectures);
  }
}
