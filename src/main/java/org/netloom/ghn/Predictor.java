package org.netloom.ghn;

import java.util.SequencedMap;
import java.util.function.Function;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Distances;
import org.netloom.graph.PrimitiveGraph;
import org.netloom.tensor.Backend;
import org.netloom.tensor.GraphEdges;
import org.netloom.tensor.Program;
import org.netloom.tensor.Value;

/** Prediction of a whole network's tensors from its computational graph. */
public final class Predictor {
  private Predictor() {}

  /** A network's primitive graph with the edges that the hypernetwork reads. */
  public record Encoded(PrimitiveGraph graph, GraphEdges edges) {}

  /** Builds the primitive graph and its (virtual) edges. */
  public static Encoded encode(GhnConfig config, ComputationalGraph network) {
    return encode(config, PrimitiveGraph.of(network));
  }

  /** Finds the (virtual) edges of a primitive graph. */
  public static Encoded encode(GhnConfig config, PrimitiveGraph graph) {
    Distances d = graph.distances(config.cutoff());
    return new Encoded(
        graph,
        GraphEdges.of(
            graph.nodes().size(),
            d.inStart(),
            d.inNode(),
            d.inDistance(),
            d.outStart(),
            d.outNode(),
            d.outDistance()));
  }

  /**
   * Records the prediction into a program, for those who run many of them in one workspace.
   *
   * @param weights gives the value of a hypernetwork's tensor by its name
   * @return the network's tensors by name, each in its usual layout
   */
  public static SequencedMap<String, Value> record(
      Program program, GhnConfig config, Function<String, Value> weights, Encoded encoded) {
    return new GhnRecorder(program, config, weights)
        .record(encoded.graph().nodes(), encoded.edges())
        .tensors();
  }

  /** Predicts all tensors of a network that have a node. */
  public static Ghn.Prediction predict(Ghn ghn, Backend backend, Encoded encoded) {
    return ghn.predict(backend, encoded.graph().nodes(), encoded.edges());
  }
}
