package org.netloom.ghn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Program;
import org.netloom.tensor.Value;

/**
 * The conv decoder: H → 4H×K×K → per position 8H → O·I. Only the rows and positions that are asked
 * for are computed. The last layer holds most of a hypernetwork's values, so that reading it and
 * summing its gradient cost more than products of a few rows: blocks of as many input channels
 * share a product where that is so.
 */
final class ConvBlocks implements Blocks {
  /**
   * Rows whose products with a row of the last layer cost as much as keeping another copy of that
   * row: reading, copying, its gradient and the addition of that.
   */
  private static final int ROWS_OF_A_COPY = 10;

  private final GhnRecorder recorder;
  private final GhnConfig config;
  private final Value states;

  /** Height and width of a kernel. */
  private record Kernel(int height, int width) {
    static Kernel of(Need need) {
      return new Kernel(need.kh(), need.kw());
    }
  }

  /** Requests that share one product with the rows of outs × ins channel pairs. */
  private record Shared(int outs, int ins, List<Request> requests) {
    int pairs() {
      return outs * ins;
    }
  }

  ConvBlocks(GhnRecorder recorder, GhnConfig config, Value states) {
    this.recorder = recorder;
    this.config = config;
    this.states = states;
  }

  @Override
  public Decoded decode(List<Request> requests, List<Integer> classifiers) {
    Need all = new Need(1, 1, config.maxOut(), config.maxIn());
    List<Request> every = new ArrayList<>(requests);
    classifiers.forEach(node -> every.add(new Request(List.of(node), all)));
    Map<Request, Part> parts = new HashMap<>();
    share(every).forEach(product -> decode(product, parts));
    return new Decoded(
        requests.stream().map(request -> Objects.requireNonNull(parts.get(request))).toList(),
        every.subList(requests.size(), every.size()).stream()
            .map(request -> classWeight(Objects.requireNonNull(parts.get(request))))
            .toList());
  }

  /** Requests by the product that decodes them, the largest first. */
  private static List<Shared> share(List<Request> requests) {
    Map<Integer, TreeMap<Integer, List<Request>>> byChannels = new LinkedHashMap<>();
    for (Request request : requests) {
      byChannels
          .computeIfAbsent(request.need().ins(), ins -> new TreeMap<>(Comparator.reverseOrder()))
          .computeIfAbsent(request.need().outs(), outs -> new ArrayList<>())
          .add(request);
    }
    List<Shared> products = new ArrayList<>();
    byChannels.forEach((ins, byOuts) -> products.addAll(share(ins, byOuts)));
    products.sort(Comparator.comparingInt(Shared::pairs).reversed());
    return products;
  }

  private static List<Shared> share(int ins, TreeMap<Integer, List<Request>> byOuts) {
    List<Shared> products = new ArrayList<>();
    byOuts.forEach(
        (outs, requests) -> {
          int rows = requests.stream().mapToInt(Request::rows).sum();
          boolean joins =
              !products.isEmpty()
                  && rows * (products.getLast().outs - outs)
                      <= ROWS_OF_A_COPY * (products.getLast().outs + outs);
          if (!joins) {
            products.add(new Shared(outs, ins, new ArrayList<>()));
          }
          products.getLast().requests.addAll(requests);
        });
    return products;
  }

  /** Decodes requests, in the order of their kernels, with one product. */
  private void decode(Shared shared, Map<Request, Part> parts) {
    Map<Kernel, List<Request>> byKernel = new LinkedHashMap<>();
    for (Request request : shared.requests) {
      byKernel.computeIfAbsent(Kernel.of(request.need()), kernel -> new ArrayList<>()).add(request);
    }
    Map<Request, Integer> starts = new LinkedHashMap<>();
    List<Value> hidden = new ArrayList<>();
    int rows = 0;
    for (Map.Entry<Kernel, List<Request>> entry : byKernel.entrySet()) {
      int[] nodes =
          entry.getValue().stream()
              .flatMap(request -> request.nodes().stream())
              .mapToInt(Integer::intValue)
              .toArray();
      Value h = recorder.gather(states, nodes);
      Value a = recorder.relu(recorder.linear(firstLayer(entry.getKey()), h));
      int values = 4 * config.hidden();
      hidden.add(recorder.reshape(a, a.shape().size() / values, values));
      for (Request request : entry.getValue()) {
        starts.put(request, rows);
        rows += request.rows();
      }
    }
    Value perPosition =
        hidden.size() == 1
            ? hidden.getFirst()
            : recorder.program().apply(new Layout.Stack(), hidden.toArray(Value[]::new));
    Value b = recorder.relu(recorder.linear("decoder.conv.0", perPosition));
    Value block = recorder.linear(lastLayer(shared), b);
    starts.forEach((request, row) -> parts.put(request, new Part(block, row)));
  }

  /** Rows of the first layer for a kernel's positions, in (position, channel) order. */
  private GhnRecorder.Rows firstLayer(Kernel kernel) {
    int ch = 4 * config.hidden();
    int area = config.maxKernel() * config.maxKernel();
    int[] chosen = new int[kernel.height * kernel.width * ch];
    int at = 0;
    for (int u = 0; u < kernel.height; u++) {
      for (int v = 0; v < kernel.width; v++) {
        for (int c = 0; c < ch; c++) {
          chosen[at++] = c * area + u * config.maxKernel() + v;
        }
      }
    }
    return recorder.select(recorder.rows("decoder.fc.0"), chosen);
  }

  /** Rows of the last layer for the first channel pairs, in (out, in) order. */
  private GhnRecorder.Rows lastLayer(Shared shared) {
    int[] chosen = new int[shared.pairs()];
    for (int o = 0; o < shared.outs; o++) {
      for (int i = 0; i < shared.ins; i++) {
        chosen[o * shared.ins + i] = o * config.maxIn() + i;
      }
    }
    return recorder.select(recorder.rows("decoder.conv.2"), chosen);
  }

  /** P·ReLU(W at position (0,0)) + p over the O axis. */
  private Value classWeight(Part part) {
    Program program = recorder.program();
    Value w = recorder.relu(recorder.gather(part.block(), new int[] {part.row()}));
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
}
