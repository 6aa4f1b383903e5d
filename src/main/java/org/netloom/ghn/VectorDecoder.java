package org.netloom.ghn;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.netloom.graph.ParameterSpec;
import org.netloom.graph.PrimitiveNode;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tile;
import org.netloom.tensor.Value;

/**
 * The 1-D decoder: H → 2H → 2×m; row 0 is a norm's gain, row 1 a norm's offset or a layer's bias,
 * sliced and tiled to the target, squashed to (0, 2) and (−1, 1). The classifier's bias passes ReLU
 * and one more linear layer. A tensor of three sides (layer scale) takes the 2·m values in a row.
 */
final class VectorDecoder {
  private final GhnRecorder recorder;
  private final GhnConfig config;
  private final List<PrimitiveNode> members = new ArrayList<>();
  private final Value states;

  VectorDecoder(GhnRecorder recorder, GhnConfig config, List<PrimitiveNode> nodes, Value states) {
    this.recorder = recorder;
    this.config = config;
    this.states = states;
    for (PrimitiveNode node : nodes) {
      if (node.parameters().stream().anyMatch(VectorDecoder::decodes)) {
        members.add(node);
      }
    }
  }

  private static boolean decodes(ParameterSpec target) {
    return sides(target) == 1 || sides(target) == 3 && target.role() != ParameterSpec.Role.POSITION;
  }

  private static int sides(ParameterSpec target) {
    return target.shape().size();
  }

  void decode(SequencedMap<String, Value> into) {
    if (members.isEmpty()) {
      return;
    }
    Value h = recorder.gather(states, members.stream().mapToInt(PrimitiveNode::index).toArray());
    Value g =
        recorder.linear("decoder_1d.fc.2", recorder.relu(recorder.linear("decoder_1d.fc.0", h)));
    Value rows = recorder.reshape(g, 2 * members.size(), config.vectorSize());
    List<Target> gains = new ArrayList<>();
    List<Target> offsets = new ArrayList<>();
    for (int n = 0; n < members.size(); n++) {
      for (ParameterSpec target : members.get(n).parameters()) {
        if (sides(target) == 3) {
          scale(target, g, n, into);
        } else if (members.get(n).role() == PrimitiveNode.Role.CLASS_BIAS) {
          classBias(target, recorder.gather(rows, new int[] {2 * n + 1}), into);
        } else if (target.role() == ParameterSpec.Role.NORM_WEIGHT) {
          gains.add(new Target(target, 2 * n));
        } else {
          offsets.add(new Target(target, 2 * n + 1));
        }
      }
    }
    vectors(gains, rows, Elementwise.Function.NORM_GAIN, into);
    vectors(offsets, rows, Elementwise.Function.SMALL_TANH, into);
  }

  /** A tensor and the decoded row that makes it. */
  private record Target(ParameterSpec parameter, int row) {}

  private void classBias(ParameterSpec target, Value own, SequencedMap<String, Value> into) {
    Value classes = recorder.linear("bias_class.1", recorder.relu(own));
    Value squashed = squash(classes, Elementwise.Function.SMALL_TANH);
    tile(List.of(target), List.of(vector(target, 0, config.classes())), squashed, into);
  }

  private void vectors(
      List<Target> targets,
      Value rows,
      Elementwise.Function function,
      SequencedMap<String, Value> into) {
    if (targets.isEmpty()) {
      return;
    }
    int[] chosen = targets.stream().mapToInt(Target::row).toArray();
    List<Tile> tiles = new ArrayList<>();
    for (int n = 0; n < chosen.length; n++) {
      tiles.add(vector(targets.get(n).parameter, n, config.vectorSize()));
    }
    Value squashed = squash(recorder.gather(rows, chosen), function);
    tile(targets.stream().map(Target::parameter).toList(), tiles, squashed, into);
  }

  private static Tile vector(ParameterSpec target, int row, int length) {
    int size = target.shape().getFirst();
    return new Tile(row, 1, Math.min(size, length), 1, size, 1, 1f, Shape.of(size));
  }

  private Value squash(Value x, Elementwise.Function function) {
    return config.rescale() ? recorder.program().apply(new Elementwise.Apply(function), x) : x;
  }

  private void scale(ParameterSpec target, Value g, int n, SequencedMap<String, Value> into) {
    Shape shape = Shape.of(target.shape().stream().mapToInt(Integer::intValue).toArray());
    int slice = Math.min(shape.size(), 2 * config.vectorSize());
    float factor = Rescaling.factor(config, target.shape());
    Tile tile = new Tile(n, 1, slice, 1, shape.size(), 1, factor, shape);
    tile(List.of(target), List.of(tile), g, into);
  }

  private void tile(
      List<ParameterSpec> targets, List<Tile> tiles, Value from, SequencedMap<String, Value> into) {
    List<Value> tensors = recorder.program().applyAll(new Layout.Tiles(tiles), from);
    for (int t = 0; t < tensors.size(); t++) {
      into.put(targets.get(t).name(), tensors.get(t));
    }
  }
}
