package org.netloom.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.Genotype.Edge;

/** How many decisions of two networks of the DeepNets-1M family differ. */
public final class ArchitectureDistance {
  private ArchitectureDistance() {}

  /**
   * The fraction of decisions that differ, 0 for equal networks to 1: eleven about the whole
   * network and one for each edge of the larger cells. Edges of a step are compared as a pair
   * without order.
   */
  public static double between(DeepNetsArchitecture a, DeepNetsArchitecture b) {
    List<Object> left = macro(a);
    List<Object> right = macro(b);
    int differing =
        (int)
            IntStream.range(0, left.size())
                .filter(i -> !Objects.equals(left.get(i), right.get(i)))
                .count();
    differing += edges(a.genotype().normal(), b.genotype().normal());
    differing += edges(a.genotype().reduce(), b.genotype().reduce());
    int edges = Math.max(a.genotype().normal().size(), b.genotype().normal().size());
    return differing / (double) (left.size() + 2 * edges);
  }

  private static List<Object> macro(DeepNetsArchitecture a) {
    return List.of(
        a.channels(),
        a.cells(),
        a.stemKernel(),
        a.norm(),
        a.stemType(),
        a.stemPool(),
        a.preprocess(),
        a.channelMultiplier(),
        a.fcLayers(),
        a.globalAverage(),
        a.genotype().normalConcat());
  }

  private static int edges(List<Edge> a, List<Edge> b) {
    int differing = Math.abs(a.size() - b.size());
    for (int i = 0; i < Math.min(a.size(), b.size()); i += 2) {
      List<Edge> unmatched = new ArrayList<>(b.subList(i, i + 2));
      differing += unmatched.remove(a.get(i)) ? 0 : 1;
      differing += unmatched.remove(a.get(i + 1)) ? 0 : 1;
    }
    return differing;
  }
}
