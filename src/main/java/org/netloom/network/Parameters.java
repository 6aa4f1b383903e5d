package org.netloom.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.netloom.config.InputException;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.ParameterSpec;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

/**
 * Named tensors of one network, in the usual (PyTorch) layouts and under the names of {@link
 * org.netloom.graph.ParameterSpec}; beside them, after training, {@code .running_mean} and {@code
 * .running_var}.
 */
public record Parameters(SequencedMap<String, Tensor> tensors) {
  public Parameters {
    tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
  }

  /** The tensor of that name. */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("There is no tensor named '%s'.".formatted(name));
    }
    return tensor;
  }

  /**
   * The tensor of that name and shape.
   *
   * @throws InputException if it is missing or has another shape
   */
  public Tensor require(String name, List<Integer> sides) {
    Shape shape = Shape.of(sides.stream().mapToInt(Integer::intValue).toArray());
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new InputException(
          "The parameters lack tensor '%s' of shape (%s).".formatted(name, shape));
    }
    if (!tensor.shape().equals(shape)) {
      throw new InputException(
          "Tensor '%s' has shape (%s); the architecture asks for (%s)."
              .formatted(name, tensor.shape(), shape));
    }
    return tensor;
  }

  /**
   * Only the trainable tensors of a graph, in node order.
   *
   * @throws InputException if one is missing or has another shape
   */
  public Parameters trainable(ComputationalGraph graph) {
    SequencedMap<String, Tensor> wanted = new LinkedHashMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      wanted.put(spec.name(), require(spec.name(), spec.shape()));
    }
    return new Parameters(wanted);
  }

  /** Whether a tensor of that name is present. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** Number of values of all tensors. */
  public long size() {
    return tensors.values().stream().mapToLong(tensor -> tensor.shape().size()).sum();
  }

  /** These tensors and others; the others win where names clash. */
  public Parameters with(Map<String, Tensor> others) {
    SequencedMap<String, Tensor> all = new LinkedHashMap<>(tensors);
    all.putAll(others);
    return new Parameters(all);
  }
}
