package org.netloom.ghn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Program;
import org.netloom.tensor.Value;

/**
 * The conv decoder: H → 4H×K×K → per position 8H → O·I. Only the rows and positions that are asked
 * for are computed. Rows of the last layer are selected from the smallest selection that holds
 * them, so that the gradients of small blocks stay small.
 */
final class ConvBlocks implements Blocks {
  private final GhnRecorder recorder;
  private final GhnConfig config;
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

  ConvBlocks(GhnRecorder recorder, GhnConfig config, Value states) {
    this.recorder = recorder;
    this.config = config;
    this.states = states;
  }

  @Override
  public Value block(int[] nodes, Need need) {
    GhnRecorder.Rows pairs = pairs(need.outs(), need.ins());
    Value h = recorder.gather(states, nodes);
    Value a = recorder.relu(recorder.linear(firstLayer(need.kh(), need.kw()), h));
    Value perPosition = recorder.reshape(a, nodes.length * need.positions(), 4 * config.hidden());
    Value b = recorder.relu(recorder.linear("decoder.conv.0", perPosition));
    return recorder.linear(pairs, b);
  }

  /** P·ReLU(W at position (0,0)) + p over the O axis. */
  @Override
  public Value classWeight(int node) {
    Program program = recorder.program();
    Need all = new Need(1, 1, config.maxOut(), config.maxIn());
    Value w = recorder.relu(block(new int[] {node}, all));
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
    return recorder.reshape(turned, config.classes(), config.maxIn());
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
}
