package org.netloom.graph;

import org.netloom.config.InputException;

/**
 * The auxiliary head of DARTS (Liu et al. 2019, code; Szegedy et al., "Going deeper with
 * convolutions", 2015): a second classifier behind the cell at two thirds of a network, which only
 * training sees. ReLU, average pooling, 1×1 convolution to 128 channels, batch norm, ReLU, 2×2
 * convolution to 768, batch norm, ReLU, linear layer.
 *
 * <p>It is a network of its own whose input is the cell's output, so that what it is and does not
 * touch the network that it helps to train: its ReLU does not change what later cells read. The
 * published one does, in training only, which shows in networks without preprocessing.
 */
public final class AuxiliaryHead {
  private static final String NAME = "auxiliary_head.";
  private static final String FEATURES = NAME + "features.";
  private static final int NARROW = 128;
  private static final int WIDE = 768;
  private static final int SIDE = 8;

  private AuxiliaryHead() {}

  /**
   * The head of a network; its input has the shape of node {@link TrainingPlaces.Auxiliary#node}.
   *
   * @throws InputException if the network has no cells, or maps too small for the head
   */
  public static ComputationalGraph of(ComputationalGraph network) {
    TrainingPlaces.Auxiliary place =
        network
            .places()
            .auxiliary()
            .orElseThrow(
                () ->
                    new InputException(
                        ("Network %s has no place for an auxiliary head: only networks made of"
                                + " cells whose maps are large enough have.")
                            .formatted(network.name())));
    FeatureShape map = network.nodes().get(place.node()).shape();
    GraphAssembler graph = new GraphAssembler(network.name() + " with its auxiliary head", map);
    Node x = graph.input();
    if (place.resized()) {
      x = graph.add(NAME + "resize", new Operator.AdaptiveAveragePool(SIDE, SIDE), x);
    }
    x = relu(graph, FEATURES + 0, x);
    x =
        graph.add(
            FEATURES + 1, new Operator.AveragePool(place.poolKernel(), place.poolStride(), 0), x);
    x = graph.add(FEATURES + 2, convolution(NARROW, 1), x);
    x = place.firstNorm() ? graph.add(FEATURES + 3, Operator.BatchNorm.DEFAULT, x) : x;
    x = relu(graph, FEATURES + 4, x);
    x = graph.add(FEATURES + 5, convolution(WIDE, 2), x);
    x = place.secondNorm() ? graph.add(FEATURES + 6, Operator.BatchNorm.DEFAULT, x) : x;
    x = relu(graph, FEATURES + 7, x);
    x = graph.add(NAME + "flatten", new Operator.Flatten(), x);
    return graph.finish(
        graph.add(NAME + "classifier", new Operator.Linear(network.classes(), true), x));
  }

  private static Operator.Convolution convolution(int out, int kernel) {
    return new Operator.Convolution(out, kernel, kernel, 1, 1, Padding.of(0), 1, 1, 1, false);
  }

  private static Node relu(GraphAssembler graph, String name, Node x) {
    return graph.add(name, new Operator.Activate(Activation.RELU), x);
  }
}
