package org.netloom.tensor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * One operation at one set of shapes with seeded operands and an output cotangent.
 *
 * @param differentiable operands whose gradients are checked
 */
record OperationCase(
    String name,
    Operation operation,
    List<Shape> shapes,
    List<float[]> operands,
    List<Integer> differentiable) {

  /** Outputs and gradients of one run. */
  record Result(List<float[]> outputs, List<float[]> gradients) {}

  static OperationCase of(String name, Operation operation, Shape... shapes) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      all.add(i);
    }
    return of(name, operation, all, shapes);
  }

  static OperationCase of(
      String name, Operation operation, List<Integer> differentiable, Shape... shapes) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(name.hashCode());
    List<float[]> operands = new ArrayList<>();
    for (Shape shape : shapes) {
      float[] data = new float[shape.size()];
      for (int i = 0; i < data.length; i++) {
        data[i] = (float) random.nextGaussian();
      }
      operands.add(data);
    }
    return new OperationCase(name, operation, List.of(shapes), operands, differentiable);
  }

  OperationCase with(int operand, float... data) {
    List<float[]> copy = new ArrayList<>(operands);
    copy.set(operand, data);
    return new OperationCase(name, operation, shapes, copy, differentiable);
  }

  /** All operands times a factor. */
  OperationCase scaled(float factor) {
    List<float[]> copy = new ArrayList<>();
    for (float[] operand : operands) {
      float[] data = operand.clone();
      for (int i = 0; i < data.length; i++) {
        data[i] *= factor;
      }
      copy.add(data);
    }
    return new OperationCase(name, operation, shapes, copy, differentiable);
  }

  float[] cotangent() {
    Program program = new Program();
    Value[] inputs = inputs(program);
    float[] data = new float[program.applyAll(operation, inputs).getFirst().shape().size()];
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(99);
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextGaussian();
    }
    return data;
  }

  private Value[] inputs(Program program) {
    Value[] inputs = new Value[shapes.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = program.input("in" + i, shapes.get(i));
    }
    return inputs;
  }

  /** Runs forward and, where asked, backward with the cotangent. */
  Result run(Backend backend, boolean backward) {
    Program program = new Program();
    Value[] inputs = inputs(program);
    List<Value> outputs = program.applyAll(operation, inputs);
    outputs.forEach(program::output);
    Value seed = program.input("seed", outputs.getFirst().shape());
    List<Value> wanted = backward ? backward(program, inputs, outputs, seed) : List.of();
    Execution execution = backend.workspace(List.of()).prepare(program);
    for (int i = 0; i < inputs.length; i++) {
      execution.write(inputs[i], operands.get(i), 0);
    }
    execution.write(seed, cotangent(), 0);
    execution.run();
    return new Result(read(execution, outputs), read(execution, wanted));
  }

  private List<Value> backward(Program program, Value[] inputs, List<Value> outputs, Value seed) {
    List<Value> with = differentiable.stream().map(i -> inputs[i]).toList();
    List<Value> wanted = Gradients.record(program, outputs.getFirst(), seed, with);
    wanted.forEach(program::output);
    return wanted;
  }

  /** The operations of a run forward and, where there is a gradient, backward. */
  Set<Class<?>> recorded() {
    Program program = new Program();
    Value[] inputs = inputs(program);
    List<Value> outputs = program.applyAll(operation, inputs);
    if (!differentiable.isEmpty()) {
      backward(program, inputs, outputs, program.input("seed", outputs.getFirst().shape()));
    }
    Set<Class<?>> all = new HashSet<>();
    program.applications().forEach(at -> all.add(at.operation().getClass()));
    return all;
  }

  private static List<float[]> read(Execution execution, List<Value> values) {
    List<float[]> all = new ArrayList<>();
    for (Value value : values) {
      float[] data = new float[value.shape().size()];
      execution.read(value, data, 0);
      all.add(data);
    }
    return all;
  }

  @Override
  public String toString() {
    return name;
  }
}
