package org.netloom.graph;

import java.util.List;

/**
 * One operator of a network at work.
 *
 * @param index position in {@link ComputationalGraph#nodes()}
 * @param name unique; parameters are named {@code name.weight} and {@code name.bias}, as in PyTorch
 * @param inputs indices of the producing nodes, in the operator's order, all smaller than index
 * @param shape shape of the output for one image
 * @param parameters trainable tensors, weight before bias; empty for most operators
 * @param cell index of the cell it belongs to (stem 0, classifier the last cell)
 */
public record Node(
    int index,
    String name,
    Operator operator,
    List<Integer> inputs,
    FeatureShape shape,
    List<ParameterSpec> parameters,
    int cell) {
  public Node {
    inputs = List.copyOf(inputs);
    parameters = List.copyOf(parameters);
  }
}
