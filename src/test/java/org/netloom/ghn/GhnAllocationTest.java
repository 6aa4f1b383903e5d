package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.GraphBuilder;
import org.netloom.graph.PrimitiveNode;
import org.netloom.network.BatchNormMode;
import org.netloom.network.Chance;
import org.netloom.network.NetworkRecorder;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;
import org.netloom.tensor.Allocations;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.GraphEdges;
import org.netloom.tensor.Loss;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Update;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;
import org.netloom.tensor.cpu.CpuBackend;

/**
 * Neither a warm prediction of networks' tensors nor a warm training step of a hypernetwork
 * allocates: node encoding, message passing over all graphs, decoding, and in training the networks
 * with their losses, all that backwards, clipping and Adam. What is counted is the run of the plan;
 * recording and preparing that of other architectures allocates.
 */
final class GhnAllocationTest {
  private static final int NETWORKS = 2;
  private static final int IMAGES = 2;
  private static final int CLASSES = 10;

  @ParameterizedTest(name = "hidden {0}, training {1}, threads {2}")
  @CsvSource({
    "32, false, 1",
    "32, false, 2",
    "32, true, 1",
    "32, true, 2",
  })
  void aWarmPlanAllocatesNothing(int hidden, boolean training, int threads) throws Exception {
    assertThat(Allocations.told(GhnAllocationTest.class, hidden, training, threads))
        .isEqualTo("0 bytes");
  }

  /** Arguments are the hidden size, whether it is a training, and the threads. */
  public static void main(String[] arguments) {
    GhnConfig config = GhnConfig.ghn2(Integer.parseInt(arguments[0]), 16, 5, CLASSES);
    try (CpuBackend backend = CpuBackend.of(Integer.parseInt(arguments[2]))) {
      Allocations.tell(new Step(config).prepare(backend, Boolean.parseBoolean(arguments[1])));
    }
  }

  /** A meta-batch as one program. */
  private static final class Step {
    private final GhnConfig config;
    private final Program program = new Program();
    private final List<ComputationalGraph> networks = new ArrayList<>();
    private final SequencedMap<String, Variable> weights = new LinkedHashMap<>();
    private final List<Variable> variables = new ArrayList<>();
    private final Map<Value, float[]> inputs = new LinkedHashMap<>();

    Step(GhnConfig config) {
      this.config = config;
      Sampler sampler = new Sampler(SearchSpace.quickstart(CLASSES));
      for (int i = 0; i < NETWORKS; i++) {
        networks.add(GraphBuilder.build(sampler.sample(new SplittableRandom(i))));
      }
      Ghn.shapes(config).forEach((name, shape) -> weights.put(name, variable(name, shape)));
    }

    private Variable variable(String name, Shape shape) {
      Variable variable = new Variable(name, shape);
      variables.add(variable);
      return variable;
    }

    private Value input(String name, Shape shape, float[] values) {
      Value value = program.input(name, shape);
      inputs.put(value, values);
      return value;
    }

    private Value weight(String name) {
      return program.variable(Objects.requireNonNull(weights.get(name)));
    }

    Execution prepare(CpuBackend backend, boolean training) {
      List<SequencedMap<String, Value>> tensors = predict();
      if (training) {
        train(tensors);
      } else {
        tensors.forEach(all -> all.values().forEach(program::output));
      }
      Workspace workspace = backend.workspace(variables);
      Ghn ghn = Ghn.initialise(config, new SplittableRandom(3));
      weights.forEach(
          (name, variable) -> workspace.write(variable, ghn.tensors().get(name).data()));
      Execution execution = workspace.prepare(program);
      inputs.forEach((value, values) -> execution.write(value, values, 0));
      return execution;
    }

    /** The tensors of all networks. */
    private List<SequencedMap<String, Value>> predict() {
      List<PrimitiveNode> nodes = new ArrayList<>();
      List<GraphEdges> edges = new ArrayList<>();
      List<List<PrimitiveNode>> graphs = new ArrayList<>();
      for (ComputationalGraph network : networks) {
        Predictor.Encoded encoded = Predictor.encode(config, network);
        graphs.add(encoded.graph().nodes());
        nodes.addAll(encoded.graph().nodes());
        edges.add(encoded.edges());
      }
      GhnRecorder recorder = new GhnRecorder(program, config, this::weight);
      GraphEdges union = GraphEdges.union(edges);
      Value states = recorder.states(nodes, union).last();
      List<SequencedMap<String, Value>> tensors = new ArrayList<>();
      for (int i = 0; i < NETWORKS; i++) {
        int[] rows = IntStream.range(union.starts()[i], union.starts()[i + 1]).toArray();
        tensors.add(recorder.decode(graphs.get(i), recorder.gather(states, rows)));
      }
      return tensors;
    }

    private void train(List<SequencedMap<String, Value>> tensors) {
      FeatureShape in = networks.getFirst().input().shape();
      Shape pixels = Shape.of(IMAGES, in.height(), in.width(), in.channels());
      Value images = input("images", pixels, noise(pixels.size()));
      Value labels = input("labels", Shape.of(IMAGES), new float[] {3, 7});
      Value masks = input("dropout seed", Shape.of(1), new float[] {5});
      List<Value> losses = new ArrayList<>();
      for (int i = 0; i < NETWORKS; i++) {
        SequencedMap<String, Value> own = tensors.get(i);
        Value logits =
            NetworkRecorder.record(
                    program,
                    networks.get(i),
                    images,
                    name -> Objects.requireNonNull(own.get(name)),
                    BatchNormMode.BATCH,
                    Chance.of(masks))
                .logits();
        losses.add(program.applyAll(new Loss.CrossEntropy(0.1f), logits, labels).getFirst());
      }
      Value loss = program.apply(new Elementwise.Add(), losses.toArray(Value[]::new));
      program.output(loss);
      List<Value> own = weights.keySet().stream().map(this::weight).toList();
      Value share = input("share", Shape.of(1), new float[] {1f / NETWORKS});
      adam(own, Gradients.record(program, loss, share, own));
    }

    private void adam(List<Value> own, List<Value> gradients) {
      Value norm = program.variable(variable("norm", Shape.of(1)));
      Value hyper = input("rate and step", Shape.of(2), new float[] {1e-4f, 1});
      List<Value> operands = new ArrayList<>(List.of(norm));
      gradients.stream().filter(Objects::nonNull).forEach(operands::add);
      program.applyAll(new Update.GlobalNorm(), operands.toArray(Value[]::new));
      Update.Adam adam = new Update.Adam(0.9f, 0.999f, 1e-8f, 1e-5f, 5f);
      for (int i = 0; i < own.size(); i++) {
        Value gradient = gradients.get(i);
        if (gradient != null) {
          Shape shape = gradient.shape();
          Value first = program.variable(variable("first " + i, shape));
          Value second = program.variable(variable("second " + i, shape));
          program.applyAll(adam, own.get(i), gradient, first, second, norm, hyper);
        }
      }
    }

    private static float[] noise(int size) {
      SplittableRandom random = new SplittableRandom(3);
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return values;
    }
  }
}
