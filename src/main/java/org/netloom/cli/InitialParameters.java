package org.netloom.cli;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;
import org.netloom.ghn.Ghn;
import org.netloom.ghn.Hypernetworks;
import org.netloom.ghn.Predictor;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.ParameterSpec;
import org.netloom.network.Decorrelation;
import org.netloom.network.Initialisation;
import org.netloom.network.Parameters;
import org.netloom.tensor.Backend;
import org.netloom.tensor.Tensor;

/**
 * What a training starts from.
 *
 * @param what for people, for example {@code random, seed 42}
 * @param protocol how training from there is called
 */
record InitialParameters(Parameters parameters, String what, String protocol) {

  static InitialParameters random(ComputationalGraph graph, long seed) {
    return new InitialParameters(
        Initialisation.random(graph, seed), "random, seed " + seed, "trained from scratch");
  }

  /**
   * What a hypernetwork predicts.
   *
   * @param data the data set as the command line names it
   * @param changes of the predicted weights; null for none
   * @param newClassifier whether the last layer is random instead; then the hypernetwork may be one
   *     for another number of classes
   * @throws InputException if its number of classes is another one and the classifier not new
   */
  static InitialParameters predicted(
      String ghn,
      Backend backend,
      DataArgument chosen,
      String data,
      ComputationalGraph graph,
      @Nullable Decorrelation changes,
      boolean newClassifier,
      long seed) {
    Ghn opened = Hypernetworks.open(ghn).ghn();
    int classes = opened.config().classes();
    if (classes != graph.classes() && !newClassifier) {
      throw new InputException(
          ("Hypernetwork %s predicts networks of (%d) classes, but data set %s has (%d).%n  Maybe"
                  + " --new-classifier, --init random, or a hypernetwork of your own from 'netloom"
                  + " train-ghn'?")
              .formatted(ghn, classes, data, graph.classes()));
    }
    ComputationalGraph known =
        classes == graph.classes()
            ? graph
            : GraphBuilder.build(
                chosen.architecture().with(classes, chosen.architecture().input()));
    Parameters parameters =
        Predictor.predict(opened, backend, Predictor.encode(opened.config(), known)).parameters();
    String what = "predicted by " + ghn;
    if (changes != null) {
      parameters = changes.apply(known, parameters);
      what += ", then " + changes;
    }
    if (newClassifier) {
      parameters = parameters.with(classifier(graph, seed));
      what += ", the classifier random, seed " + seed;
    }
    return new InitialParameters(parameters, what, "fine-tuned");
  }

  private static SequencedMap<String, Tensor> classifier(ComputationalGraph graph, long seed) {
    Parameters random = Initialisation.random(graph, seed);
    SequencedMap<String, Tensor> last = new LinkedHashMap<>();
    for (ParameterSpec spec : lastLayer(graph).orElseThrow()) {
      last.put(spec.name(), random.get(spec.name()));
    }
    return last;
  }

  /** The tensors of the last node that has any. */
  private static Optional<Iterable<ParameterSpec>> lastLayer(ComputationalGraph graph) {
    return graph.nodes().reversed().stream()
        .filter(node -> !node.parameters().isEmpty())
        .findFirst()
        .map(node -> node.parameters());
  }
}
