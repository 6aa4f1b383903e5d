package org.netloom.graph;

import java.util.List;

/**
 * One node of the primitive-level graph that the hypernetwork reads.
 *
 * @param name name of the tensor it stands for, else of the operator
 * @param shape target shape as the encoding sees it: the tensor's own shape, (1,1,k,k) for pooling,
 *     empty where the node has none
 * @param parameters tensors this node predicts: one, two for norms (weight, bias), or none
 * @param role how its tensors are decoded
 */
public record PrimitiveNode(
    int index,
    Primitive primitive,
    String name,
    List<Integer> shape,
    List<ParameterSpec> parameters,
    Role role) {

  /** Which decoder a node uses. */
  public enum Role {
    /** The classifier's weight; node N-2, unless a mean over positions follows it. */
    CLASS_WEIGHT,
    /** The classifier's bias, right after its weight. */
    CLASS_BIAS,
    /** Any other node. */
    ORDINARY
  }

  public PrimitiveNode {
    shape = List.copyOf(shape);
    parameters = List.copyOf(parameters);
  }
}
