package org.netloom.tensor;

import java.util.List;

/** One operation of a program with the values it reads and writes. */
public record Application(Operation operation, List<Value> inputs, List<Value> outputs) {
  public Application {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Input i. */
  public Value in(int i) {
    return inputs.get(i);
  }

  /** Output i. */
  public Value out(int i) {
    return outputs.get(i);
  }
}
