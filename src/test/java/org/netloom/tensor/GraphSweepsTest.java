package org.netloom.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.netloom.tensor.cpu.CpuBackend;

/** What a batch of graphs promises beyond being right, which the cases of all operations check. */
class GraphSweepsTest {
  private static final int HIDDEN = 20;
  private static final int UNITS = 12;

  /** What sweeps give: the states, and the gradients of the encoding and of all weights. */
  private record Result(float[] states, List<float[]> gradients) {
    float[] ofEncoding() {
      return gradients.getFirst();
    }
  }

  @Test
  void everyGraphOfABatchHasTheBitsThatItHasAlone() {
    List<GraphEdges> graphs = random(7);
    GraphEdges batch = GraphEdges.union(graphs);
    Result together = run(batch, 0, 1);
    for (int g = 0; g < graphs.size(); g++) {
      int from = batch.starts()[g];
      Result alone = run(graphs.get(g), from, 1);
      assertThat(part(together.states, from, graphs.get(g))).isEqualTo(alone.states);
      assertThat(part(together.ofEncoding(), from, graphs.get(g))).isEqualTo(alone.ofEncoding());
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    GraphEdges batch = GraphEdges.union(random(7));
    Result one = run(batch, 0, 1);
    for (int threads = 2; threads <= 3; threads++) {
      Result more = run(batch, 0, threads);
      assertThat(more.states).isEqualTo(one.states);
      for (int i = 0; i < one.gradients.size(); i++) {
        assertThat(more.gradients.get(i)).as("gradient %d", i).isEqualTo(one.gradients.get(i));
      }
    }
  }

  @Test
  void aUnionNumbersNodesAndEdgesOn() {
    GraphEdges graph = OperationCases.GRAPHS.getFirst();
    GraphEdges union = GraphEdges.union(List.of(graph, graph));
    assertThat(union.starts()).containsExactly(0, 5, 10);
    assertThat(union.inStart()).containsExactly(0, 0, 1, 2, 5, 9, 9, 10, 11, 14, 18);
    assertThat(union.inNode()).endsWith(5, 5, 5, 6, 7, 5, 6, 7, 8);
    assertThat(union.outNode()).endsWith(6, 7, 8, 9, 8, 9, 8, 9, 9);
    assertThat(union.inDistance()).endsWith(graph.inDistance());
  }

  @Test
  void nodesAreInLevelsAboveAllTheirSources() {
    List<GraphEdges> graphs = random(5);
    GraphEdges batch = GraphEdges.union(graphs);
    for (boolean forward : new boolean[] {true, false}) {
      GraphLevels levels =
          GraphLevels.of(batch, IntStream.range(0, batch.graphs()).toArray(), forward);
      int[] level = new int[batch.nodes()];
      for (int l = 0; l < levels.count(); l++) {
        for (int i = levels.starts()[l]; i < levels.starts()[l + 1]; i++) {
          level[levels.nodes()[i]] = l;
        }
      }
      assertThat(levels.nodes()).hasSize(batch.nodes()).doesNotHaveDuplicates();
      for (int v = 0; v < batch.nodes(); v++) {
        for (int e = batch.inStart()[v]; e < batch.inStart()[v + 1]; e++) {
          int u = batch.inNode()[e];
          assertThat(forward ? level[v] - level[u] : level[u] - level[v]).isPositive();
        }
      }
    }
  }

  private static float[] part(float[] all, int node, GraphEdges graph) {
    return Arrays.copyOfRange(all, node * HIDDEN, (node + graph.nodes()) * HIDDEN);
  }

  /** Runs sweeps whose nodes are numbered from {@code first} where noise is drawn for them. */
  private static Result run(GraphEdges edges, int first, int threads) {
    Program program = new Program();
    List<Value> operands = new ArrayList<>();
    for (Shape shape : OperationCases.sweepOperands(edges.nodes(), true, HIDDEN, UNITS)) {
      operands.add(program.input("operand " + operands.size(), shape));
    }
    Value states =
        program
            .applyAll(new GraphSweeps.Forward(edges, true), operands.toArray(Value[]::new))
            .getFirst();
    Value seed = program.input("seed", states.shape());
    List<Value> gradients = new ArrayList<>(Gradients.record(program, states, seed, operands));
    program.output(states);
    gradients.forEach(program::output);
    try (Backend backend = CpuBackend.of(threads)) {
      Execution execution = backend.workspace(List.of()).prepare(program);
      int skipped = first * HIDDEN;
      execution.write(operands.getFirst(), noise(1, skipped, edges), 0);
      execution.write(seed, noise(2, skipped, edges), 0);
      for (int i = 1; i < operands.size(); i++) {
        execution.write(operands.get(i), noise(2 + i, 0, operands.get(i).shape().size()), 0);
      }
      execution.run();
      List<float[]> read = new ArrayList<>();
      for (Value gradient : gradients) {
        read.add(read(execution, gradient));
      }
      return new Result(read(execution, states), read);
    }
  }

  private static float[] read(Execution execution, Value value) {
    float[] values = new float[value.shape().size()];
    execution.read(value, values, 0);
    return values;
  }

  private static float[] noise(int seed, int skipped, GraphEdges edges) {
    return noise(seed, skipped, edges.nodes() * HIDDEN);
  }

  private static float[] noise(int seed, int skipped, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = -skipped; i < count; i++) {
      float value = (float) (random.nextDouble() - 0.5);
      if (i >= 0) {
        values[i] = value;
      }
    }
    return values;
  }

  /** Graphs of 1 to 40 nodes, so large together that threads share the work. */
  private static List<GraphEdges> random(int count) {
    SplittableRandom random = new SplittableRandom(7);
    return IntStream.range(0, count)
        .mapToObj(g -> random(g == 0 ? 1 : random.nextInt(20, 41), random))
        .toList();
  }

  private static GraphEdges random(int nodes, SplittableRandom random) {
    int[][] distance = new int[nodes][nodes];
    int edges = 0;
    for (int v = 1; v < nodes; v++) {
      for (int u = 0; u < v; u++) {
        if (u == v - 1 - random.nextInt(2) || random.nextInt(3) == 0) {
          distance[u][v] = 1 + random.nextInt(4);
          edges++;
        }
      }
    }
    int[][] in = {new int[nodes + 1], new int[edges], new int[edges]};
    int[][] out = {new int[nodes + 1], new int[edges], new int[edges]};
    for (int v = 0; v < nodes; v++) {
      in[0][v + 1] = in[0][v];
      out[0][v + 1] = out[0][v];
      for (int u = 0; u < nodes; u++) {
        append(in, v, u, distance[u][v]);
        append(out, v, u, distance[v][u]);
      }
    }
    return GraphEdges.of(nodes, in[0], in[1], in[2], out[0], out[1], out[2]);
  }

  private static void append(int[][] rows, int v, int u, int distance) {
    if (distance > 0) {
      rows[1][rows[0][v + 1]] = u;
      rows[2][rows[0][v + 1]++] = distance;
    }
  }
}
