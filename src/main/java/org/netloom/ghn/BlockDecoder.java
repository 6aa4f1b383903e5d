package org.netloom.ghn;

import java.util.ArrayList;
import java.util.Comparator;
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

  BlockDecoder(GhnRecorder recorder, GhnConfig config, List<PrimitiveNode> nodes, Value states) {
    this.recorder = recorder;
    this.config = config;
    this.nodes = nodes;
    this.blocks = Blocks.of(recorder, config, states);
  }

  void decode(SequencedMap<String, Value> into) {
    Map<Group, List<PrimitiveNode>> groups = new LinkedHashMap<>();
    for (PrimitiveNode node : nodes) {
      if (node.parameters().size() != 1) {
        continue;
      }
      ParameterSpec target = node.parameters().getFirst();
      int rank = target.shape().size();
      boolean rows = rank == 3 && target.role() == ParameterSpec.Role.POSITION;
      if (node.role() == PrimitiveNode.Role.CLASS_WEIGHT) {
        classWeight(node, into);
      } else if (rank == 2 || rank == 4 || rows) {
        groups.computeIfAbsent(group(node), key -> new ArrayList<>()).add(node);
      }
    }
    groups.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                group -> -group.getKey().need.outs() * group.getKey().need.ins()))
        .forEach(group -> decode(group.getKey(), group.getValue(), into));
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

  private void decode(Group group, List<PrimitiveNode> members, SequencedMap<String, Value> into) {
    Blocks.Need need = group.need;
    int[] chosen = members.stream().mapToInt(PrimitiveNode::index).toArray();
    Value block = blocks.block(chosen, need);
    int positions = group.kh * group.kw;
    if (positions > need.positions()) {
      block = recorder.gather(block, repeated(group, members.size()));
    }
    List<Tile> tiles = new ArrayList<>();
    for (int n = 0; n < members.size(); n++) {
      ParameterSpec target = members.get(n).parameters().getFirst();
      tiles.add(tile(target, n * positions, positions, need.outs(), need.ins()));
    }
    List<Value> tensors = recorder.program().applyAll(new Layout.Tiles(tiles), block);
    for (int n = 0; n < members.size(); n++) {
      into.put(members.get(n).parameters().getFirst().name(), tensors.get(n));
    }
  }

  /** Rows of the decoded positions for every position of a kernel beyond the largest. */
  private static int[] repeated(Group group, int members) {
    Blocks.Need need = group.need;
    int[] rows = new int[members * group.kh * group.kw];
    int at = 0;
    for (int n = 0; n < members; n++) {
      for (int u = 0; u < group.kh; u++) {
        for (int v = 0; v < group.kw; v++) {
          rows[at++] = n * need.positions() + u % need.kh() * need.kw() + v % need.kw();
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

  private void classWeight(PrimitiveNode node, SequencedMap<String, Value> into) {
    Program program = recorder.program();
    ParameterSpec target = node.parameters().getFirst();
    int outs = Math.min(target.shape().get(0), config.classes());
    int ins = Math.min(target.shape().get(1), config.maxIn());
    Value rows = blocks.classWeight(node.index());
    Value columns = program.apply(new Layout.Slice(0, ins), rows);
    Value flat = recorder.reshape(columns, 1, config.classes() * ins);
    into.put(
        target.name(),
        program.apply(new Layout.Tiles(List.of(tile(target, 0, 1, outs, ins))), flat));
  }
}
