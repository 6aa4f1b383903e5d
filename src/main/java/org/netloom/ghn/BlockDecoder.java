package org.netloom.ghn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.netloom.config.InputException;
import org.netloom.graph.ParameterSpec;
import org.netloom.graph.PrimitiveNode;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Value;

/**
 * The 4-D decoder: H → 4H×K×K → per position 8H → O·I, cut to the kernel's top-left corner, sliced
 * and tiled to the target, scaled by √(β/fan-in). Only the rows and positions that a target reads
 * are computed; nodes with equal needs share one product.
 */
final class BlockDecoder {
  private final GhnRecorder recorder;
  private final GhnConfig config;
  private final List<PrimitiveNode> nodes;
  private final Value states;

  /** What a target reads: kernel, output and input channels of the decoded block. */
  private record Need(int kh, int kw, int outs, int ins) {}

  BlockDecoder(GhnRecorder recorder, GhnConfig config, List<PrimitiveNode> nodes, Value states) {
    this.recorder = recorder;
    this.config = config;
    this.nodes = nodes;
    this.states = states;
  }

  void decode(SequencedMap<String, Value> into) {
    Map<Need, List<PrimitiveNode>> groups = new LinkedHashMap<>();
    for (PrimitiveNode node : nodes) {
      if (node.parameters().size() != 1) {
        continue;
      }
      int rank = node.parameters().getFirst().shape().size();
      if (node.role() == PrimitiveNode.Role.CLASS_WEIGHT) {
        classWeight(node, into);
      } else if (rank == 2 || rank == 4) {
        groups.computeIfAbsent(need(node), key -> new ArrayList<>()).add(node);
      }
    }
    groups.forEach((need, members) -> group(need, members, into));
  }

  private Need need(PrimitiveNode node) {
    ParameterSpec target = node.parameters().getFirst();
    List<Integer> s = target.shape();
    int kh = s.size() == 4 ? s.get(2) : 1;
    int kw = s.size() == 4 ? s.get(3) : 1;
    if (kh > config.maxKernel() || kw > config.maxKernel()) {
      throw new InputException(
          "Tensor '%s' has a kernel (%dx%d) beyond this hypernetwork's largest (%dx%d)."
              .formatted(target.name(), kh, kw, config.maxKernel(), config.maxKernel()));
    }
    return new Need(
        kh, kw, Math.min(s.get(0), config.maxOut()), Math.min(s.get(1), config.maxIn()));
  }

  private void group(Need need, List<PrimitiveNode> members, SequencedMap<String, Value> into) {
    int positions = need.kh * need.kw;
    int[] rows = new int[need.outs * need.ins];
    for (int o = 0; o < need.outs; o++) {
      for (int i = 0; i < need.ins; i++) {
        rows[o * need.ins + i] = o * config.maxIn() + i;
      }
    }
    Value block = block(members, need.kh, need.kw, rows);
    for (int n = 0; n < members.size(); n++) {
      ParameterSpec target = members.get(n).parameters().getFirst();
      Layout.Tile tile =
          tile(target, n * positions, positions, need.outs, need.ins, scale(target));
      into.put(target.name(), recorder.program().apply(tile, block));
    }
  }

  private static Layout.Tile tile(
      ParameterSpec target, int row, int positions, int outs, int ins, float scale) {
    List<Integer> s = target.shape();
    Shape shape = Shape.of(s.stream().mapToInt(Integer::intValue).toArray());
    return new Layout.Tile(row, positions, outs, ins, s.get(0), s.get(1), scale, shape);
  }

  /** Rows (node, position) of the chosen channel pairs. */
  private Value block(List<PrimitiveNode> members, int kh, int kw, int[] pairs) {
    int ch = 4 * config.hidden();
    int area = config.maxKernel() * config.maxKernel();
    int[] first = new int[kh * kw * ch];
    int at = 0;
    for (int u = 0; u < kh; u++) {
      for (int v = 0; v < kw; v++) {
        for (int c = 0; c < ch; c++) {
          first[at++] = c * area + u * config.maxKernel() + v;
        }
      }
    }
    int[] chosen = members.stream().mapToInt(PrimitiveNode::index).toArray();
    Value h = recorder.gather(states, chosen);
    Value a = recorder.relu(recorder.linear("decoder.fc.0", h, first));
    Value perPosition = recorder.reshape(a, chosen.length * kh * kw, ch);
    Value b = recorder.relu(recorder.linear("decoder.conv.0", perPosition));
    return recorder.linear("decoder.conv.2", b, pairs);
  }

  /** P·ReLU(W at position (0,0)) + p over the O axis: classes × I. */
  private void classWeight(PrimitiveNode node, SequencedMap<String, Value> into) {
    int[] pairs = new int[config.maxOut() * config.maxIn()];
    int at = 0;
    for (int i = 0; i < config.maxIn(); i++) {
      for (int o = 0; o < config.maxOut(); o++) {
        pairs[at++] = o * config.maxIn() + i;
      }
    }
    Program program = recorder.program();
    Value w = recorder.relu(block(List.of(node), 1, 1, pairs));
    Value byInput = recorder.reshape(w, config.maxIn(), config.maxOut());
    Value classes = recorder.linear("decoder.class_layer_predictor.1", byInput);
    Value turned =
        program.apply(
            new Layout.Transpose(),
            recorder.reshape(classes, 1, config.maxIn(), config.classes()));
    Value rows = recorder.reshape(turned, config.classes(), config.maxIn());
    ParameterSpec target = node.parameters().getFirst();
    int outs = Math.min(target.shape().get(0), config.classes());
    int ins = Math.min(target.shape().get(1), config.maxIn());
    Value columns = program.apply(new Layout.Slice(0, ins), rows);
    Value flat = recorder.reshape(columns, 1, config.classes() * ins);
    into.put(
        target.name(), program.apply(tile(target, 0, 1, outs, ins, scale(target)), flat));
  }

  /**
   * √(β/fan-in); β = 1 for depthwise and 1×k kernels, else 2; positional encodings stay as they
   * are.
   */
  private float scale(ParameterSpec target) {
    List<Integer> s = target.shape();
    if (!config.rescale() || (s.size() > 2 && s.get(0) == 1 && s.get(2) >= 11)) {
      return 1f;
    }
    long fanIn = s.stream().skip(1).mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    boolean single = s.size() > 2 && (s.get(1) == 1 || s.get(2) < s.get(3));
    return (float) Math.sqrt((single ? 1.0 : 2.0) / fanIn);
  }
}
