package org.netloom.exchange;

import java.util.ArrayList;
import java.util.List;
import org.netloom.config.InputException;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.network.Parameters;

/** The running statistics that inference in other tools needs. */
public final class RunningStatistics {
  private RunningStatistics() {}

  /** Names of the graph's running statistics that the parameters lack, in node order. */
  public static List<String> missing(ComputationalGraph graph, Parameters parameters) {
    List<String> missing = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof Operator.BatchNorm) {
        names(node).stream().filter(name -> !parameters.has(name)).forEach(missing::add);
      }
    }
    return missing;
  }

  /** Names of a batch norm's running mean and variance. */
  static List<String> names(Node node) {
    return List.of(node.name() + ".running_mean", node.name() + ".running_var");
  }

  /**
   * Refuses parameters that lack any.
   *
   * @param form what needs them, for messages
   * @throws InputException that says how to get them
   */
  static void require(ComputationalGraph graph, Parameters parameters, String form) {
    List<String> missing = missing(graph, parameters);
    if (!missing.isEmpty()) {
      throw new InputException(
          ("Format (%s) needs the running statistics of all batch norms, but the parameters lack"
                  + " (%d) of them, '%s' first: predicted parameters have none.%n"
                  + "  Maybe 'netloom finetune', which records them, or 'netloom export --data"
                  + " DATASET', which measures them on training images.")
              .formatted(form, missing.size(), missing.getFirst()));
    }
  }
}
