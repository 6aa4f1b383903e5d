package org.netloom.ghn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.netloom.graph.ComputationalGraph;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Program;
import org.netloom.tensor.Tensor;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;

/**
 * Embeds one network after the other as a hypernetwork sees it: the mean over the nodes of its
 * final states, layer-normed where the hypernetwork has a layer norm (Knyazev et al. 2021, property
 * prediction). Nothing is decoded, so that it costs less than a prediction. The hypernetwork's
 * tensors stay in one arena; a thread needs an embedder of its own.
 */
public final class GraphEmbedder {
  private final Ghn ghn;
  private final Backend backend;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private @Nullable Workspace workspace;

  /** An embedder on a backend, which the caller closes afterwards. */
  public GraphEmbedder(Ghn ghn, Backend backend) {
    this.ghn = ghn;
    this.backend = backend;
    ghn.tensors()
        .forEach((name, tensor) -> variables.put(name, new Variable(name, tensor.shape())));
  }

  /**
   * e = (1/N) Σ_v h_v, summed in the order of the nodes in double precision.
   *
   * @return H numbers
   * @throws IllegalArgumentException if a state is not finite
   */
  public float[] embed(ComputationalGraph network) {
    return mean(states(network));
  }

  /** Final states [N,H]. */
  private Tensor states(ComputationalGraph network) {
    Predictor.Encoded encoded = Predictor.encode(ghn.config(), network);
    Program program = new Program();
    Value states =
        new GhnRecorder(program, ghn.config(), name -> program.variable(variable(name)))
            .states(encoded.graph().nodes(), encoded.edges())
            .last();
    program.output(states);
    Execution execution = arena(program).prepare(program);
    execution.run();
    Tensor read = Tensor.zeros(states.shape());
    execution.read(states, read.data(), 0);
    return read;
  }

  private float[] mean(Tensor states) {
    int hidden = ghn.config().hidden();
    int nodes = states.shape().side(0);
    double[] sums = new double[hidden];
    for (int v = 0; v < nodes; v++) {
      for (int i = 0; i < hidden; i++) {
        sums[i] += states.data()[v * hidden + i];
      }
    }
    float[] mean = new float[hidden];
    for (int i = 0; i < hidden; i++) {
      mean[i] = (float) (sums[i] / nodes);
      if (!Float.isFinite(mean[i])) {
        throw new IllegalArgumentException(
            "Number %d of the embedding is (%s), not a finite number.".formatted(i, mean[i]));
      }
    }
    return mean;
  }

  /** The arena with the hypernetwork's tensors, made for a program where there is none. */
  private Workspace arena(Program first) {
    Workspace known = workspace;
    if (known == null) {
      known = backend.workspace(List.copyOf(variables.values()), first);
      for (Map.Entry<String, Tensor> tensor : ghn.tensors().entrySet()) {
        known.write(variable(tensor.getKey()), tensor.getValue().data());
      }
      workspace = known;
    }
    return known;
  }

  private Variable variable(String name) {
    Variable variable = variables.get(name);
    if (variable == null) {
      throw new IllegalArgumentException("There is no tensor '%s'.".formatted(name));
    }
    return variable;
  }
}
