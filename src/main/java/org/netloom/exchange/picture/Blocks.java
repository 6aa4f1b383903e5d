package org.netloom.exchange.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;

/**
 * Groups a network's operators to boxes. Names tell what belongs together, the edges whether it may
 * share a box: only groups with one way out, which can never lie on a circle of boxes.
 */
final class Blocks {
  private final List<Node> nodes;
  private final List<List<Integer>> consumers = new ArrayList<>();

  Blocks(ComputationalGraph graph) {
    nodes = graph.nodes();
    nodes.forEach(node -> consumers.add(new ArrayList<>()));
    nodes.forEach(node -> node.inputs().forEach(in -> consumers.get(in).add(node.index())));
  }

  /**
   * The repeated part of a network that a node belongs to, for example {@code cells.3} or {@code
   * layer1.0}: the shortest part of its name that ends in a number, with all numbers that follow;
   * empty if that is the whole name.
   */
  static String frame(String name) {
    String[] parts = name.split("\\.", -1);
    int end = 0;
    while (end < parts.length && !parts[end].matches(".*\\d")) {
      end++;
    }
    do {
      end++;
    } while (end < parts.length && parts[end].matches("\\d+"));
    return end >= parts.length ? "" : String.join(".", Arrays.copyOf(parts, end));
  }

  /** The part of a frame or network that a node belongs to: {@code _ops.3}, {@code preprocess0}. */
  static String part(String name) {
    String frame = frame(name);
    String[] parts = name.substring(frame.isEmpty() ? 0 : frame.length() + 1).split("\\.", -1);
    int end = 1;
    while (end < parts.length && parts[end].matches("\\d+")) {
      end++;
    }
    return frame + "/" + String.join(".", Arrays.copyOf(parts, end));
  }

  /**
   * Boxes of some operators, in the order of their last ones.
   *
   * @param byPart whether operators of one part share a box; else only a convolution with its norm
   *     and activation and the like do
   */
  List<List<Node>> boxes(List<Node> some, boolean byPart) {
    List<List<Node>> groups = new ArrayList<>();
    for (List<Node> group : grouped(some, node -> byPart ? part(node.name()) : node.name())) {
      if (exits(group) == 1) {
        groups.add(new ArrayList<>(group));
      } else {
        group.forEach(node -> groups.add(new ArrayList<>(List.of(node))));
      }
    }
    while (absorbBackward(groups, false) || absorbForward(groups) || absorbBackward(groups, true)) {
      // until nothing changes
    }
    groups.sort((a, b) -> Integer.compare(a.getLast().index(), b.getLast().index()));
    return groups;
  }

  static List<List<Node>> grouped(List<Node> nodes, Function<Node, String> key) {
    Map<String, List<Node>> groups =
        nodes.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    return new ArrayList<>(groups.values());
  }

  /** How many operators of a group are read from outside or give the logits. */
  int exits(List<Node> group) {
    Set<Integer> inside = group.stream().map(Node::index).collect(Collectors.toSet());
    return (int)
        group.stream()
            .filter(
                node ->
                    node.index() == nodes.size() - 1
                        || !inside.containsAll(consumers.get(node.index())))
            .count();
  }

  /** A group of norms and activations joins the only group it reads, if nobody else reads that. */
  private boolean absorbBackward(List<List<Node>> groups, boolean intoMerges) {
    Map<Integer, List<Node>> groupOf = index(groups);
    for (List<Node> group : groups) {
      Set<List<Node>> sources = neighbours(group, groupOf, true);
      if (!isMinor(group) || sources.size() != 1) {
        continue;
      }
      List<Node> source = sources.iterator().next();
      boolean merge = Kind.of(source) == Kind.MERGE;
      boolean activation =
          group.stream().allMatch(node -> node.operator() instanceof Operator.Activate);
      if (!source.isEmpty()
          && Kind.of(source) != Kind.END
          && merge == intoMerges
          && (!merge || activation)
          && neighbours(source, groupOf, false).size() == 1) {
        join(groups, source, group);
        return true;
      }
    }
    return false;
  }

  /**
   * A group of norms and activations joins the only group that reads it, if that reads no other.
   */
  private boolean absorbForward(List<List<Node>> groups) {
    Map<Integer, List<Node>> groupOf = index(groups);
    for (List<Node> group : groups) {
      Set<List<Node>> targets = neighbours(group, groupOf, false);
      if (isMinor(group) && targets.size() == 1) {
        List<Node> target = targets.iterator().next();
        if (!target.isEmpty()
            && Kind.of(target) != Kind.MERGE
            && neighbours(target, groupOf, true).size() == 1) {
          join(groups, group, target);
          return true;
        }
      }
    }
    return false;
  }

  private static void join(List<List<Node>> groups, List<Node> first, List<Node> second) {
    List<Node> both = new ArrayList<>(first);
    both.addAll(second);
    both.sort((a, b) -> Integer.compare(a.index(), b.index()));
    groups.removeIf(group -> group == first || group == second);
    groups.add(both);
  }

  private static boolean isMinor(List<Node> group) {
    return group.stream().allMatch(node -> BoxText.isMinor(node.operator()));
  }

  private static Map<Integer, List<Node>> index(List<List<Node>> groups) {
    Map<Integer, List<Node>> groupOf = new HashMap<>();
    groups.forEach(group -> group.forEach(node -> groupOf.put(node.index(), group)));
    return groupOf;
  }

  /** Groups that a group reads or that read it; an empty list stands for all others. */
  private Set<List<Node>> neighbours(
      List<Node> group, Map<Integer, List<Node>> groupOf, boolean sources) {
    return group.stream()
        .flatMap(node -> (sources ? node.inputs() : consumers.get(node.index())).stream())
        .map(other -> groupOf.getOrDefault(other, List.of()))
        .filter(other -> other != group)
        .collect(Collectors.toSet());
  }
}
