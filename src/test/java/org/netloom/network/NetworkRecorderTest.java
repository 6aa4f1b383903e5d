package org.netloom.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.architecture.InputShape;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.Node;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.ShapeException;

class NetworkRecorderTest {
  @Test
  void aTensorThatDoesNotFitIsToldWithItsNodeAndBothShapes() {
    ComputationalGraph graph =
        GraphBuilder.build(
            ArchitectureReader.read("vit").architecture().with(10, InputShape.CIFAR));
    Node first =
        graph.nodes().stream().filter(n -> !n.parameters().isEmpty()).findFirst().orElseThrow();
    Program program = new Program();

    assertThatThrownBy(
            () ->
                NetworkRecorder.record(
                    program,
                    graph,
                    program.input("images", Shape.of(2, 32, 32, 3)),
                    name -> program.input(name, Shape.of(7)),
                    BatchNormMode.BATCH,
                    null))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("node " + first.name() + " of " + graph.name() + ": ")
        .hasMessageContaining("(7)");
  }
}
