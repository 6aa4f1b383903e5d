package org.netloom.ghn;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.netloom.graph.ParameterSpec;
import org.netloom.graph.PrimitiveNode;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
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
    for (int n = 0; n < members.size(); n++) {
      for (ParameterSpec target : members.get(n).parameters()) {
        Value value =
            sides(target) == 3 ? scale(target, g, n) : vector(members.get(n), target, rows, n);
        into.put(target.name(), value);
      }
    }
  }

  private Value vector(PrimitiveNode node, ParameterSpec target, Value rows, int n) {
    Program program = recorder.program();
    boolean gain = target.role() == ParameterSpec.Role.NORM_WEIGHT;
    Value source = rows;
    int row = gain ? 2 * n : 2 * n + 1;
    int length = config.vectorSize();
    if (node.role() == PrimitiveNode.Role.CLASS_BIAS) {
      Value own = recorder.gather(rows, new int[] {row});
      source = recorder.linear("bias_class.1", recorder.relu(own));
      row = 0;
      length = config.classes();
    }
    int size = target.shape().getFirst();
    Value tiled =
        program.apply(
            new Layout.Tile(row, 1, Math.min(size, length), 1, size, 1, 1f, Shape.of(size)),
            source);
    if (!config.rescale()) {
      return tiled;
    }
    Elementwise.Function squash =
        gain ? Elementwise.Function.NORM_GAIN : Elementwise.Function.SMALL_TANH;
    return program.apply(new Elementwise.Apply(squash), tiled);
  }

  private Value scale(ParameterSpec target, Value g, int n) {
    Shape shape = Shape.of(target.shape().stream().mapToInt(Integer::intValue).toArray());
    int slice = Math.min(shape.size(), 2 * config.vectorSize());
    float factor = Rescaling.factor(config, target.shape());
    return recorder
        .program()
        .apply(new Layout.Tile(n, 1, slice, 1, shape.size(), 1, factor, shape), g);
  }
}
