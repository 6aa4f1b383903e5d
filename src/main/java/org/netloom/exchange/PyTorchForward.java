package org.netloom.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;

/**
 * The forward pass as Python methods: one for each run of nodes of one group, which takes the
 * values it reads from outside and returns those that are read later, so that its own are freed
 * when it ends. Groups of one node stand in {@code forward} itself.
 */
final class PyTorchForward {
  private static final String IMAGES = "images";

  private final List<Node> nodes;
  private final PyTorchValues values;

  /** Index of the last node that reads a node's value; the number of nodes for the output. */
  private final int[] lastUse;

  /** Names of values in {@code forward}, by node. */
  private final Map<Integer, String> outer = new HashMap<>();

  private final Set<String> outerNames = new HashSet<>(Set.of(IMAGES));

  PyTorchForward(ComputationalGraph graph, PyTorchValues values) {
    this.nodes = graph.nodes();
    this.values = values;
    this.lastUse = new int[nodes.size()];
    nodes.forEach(node -> node.inputs().forEach(input -> lastUse[input] = node.index()));
    lastUse[graph.output().index()] = nodes.size();
    outer.put(0, IMAGES);
  }

  void write(StringBuilder out) {
    List<String> calls = new ArrayList<>();
    for (List<Node> group : groups()) {
      if (group.size() == 1) {
        calls.add(alone(group.getFirst()));
      } else {
        calls.add(method(group, out));
      }
    }
    Node output = nodes.getLast();
    out.append("\n    def forward(self, images):\n");
    calls.forEach(call -> out.append("        ").append(call).append('\n'));
    out.append("        return ").append(outer.get(output.index()));
    out.append(values.isVector(output) ? "\n" : ".flatten(1)\n");
  }

  private List<List<Node>> groups() {
    List<List<Node>> groups = new ArrayList<>();
    String current = null;
    for (Node node : nodes) {
      if (node.operator() instanceof Operator.Input) {
        continue;
      }
      String group = PyTorchNames.group(node.name());
      if (!group.equals(current)) {
        groups.add(new ArrayList<>());
        current = group;
      }
      groups.getLast().add(node);
    }
    return groups;
  }

  private String alone(Node node) {
    List<String> in = node.inputs().stream().map(this::outerName).toList();
    String name = unique(PyTorchNames.identifier(node.name()), outerNames);
    outer.put(node.index(), name);
    return name + " = " + values.expression(node, in, in.isEmpty() ? IMAGES : in.getFirst());
  }

  private String outerName(int node) {
    String name = outer.get(node);
    if (name == null) {
      throw new IllegalStateException("Node (%d) is read before it is computed.".formatted(node));
    }
    return name;
  }

  /** Writes the method of a group; gives the line that calls it. */
  private String method(List<Node> group, StringBuilder out) {
    int first = group.getFirst().index();
    int last = group.getLast().index();
    Set<Integer> taken = new LinkedHashSet<>();
    group.forEach(node -> node.inputs().stream().filter(i -> i < first).forEach(taken::add));
    if (taken.isEmpty()) {
      taken.add(0);
    }
    List<Integer> given = group.stream().map(Node::index).filter(i -> lastUse[i] > last).toList();
    List<String> arguments = taken.stream().map(this::outerName).toList();
    String name = PyTorchNames.identifier(PyTorchNames.group(group.getFirst().name()));
    String method = unique("run_" + name, outerNames);

    out.append("\n    def ").append(method).append("(self, ");
    out.append(String.join(", ", arguments)).append("):\n");
    Map<Integer, String> local = new HashMap<>();
    taken.forEach(index -> local.put(index, outerName(index)));
    for (Node node : group) {
      List<String> in = node.inputs().stream().map(local::get).toList();
      String value = values.expression(node, in, arguments.getFirst());
      local.keySet().removeIf(index -> lastUse[index] <= node.index() && !taken.contains(index));
      String variable = unique(PyTorchNames.local(node.name()), new HashSet<>(local.values()));
      local.put(node.index(), variable);
      out.append("        ").append(variable).append(" = ").append(value).append('\n');
    }
    out.append("        return ");
    out.append(String.join(", ", given.stream().map(local::get).toList())).append('\n');

    List<String> results = new ArrayList<>();
    for (int index : given) {
      String wanted = given.size() == 1 ? name : name + "_" + local.get(index);
      String result = unique(wanted, outerNames);
      outer.put(index, result);
      results.add(result);
    }
    return "%s = self.%s(%s)"
        .formatted(String.join(", ", results), method, String.join(", ", arguments));
  }

  private static String unique(String wanted, Set<String> names) {
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }
}
