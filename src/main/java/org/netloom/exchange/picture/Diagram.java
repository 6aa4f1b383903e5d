package org.netloom.exchange.picture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netloom.graph.Node;

/** Boxes and arrows of one part of a picture, in topological order. */
record Diagram(List<Box> boxes, List<int[]> edges) {

  /**
   * One box.
   *
   * @param title first line; empty for a small circle
   * @param subtitle second line, the output shape; may be empty
   * @param tooltip what a reader sees who points at it
   * @param frame index of the frame it stands for, in the colour of which it is drawn; -1: none
   */
  record Box(Kind kind, String title, String subtitle, String tooltip, int frame) {}

  /** Whether two diagrams show the same operations in the same arrangement, at whatever width. */
  boolean isLike(Diagram other) {
    return signature().equals(other.signature());
  }

  private List<String> signature() {
    List<String> all = new ArrayList<>();
    boxes.forEach(box -> all.add(box.kind() + (box.kind() == Kind.END ? "" : " " + box.title())));
    edges.forEach(edge -> all.add(edge[0] + ">" + edge[1]));
    return all;
  }

  /**
   * A diagram of groups of operators.
   *
   * @param groups the boxes' operators, in topological order
   * @param boxes their boxes
   * @param others names of everything else, by operator: each that is read becomes an input
   */
  static Diagram of(List<List<Node>> groups, List<Box> boxes, Map<Integer, String> others) {
    Map<Integer, Integer> groupOf = new LinkedHashMap<>();
    for (int g = 0; g < groups.size(); g++) {
      for (Node node : groups.get(g)) {
        groupOf.put(node.index(), g);
      }
    }
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (List<Node> group : groups) {
      for (Node node : group) {
        for (int in : node.inputs()) {
          if (!groupOf.containsKey(in)) {
            ports.putIfAbsent(others.getOrDefault(in, ""), ports.size());
          }
        }
      }
    }
    List<Box> all = new ArrayList<>();
    ports.keySet().forEach(name -> all.add(new Box(Kind.END, name, "", "from " + name, -1)));
    all.addAll(boxes);
    Set<List<Integer>> pairs = new LinkedHashSet<>();
    for (int g = 0; g < groups.size(); g++) {
      for (Node node : groups.get(g)) {
        for (int in : node.inputs()) {
          Integer source = groupOf.get(in);
          int from =
              source == null
                  ? ports.getOrDefault(others.getOrDefault(in, ""), 0)
                  : source + ports.size();
          if (from != g + ports.size()) {
            pairs.add(List.of(from, g + ports.size()));
          }
        }
      }
    }
    return new Diagram(
        all, pairs.stream().map(pair -> new int[] {pair.get(0), pair.get(1)}).toList());
  }
}
