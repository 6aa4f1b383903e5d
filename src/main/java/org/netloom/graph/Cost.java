package org.netloom.graph;

/**
 * What a network costs for one image.
 *
 * @param parameters values of all trainable tensors, unreachable ones included
 * @param reachableParameters values of the tensors that reach the output
 * @param macs multiply-adds of convolutions, linear layers and attention products
 */
public record Cost(long parameters, long reachableParameters, long macs) {

  /** The cost of a network. */
  public static Cost of(ComputationalGraph graph) {
    long reachable = graph.parameters().stream().mapToLong(ParameterSpec::size).sum();
    long dead = graph.unreachableParameters().stream().mapToLong(ParameterSpec::size).sum();
    long macs = 0;
    for (Node node : graph.nodes()) {
      long positions = (long) node.shape().height() * node.shape().width();
      macs +=
          switch (node.operator()) {
            case Operator.Convolution c -> positions * node.parameters().getFirst().size();
            case Operator.Linear l -> positions * node.parameters().getFirst().size();
            case Operator.Attention a -> 2 * positions * positions * a.heads() * a.headSize();
            case Operator.WindowAttention a ->
                2 * positions * a.window() * a.window() * a.heads() * a.headSize();
            default -> 0;
          };
    }
    return new Cost(reachable + dead, reachable, macs);
  }
}
