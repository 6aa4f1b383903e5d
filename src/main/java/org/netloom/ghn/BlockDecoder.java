package org.netloom.ghn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.netloom.graph.ParameterSpec;
import org.netloom.graph.PrimitiveNode;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Program;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tile;
import org.netloom.tensor.Value;

/**
 * Decodes tensors of two and four sides: a {@link Blocks block}, cut to the kernel's top-left
 * corner, sliced and tiled to the target, rescaled. Only what a target reads is computed; nodes
 * with equal needs share one product.
 *
 * <p>Wherever a target is larger than the largest block, the block repeats: with s = min(target,
 * largest) for each side, target[o, i, u, v] = block[o mod s₀, i mod s₁, u mod s₂, v mod s₃]. The
 * published rule is that of the channels; kernels follow it here, where the reference fails.
 */
final class BlockDecoder {
  private final GhnRecorder recorder;
  private final GhnConfig config;
  private final List<PrimitiveNode> nodes;
  private final Blocks blocks;

  /** What a group of targets has in common: its part of the block, and the kernel itself. */
  private record Group(Blocks.Need need, int kh, int kw) {}

  /** A tensor and how it is cut from a block. */
  private record Cut(String name, Tile tile) {}

  BlockDecoder(GhnRecorder recorder, GhnConfig config, List<PrimitiveNode> nodes, Value states) {
    this.recorder = recorder;
    this.config = config;
    this.nodes = nodes;
    this.blocks = Blocks.of(recorder, config, states);
  }

  void decode(SequencedMap<String, Value> into) {
    Map<Group, List<PrimitiveNode>> groups = new LinkedHashMap<>();
    List<PrimitiveNode> classifiers = new ArrayList<>();
    for (PrimitiveNode node : nodes) {
      if (node.parameters().size() != 1) {
        continue;
      }
      ParameterSpec target = node.parameters().getFirst();
      int rank = target.shape().size();
      boolean rows = rank == 3 && target.role() == ParameterSpec.Role.POSITION;
      if (node.role() == PrimitiveNode.Role.CLASS_WEIGHT) {
        classifiers.add(node);
      } else if (rank == 2 || rank == 4 || rows) {
        groups.computeIfAbsent(group(node), key -> new ArrayList<>()).add(node);
      }
    }
    List<Blocks.Request> requests = new ArrayList<>();
    groups.forEach(
        (group, members) -> requests.add(new Blocks.Request(indices(members), group.need)));
    Blocks.Decoded decoded = blocks.decode(requests, indices(classifiers));
    Map<Value, List<Cut>> cuts = new LinkedHashMap<>();
    int next = 0;
    for (Map.Entry<Group, List<PrimitiveNode>> group : groups.entrySet()) {
      cut(group.getKey(), group.getValue(), decoded.parts().get(next++), cuts);
    }
    cuts.forEach((block, all) -> tile(block, all, into));
    for (int n = 0; n < classifiers.size(); n++) {
      classWeight(classifiers.get(n), decoded.classWeights().get(n), into);
    }
  }

  private static List<Integer> indices(List<PrimitiveNode> members) {
    return members.stream().map(PrimitiveNode::index).toList();
  }

  private Group group(PrimitiveNode node) {
    List<Integer> s = block(node.parameters().getFirst());
    int kh = s.size() == 4 ? s.get(2) : 1;
    int kw = s.size() == 4 ? s.get(3) : 1;
    Blocks.Need need =
        new Blocks.Need(
            Math.min(kh, config.maxKernel()),
            Math.min(kw, config.maxKernel()),
            Math.min(s.get(0), config.maxOut()),
            Math.min(s.get(1), config.maxIn()));
    return new Group(need, kh, kw);
  }

  /** How the tensors of a group are cut from their block. */
  private void cut(
      Group group, List<PrimitiveNode> members, Blocks.Part part, Map<Value, List<Cut>> cuts) {
    Blocks.Need need = group.need;
    int positions = group.kh * group.kw;
    Value block = part.block();
    int first = part.row();
    if (positions > need.positions()) {
      block = recorder.gather(block, repeated(group, members.size(), first));
      first = 0;
    }
    List<Cut> all = cuts.computeIfAbsent(block, value -> new ArrayList<>());
    for (int n = 0; n < members.size(); n++) {
      ParameterSpec target = members.get(n).parameters().getFirst();
      int row = first + n * positions;
      all.add(new Cut(target.name(), tile(target, row, positions, need.outs(), need.ins())));
    }
  }

  private void tile(Value block, List<Cut> cuts, SequencedMap<String, Value> into) {
    List<Tile> tiles = cuts.stream().map(Cut::tile).toList();
    List<Value> tensors = recorder.program().applyAll(new Layout.Tiles(tiles), block);
    for (int n = 0; n < tensors.size(); n++) {
      into.put(cuts.get(n).name, tensors.get(n));
    }
  }

  /** Rows of the decoded positions for every position of a kernel beyond the largest. */
  private static int[] repeated(Group group, int members, int first) {
    Blocks.Need need = group.need;
    int[] rows = new int[members * group.kh * group.kw];
    int at = 0;
    for (int n = 0; n < members; n++) {
      for (int u = 0; u < group.kh; u++) {
        for (int v = 0; v < group.kw; v++) {
          rows[at++] = first + n * need.positions() + u % need.kh() * need.kw() + v % need.kw();
        }
      }
    }
    return rows;
  }

  /** Sides of the block that makes a tensor; tokens [1, t, C] are a matrix of t rows. */
  private static List<Integer> block(ParameterSpec target) {
    List<Integer> s = target.shape();
    return s.size() == 3 ? s.subList(1, 3) : s;
  }

  private Tile tile(ParameterSpec target, int row, int positions, int outs, int ins) {
    List<Integer> s = block(target);
    Shape shape = Shape.of(target.shape().stream().mapToInt(Integer::intValue).toArray());
    float factor = Rescaling.factor(config, target.shape());
    return new Tile(row, positions, outs, ins, s.get(0), s.get(1), factor, shape);
  }

  private void classWeight(PrimitiveNode node, Value rows, SequencedMap<String, Value> into) {
    Program program = recorder.program();
    ParameterSpec target = node.parameters().getFirst();
    int outs = Math.min(target.shape().get(0), config.classes());
    int ins = Math.min(target.shape().get(1), config.maxIn());
    Value columns = program.apply(new Layout.Slice(0, ins), rows);
    Value flat = recorder.reshape(columns, 1, config.classes() * ins);
    into.put(
        target.name(),
        program.apply(new Layout.Tiles(List.of(tile(target, 0, 1, outs, ins))), flat));
  }
}
