package org.netloom.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.ParameterSpec;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspaces;

/** What running a network would need, planned and not run. */
public final class NetworkMemory {
  private NetworkMemory() {}

  /**
   * Bytes of a forward pass with batch statistics: the network's tensors and the most values that
   * are alive at a time.
   *
   * @param batch images of the pass
   */
  public static long forward(ComputationalGraph graph, int batch) {
    SequencedMap<String, Variable> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      int[] sides = spec.shape().stream().mapToInt(Integer::intValue).toArray();
      tensors.put(spec.name(), new Variable(spec.name(), Shape.of(sides)));
    }
    Program program = new Program();
    FeatureShape in = graph.input().shape();
    Value images = program.input("images", Shape.of(batch, in.height(), in.width(), in.channels()));
    Value logits =
        NetworkRecorder.record(
                program,
                graph,
                images,
                name -> program.variable(variable(tensors, name)),
                BatchNormMode.BATCH,
                null)
            .logits();
    program.output(logits);
    return Workspaces.bytes(List.copyOf(tensors.values()), program);
  }

  /** {@link #forward} of one image for people, in MB of 2^20 bytes with two decimals. */
  public static String ofOneImage(ComputationalGraph graph) {
    return String.format(Locale.ROOT, "%.2f MB", forward(graph, 1) / (double) (1 << 20));
  }

  private static Variable variable(Map<String, Variable> tensors, String name) {
    Variable variable = tensors.get(name);
    if (variable == null) {
      throw new IllegalArgumentException("There is no tensor '%s'.".formatted(name));
    }
    return variable;
  }
}
