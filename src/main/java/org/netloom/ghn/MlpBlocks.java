package org.netloom.ghn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.netloom.tensor.Value;

/**
 * The mlp decoder: H → 2H → O·I·K·K in (out, in, position) order; a classification weight is a
 * linear layer of the same hidden values, in (class, in) order. Rows of the last layer are selected
 * from the smallest selection that holds them.
 */
final class MlpBlocks implements Blocks {
  private final GhnRecorder recorder;
  private final GhnConfig config;
  private final Value states;
  private final List<Selection> selections = new ArrayList<>();

  /** Rows of the last layer for a part of the block, in (position, out, in) order. */
  private record Selection(Need need, GhnRecorder.Rows rows) {}

  MlpBlocks(GhnRecorder recorder, GhnConfig config, Value states) {
    this.recorder = recorder;
    this.config = config;
    this.states = states;
  }

  @Override
  public Decoded decode(List<Request> requests, List<Integer> classifiers) {
    Map<Request, Part> parts = new HashMap<>();
    requests.stream()
        .sorted(Comparator.comparingInt(request -> -request.need().pairs()))
        .forEach(request -> parts.put(request, new Part(block(request), 0)));
    return new Decoded(
        requests.stream().map(request -> Objects.requireNonNull(parts.get(request))).toList(),
        classifiers.stream().map(this::classWeight).toList());
  }

  private Value block(Request request) {
    Need need = request.need();
    int[] nodes = request.nodes().stream().mapToInt(Integer::intValue).toArray();
    Value w = recorder.linear(rows(need), hidden(nodes));
    return recorder.reshape(w, request.rows(), need.pairs());
  }

  private Value classWeight(int node) {
    Value w = recorder.linear("decoder.class_layer_predictor.1", hidden(new int[] {node}));
    return recorder.reshape(w, config.classes(), config.maxIn());
  }

  private Value hidden(int[] nodes) {
    return recorder.relu(recorder.linear("decoder.mlp.fc.0", recorder.gather(states, nodes)));
  }

  private GhnRecorder.Rows rows(Need need) {
    Selection best = null;
    for (Selection selection : selections) {
      boolean smaller = best == null || selection.need.values() < best.need.values();
      if (smaller && selection.need.holds(need)) {
        best = selection;
      }
    }
    if (best != null && best.need.equals(need)) {
      return best.rows;
    }
    GhnRecorder.Rows from = best == null ? recorder.rows("decoder.mlp.fc.2") : best.rows;
    int k = config.maxKernel();
    int[] chosen = new int[need.values()];
    int at = 0;
    for (int u = 0; u < need.kh(); u++) {
      for (int v = 0; v < need.kw(); v++) {
        for (int o = 0; o < need.outs(); o++) {
          for (int i = 0; i < need.ins(); i++) {
            chosen[at++] =
                best == null
                    ? ((o * config.maxIn() + i) * k + u) * k + v
                    : ((u * best.need.kw() + v) * best.need.outs() + o) * best.need.ins() + i;
          }
        }
      }
    }
    Selection made = new Selection(need, recorder.select(from, chosen));
    selections.add(made);
    return made.rows;
  }
}
