package org.netloom.ghn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.architecture.InputShape;
import org.netloom.deepnets.NetworkSet;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.BatchNormMode;
import org.netloom.network.NetworkRecorder;
import org.netloom.tensor.Execution;
import org.netloom.tensor.Gradients;
import org.netloom.tensor.Loss;
import org.netloom.tensor.Program;
import org.netloom.tensor.Repetition;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;
import org.netloom.tensor.Variable;
import org.netloom.tensor.Workspace;
import org.netloom.tensor.cpu.CpuBackend;

/** Whole networks with predicted tensors, whose channels repeat, against all their products. */
class RepeatedChannelsTest {
  private static final int IMAGES = 4;
  private static final int CLASSES = 10;

  private final Map<String, Variable> weights = new LinkedHashMap<>();
  private final Program recorded = new Program();
  private Value images;
  private Value labels;
  private Value share;
  private Value loss;
  private Value logits;

  /** A recorded training step. */
  private record Step(
      Program program, Value images, Value labels, Value share, Value logits, Value loss) {
    Step in(Repetition distinct) {
      return new Step(
          distinct.program(),
          distinct.whole(images),
          distinct.whole(labels),
          distinct.whole(share),
          distinct.whole(logits),
          distinct.whole(loss));
    }
  }

  /** A planned step that gives logits, loss and the gradients of the hypernetwork's tensors. */
  private record Ready(Step step, Execution execution, List<Value> wanted) {
    /** Runs with images that differ from the usual ones by such a share. */
    List<float[]> run(float nudge) {
      SplittableRandom random = new SplittableRandom(5);
      float[] pixels = new float[step.images.shape().size()];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) random.nextGaussian() * (1 + nudge * (i % 3 - 1));
      }
      execution.write(step.images, pixels, 0);
      execution.write(step.labels, new float[] {3, 1, 4, 1}, 0);
      execution.write(step.share, new float[] {1}, 0);
      execution.run();
      List<float[]> values = new ArrayList<>();
      for (Value value : wanted) {
        float[] data = new float[value.shape().size()];
        execution.read(value, data, 0);
        values.add(data);
      }
      return values;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18",
        "mobilenet_v2",
        "shufflenet_v2_x0_5",
        "regnet_x_400mf",
        "squeezenet1_1",
        "vit",
        "split:0",
        "split:13",
        "split:1",
        "split:2",
        "split:3",
        "split:4",
        "split:5"
      })
  void valuesAndGradientsAreThoseOfAllProductsInNoMoreMemory(String name) {
    Ghn ghn = Ghn.initialise(GhnConfig.ghn2(8, 12, 3, CLASSES), new SplittableRandom(4));
    record(ghn, GraphBuilder.build(architecture(name)));
    Repetition distinct = Repetition.of(recorded, Map.of());
    Step plain = new Step(recorded, images, labels, share, logits, loss);
    Step rewritten = plain.in(distinct);
    try (CpuBackend backend = CpuBackend.of(2)) {
      Workspace workspace = backend.workspace(List.copyOf(weights.values()));
      weights.forEach((key, of) -> workspace.write(of, ghn.tensors().get(key).data()));
      Ready all = prepare(workspace, plain);
      List<float[]> expected = all.run(0);
      List<float[]> nudged = all.run(3e-7f);
      List<List<float[]>> close = List.of(expected, all.run(1e-6f), all.run(2e-6f), all.run(4e-6f));
      Ready once = prepare(workspace, rewritten);
      assertThat(once.execution.plan().floats()).isLessThanOrEqualTo(all.execution.plan().floats());
      List<float[]> actual = once.run(0);
      for (int t = 0; t < expected.size(); t++) {
        int tensor = t;
        double rounding = difference(nudged.get(t), expected.get(t));
        // a ReLU that rounding turns over changes a gradient by a step, as it does for images so
        // close
        assertThat(close.stream().mapToDouble(v -> difference(actual.get(tensor), v.get(tensor))))
            .as("tensor %d, where rounding of the images makes %s", t, rounding)
            .anyMatch(difference -> difference < 5e-5 + 20 * rounding);
      }
    }
  }

  private static Architecture architecture(String name) {
    InputShape input = InputShape.CIFAR;
    return name.startsWith("split:")
        ? NetworkSet.open("train")
            .network(Integer.parseInt(name.substring(6)))
            .architecture(CLASSES, input)
        : ArchitectureReader.read(name).architecture().with(CLASSES, input);
  }

  private void record(Ghn ghn, ComputationalGraph network) {
    ghn.tensors().forEach((name, tensor) -> weights.put(name, new Variable(name, tensor.shape())));
    images = recorded.input("images", Shape.of(IMAGES, 32, 32, 3));
    labels = recorded.input("labels", Shape.of(IMAGES));
    share = recorded.input("share", Shape.of(1));
    Map<String, Value> tensors =
        Predictor.record(
            recorded,
            ghn.config(),
            name -> recorded.variable(GradientLane.require(weights, name)),
            Predictor.encode(ghn.config(), network));
    logits =
        NetworkRecorder.record(
                recorded,
                network,
                images,
                name -> GradientLane.require(tensors, name),
                BatchNormMode.BATCH,
                null)
            .logits();
    loss = recorded.applyAll(new Loss.CrossEntropy(0f), logits, labels).getFirst();
  }

  private Ready prepare(Workspace workspace, Step step) {
    List<Value> with = new ArrayList<>();
    weights.values().forEach(variable -> with.add(step.program.variable(variable)));
    List<Value> wanted = new ArrayList<>(List.of(step.logits, step.loss));
    for (Value gradient : Gradients.record(step.program, step.loss, step.share, with)) {
      if (gradient != null) {
        wanted.add(gradient);
      }
    }
    wanted.forEach(step.program::output);
    return new Ready(step, workspace.prepare(step.program), wanted);
  }

  /** The largest difference as a share of the largest value. */
  private static double difference(float[] actual, float[] expected) {
    double scale = 1e-6;
    double most = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      most = Math.max(most, Math.abs((double) actual[i] - expected[i]));
    }
    return most / scale;
  }
}
