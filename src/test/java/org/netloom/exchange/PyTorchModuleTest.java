package org.netloom.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.netloom.graph.Activation;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.Padding;

/** The form of the Python text; {@link HandOverIT} runs it where PyTorch is installed. */
class PyTorchModuleTest {
  private static final Pattern ADDED = Pattern.compile("^ {8}self\\.add\\(\"([^\"]+)\", (.+)\\)$");
  private static final Pattern USED = Pattern.compile("self\\[\"([^\"]+)\"]");
  private static final Pattern METHOD = Pattern.compile("^ {4}def (\\w+)\\(self, ([^)]*)\\):$");
  private static final Pattern ASSIGNED = Pattern.compile("^ {8}([\\w, ]+) = (.+)$");
  private static final Pattern CALL = Pattern.compile("^self\\.(\\w+)\\(([^)]*)\\)$");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.\"])[a-z]\\w*(?![\\w\"]*[\"(=])(?![\\w.]*\\()");

  @Test
  void everyCaseIsWellFormedAndReadsOnlyWhatExists() {
    ExportCases.all()
        .forEach(
            (name, architecture) -> {
              ComputationalGraph graph = GraphBuilder.build(architecture);
              String text = PyTorchModule.write(graph, "Network " + name);
              List<String> lines = text.lines().toList();
              assertBalanced(name, text);
              assertThat(lines).as(name).allMatch(line -> indent(line) % 4 == 0 || line.isBlank());
              Map<String, String> layers = layers(lines);
              assertThat(layers.keySet())
                  .as(name)
                  .containsExactlyInAnyOrderElementsOf(
                      graph.nodes().stream()
                          .filter(node -> !node.parameters().isEmpty())
                          .map(Node::name)
                          .toList());
              Set<String> used = new HashSet<>();
              Matcher use = USED.matcher(text);
              while (use.find()) {
                used.add(use.group(1));
              }
              assertThat(used).as(name).isEqualTo(layers.keySet());
              assertVariablesExist(name, lines);
            });
  }

  @Test
  void oneLinePerLayerSaysItsSizesAsPyTorchCallsThem() {
    HandMade net = new HandMade(new FeatureShape(4, 8, 8));
    Operator.Convolution convolution =
        new Operator.Convolution(8, 3, 5, 2, 1, Padding.of(1, 2), 1, 1, 4, false);
    int a = net.convolution("block.conv", convolution, new FeatureShape(8, 4, 8), 0);
    int b = net.norm("block.bn", new Operator.BatchNorm(1e-3f, 0.01f), a);
    int c = net.norm("block.ln", new Operator.LayerNorm(1e-6f), b);
    int pooled = net.add("pool", new Operator.GlobalAveragePool(), FeatureShape.vector(8), c);
    net.linear("fc", 10, true, pooled);
    Map<String, String> layers =
        layers(PyTorchModule.write(net.graph(), "a \"quoted\" title").lines().toList());
    assertThat(layers)
        .containsEntry(
            "block.conv",
            "nn.Conv2d(4, 8, (3, 5), stride=(2, 1), padding=(1, 2), groups=4, bias=False)")
        .containsEntry("block.bn", "nn.BatchNorm2d(8, eps=0.001, momentum=0.01)")
        .containsEntry("block.ln", "nn.LayerNorm(8, eps=1e-6)")
        .containsEntry("fc", "nn.Linear(8, 10)");
  }

  @Test
  void aLayerThatHoldsOthersIsMadeBeforeThem() {
    HandMade net = new HandMade(new FeatureShape(3, 4, 4));
    int inner = net.linear("head.fc", 4, true, 0);
    int outer = net.linear("head", 4, true, inner);
    net.add("relu", new Operator.Activate(Activation.RELU), new FeatureShape(4, 4, 4), outer);
    List<String> lines = PyTorchModule.write(net.graph(), "t").lines().toList();
    assertThat(new ArrayList<>(layers(lines).keySet())).containsExactly("head", "head.fc");
  }

  @Test
  void namesThatPythonCannotSayAreReplaced() {
    assertThat(PyTorchNames.identifier("cells.0._ops.1")).isEqualTo("cells_0_ops_1");
    assertThat(PyTorchNames.identifier("lambda")).isEqualTo("x_lambda");
    assertThat(PyTorchNames.identifier("7up")).isEqualTo("x_7up");
    assertThat(PyTorchNames.identifier("/")).isEqualTo("x_");
    assertThat(PyTorchNames.quoted("a\"b\\c\né")).isEqualTo("\"a\\\"b\\\\c\\u000a\\u00e9\"");
  }

  private static Map<String, String> layers(List<String> lines) {
    Map<String, String> layers = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher added = ADDED.matcher(line);
      if (added.matches()) {
        assertThat(layers.put(added.group(1), added.group(2))).as(line).isNull();
      }
    }
    return layers;
  }

  private static void assertBalanced(String name, String text) {
    Deque<Character> open = new ArrayDeque<>();
    String code = text.replaceAll("(?s)\"\"\".*?\"\"\"", "").replaceAll("\"[^\"\n]*\"", "");
    for (char c : code.toCharArray()) {
      switch (c) {
        case '(', '[', '{' -> open.push(c);
        case ')', ']', '}' ->
            assertThat(open.isEmpty() ? ' ' : open.pop())
                .as(name)
                .isEqualTo(c == ')' ? '(' : c == ']' ? '[' : '{');
        default -> {
          // no bracket
        }
      }
    }
    assertThat(open).as(name).isEmpty();
    assertThat(code).as(name).doesNotContain("\"");
  }

  /** In each method, a name is given or assigned before it is read; calls fit the methods. */
  private static void assertVariablesExist(String name, List<String> lines) {
    Map<String, Integer> arguments = new HashMap<>();
    Set<String> known = new HashSet<>();
    for (String line : lines) {
      if (line.startsWith("class ") || line.startsWith("def ")) {
        known = new HashSet<>();
      }
      Matcher method = METHOD.matcher(line);
      if (method.matches()) {
        List<String> given = List.of(method.group(2).split(", "));
        boolean computes = method.group(1).matches("forward|run_.*");
        known = computes ? new HashSet<>(given) : new HashSet<>();
        arguments.put(method.group(1), given.size());
      }
      Matcher assigned = ASSIGNED.matcher(line);
      if (!assigned.matches() || known.isEmpty()) {
        continue;
      }
      Matcher call = CALL.matcher(assigned.group(2));
      if (call.matches()) {
        List<String> given = List.of(call.group(2).split(", "));
        assertThat(given).as(name + ": " + line).hasSize(arguments.get(call.group(1)));
        assertThat(known).as(name + ": " + line).containsAll(given);
      } else {
        Matcher read = NAME.matcher(assigned.group(2).replaceAll("self(?=\\[|\\.)", ""));
        while (read.find()) {
          if (!List.of("torch", "F", "shape", "count_include_pad").contains(read.group())) {
            assertThat(known).as(name + ": " + line).contains(read.group());
          }
        }
      }
      known.addAll(List.of(assigned.group(1).split(", ")));
    }
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
