package org.netloom.ghn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
 * are computed; nodes with equal needs share one product. Rows of the last layer are selected from
 * the smallest selection that holds them, so that the gradients of small blocks stay small.
 */
final class BlockDecoder {
  private final GhnRecorder recorder;
  private final GhnConfig config;
  private final List<PrimitiveNode> nodes;
  private final Value states;
  private final Map<Kernel, GhnRecorder.Rows> firstLayers = new HashMap<>();
  private final List<Selection> selections = new ArrayList<>();

  /** Height and width of a kernel. */
  private record Kernel(int height, int width) {}

  /** Rows of the last layer for the first outs × ins channel pairs, in (out, in) order. */
  private record Selection(int outs, int ins, GhnRecorder.Rows rows) {
    boolean holds(int o, int i) {
      return outs >= o && ins >= i;
    }

    int size() {
      return outs * ins;
    }
  }

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
    groups.entrySet().stream()
        .sorted(Comparator.comparingInt(group -> -group.getKey().outs * group.getKey().ins))
        .forEach(group -> group(group.getKey(), group.getValue(), into));
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
    Value block = block(members, need.kh, need.kw, pairs(need.outs, need.ins));
    for (int n = 0; n < members.size(); n++) {
      ParameterSpec target = members.get(n).parameters().getFirst();
      Layout.Tile tile = tile(target, n * positions, positions, need.outs, need.ins, scale(target));
      into.put(target.name(), recorder.program().apply(tile, block));
    }
  }

  private static Layout.Tile tile(
      ParameterSpec target, int row, int positions, int outs, int ins, float scale) {
    List<Integer> s = target.shape();
    Shape shape = Shape.of(s.stream().mapToInt(Integer::intValue).toArray());
    return new Layout.Tile(row, positions, outs, ins, s.get(0), s.get(1), scale, shape);
  }

  private GhnRecorder.Rows pairs(int outs, int ins) {
    if (selections.isEmpty()) {
      selections.add(
          new Selection(config.maxOut(), config.maxIn(), recorder.rows("decoder.conv.2")));
    }
    Selection best = selections.getFirst();
    for (Selection selection : selections) {
      if (selection.holds(outs, ins) && selection.size() < best.size()) {
        best = selection;
      }
    }
    if (best.size() == outs * ins) {
      return best.rows;
    }
    int[] chosen = new int[outs * ins];
    for (int o = 0; o < outs; o++) {
      for (int i = 0; i < ins; i++) {
        chosen[o * ins + i] = o * best.ins + i;
      }
    }
    Selection made = new Selection(outs, ins, recorder.select(best.rows, chosen));
    selections.add(made);
    return made.rows;
  }

  /** Rows of the first layer for the kernel's positions, in (position, channel) order. */
  private GhnRecorder.Rows firstLayer(int kh, int kw) {
    return firstLayers.computeIfAbsent(
        new Kernel(kh, kw),
        kernel -> {
          int ch = 4 * config.hidden();
          int area = config.maxKernel() * config.maxKernel();
          int[] chosen = new int[kh * kw * ch];
          int at = 0;
          for (int u = 0; u < kh; u++) {
            for (int v = 0; v < kw; v++) {
              for (int c = 0; c < ch; c++) {
                chosen[at++] = c * area + u * config.maxKernel() + v;
              }
            }
          }
          return recorder.select(recorder.rows("decoder.fc.0"), chosen);
        });
  }

  /** Rows (node, position) of the chosen channel pairs. */
  private Value block(List<PrimitiveNode> members, int kh, int kw, GhnRecorder.Rows pairs) {
    int[] chosen = members.stream().mapToInt(PrimitiveNode::index).toArray();
    Value h = recorder.gather(states, chosen);
    Value a = recorder.relu(recorder.linear(firstLayer(kh, kw), h));
    Value perPosition = recorder.reshape(a, chosen.length * kh * kw, 4 * config.hidden());
    Value b = recorder.relu(recorder.linear("decoder.conv.0", perPosition));
    return recorder.linear(pairs, b);
  }

  /** P·ReLU(W at position (0,0)) + p over the O axis: classes × I. */
  private void classWeight(PrimitiveNode node, SequencedMap<String, Value> into) {
    Program program = recorder.program();
    Value w = recorder.relu(block(List.of(node), 1, 1, pairs(config.maxOut(), config.maxIn())));
    Value byInput =
        recorder.reshape(
            program.apply(
                new Layout.Transpose(), recorder.reshape(w, 1, config.maxOut(), config.maxIn())),
            config.maxIn(),
            config.maxOut());
    Value classes = recorder.linear("decoder.class_layer_predictor.1", byInput);
    Value turned =
        program.apply(
            new Layout.Transpose(), recorder.reshape(classes, 1, config.maxIn(), config.classes()));
    Value rows = recorder.reshape(turned, config.classes(), config.maxIn());
    ParameterSpec target = node.parameters().getFirst();
    int outs = Math.min(target.shape().get(0), config.classes());
    int ins = Math.min(target.shape().get(1), config.maxIn());
    Value columns = program.apply(new Layout.Slice(0, ins), rows);
    Value flat = recorder.reshape(columns, 1, config.classes() * ins);
    into.put(target.name(), program.apply(tile(target, 0, 1, outs, ins, scale(target)), flat));
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
