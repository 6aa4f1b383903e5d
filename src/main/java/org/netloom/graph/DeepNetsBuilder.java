package org.netloom.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.Genotype;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;

/**
 * Networks of the DeepNets-1M family (Knyazev et al. 2021, appendix A): stem, stack of cells, head.
 * A state may be absent (null): its branches had nothing to add.
 */
final class DeepNetsBuilder {
  private final DeepNetsArchitecture a;
  private final boolean large;
  private final GraphAssembler graph;
  private final CellOperations ops;

  DeepNetsBuilder(DeepNetsArchitecture a) {
    this.a = a;
    InputShape in = a.input();
    this.large = Math.max(in.height(), in.width()) > 64;
    if (in.channels() != 3) {
      throw new InputException(
          "DeepNets networks take images of 3 channels, not (%d).".formatted(in.channels()));
    }
    this.graph =
        new GraphAssembler(
            a.id().substring(0, 12), new FeatureShape(in.channels(), in.height(), in.width()));
    this.ops = new CellOperations(graph, a.norm() == DeepNetsArchitecture.Norm.BATCH_NORM);
  }

  ComputationalGraph build() {
    Node s0;
    Node s1;
    if (a.isVit()) {
      s0 = vitStem();
      s1 = s0;
    } else if (a.stemType() == 0) {
      s0 = plainStem();
      s1 = s0;
    } else {
      s0 = doubleStem();
      s1 = secondStem(s0);
    }
    return graph.finish(head(cells(s0, s1)));
  }

  private Node vitStem() {
    int kernel = large ? 16 : 3;
    Node conv =
        ops.conv("stem0", graph.input(), a.channels(), kernel, large ? 16 : 3, large ? 0 : 1, 1, 1);
    // 11x11 and 14x14 at the published sizes of 32 and 224 pixels.
    Node position = graph.add("pos_enc", new Operator.PositionalEncoding(conv.shape()));
    return graph.add("pos_enc.sum", new Operator.Sum(), conv, position);
  }

  private Node plainStem() {
    int channels = a.preprocess() && !large ? 3 * a.channels() : a.channels();
    Node x =
        ops.conv(
            "stem.0",
            graph.input(),
            channels,
            a.stemKernel(),
            large ? 4 : 1,
            a.stemKernel() / 2,
            1,
            1);
    x = ops.norm("stem.1", x);
    return a.stemPool() ? graph.add("stem.2", new Operator.MaxPool(3, 2, 1), x) : x;
  }

  /** stem0, rectified: the ReLU that opens stem1 works in place. */
  private Node doubleStem() {
    int stride = large ? 2 : 1;
    Node x =
        ops.conv(
            "stem0.0",
            graph.input(),
            a.channels() / 2,
            a.stemKernel(),
            stride,
            a.stemKernel() / 2,
            1,
            1);
    x = rectify("stem0.2", ops.norm("stem0.1", x));
    x = ops.norm("stem0.4", ops.conv("stem0.3", x, a.channels(), 3, stride, 1, 1, 1));
    return rectify("stem1.0", x);
  }

  private Node secondStem(Node s0) {
    return ops.norm("stem1.2", ops.conv("stem1.1", s0, a.channels(), 3, 2, 1, 1, 1));
  }

  private @Nullable Node cells(Node s0, Node s1) {
    State before = new State(s0, s0.shape().channels());
    State last = new State(s1, s1.shape().channels());
    int width = a.channels();
    boolean reducedBefore = a.stemType() == 1 && !a.isVit();
    for (int i = 0; i < a.cells(); i++) {
      graph.cell(i);
      boolean reduce = isReduction(i);
      if (reduce) {
        width *= a.channelMultiplier();
      }
      State now = cell(i, before, last, width, reduce, reducedBefore);
      before = last;
      last = now;
      reducedBefore = reduce;
      if (i == 2 * a.cells() / 3 && now.node != null && auxiliary(now.node).fits(now.node)) {
        graph.auxiliary(auxiliary(now.node));
      }
    }
    return last.node;
  }

  /** The auxiliary head that fits maps of the usual image sizes behind two reductions. */
  private TrainingPlaces.Auxiliary auxiliary(Node cell) {
    boolean norm = a.norm() == DeepNetsArchitecture.Norm.BATCH_NORM;
    if (large) {
      return new TrainingPlaces.Auxiliary(cell.index(), 5, 2, a.isVit(), norm, false);
    }
    boolean reduced = !a.isVit() && (a.stemType() == 1 || a.stemPool());
    return new TrainingPlaces.Auxiliary(
        cell.index(), reduced ? 2 : 5, reduced ? 2 : 3, a.isVit(), norm, norm);
  }

  private boolean isReduction(int i) {
    return i > 0 && (i == a.cells() / 3 || i == 2 * a.cells() / 3);
  }

  /** A feature map that may be absent, with the channels its consumers expect. */
  private record State(@Nullable Node node, int channels) {}

  private State cell(
      int index, State in0, State in1, int width, boolean reduce, boolean reducedBefore) {
    String name = "cells." + index;
    boolean shrink = reducedBefore && !a.isVit();
    List<@Nullable Node> states = new ArrayList<>();
    if (a.preprocess()) {
      states.add(
          shrink
              ? ops.factorised(name + ".preprocess0", in0.node, in0.channels, width)
              : ops.pointwise(name + ".preprocess0.op", in0.node, in0.channels, width));
      states.add(ops.pointwise(name + ".preprocess1.op", in1.node, in1.channels, width));
    } else {
      states.add(
          shrink && in0.node != null
              ? graph.add(name + ".preprocess0", new Operator.Subsample(2), in0.node)
              : in0.node);
      states.add(in1.node);
    }
    Genotype g = a.genotype();
    List<Genotype.Edge> edges = reduce ? g.reduce() : g.normal();
    for (int j = 0; j < edges.size() / 2; j++) {
      Node left = edge(name, 2 * j, edges.get(2 * j), states, width, reduce);
      Node right = edge(name, 2 * j + 1, edges.get(2 * j + 1), states, width, reduce);
      states.add(
          left != null && right != null
              ? graph.add(name + ".sum." + j, new Operator.Sum(), left, right)
              : left != null ? left : right);
    }
    List<Integer> concat = reduce ? g.reduceConcat() : g.normalConcat();
    return new State(concatenate(name, concat, states), concat.size() * width);
  }

  private @Nullable Node edge(
      String cell,
      int index,
      Genotype.Edge edge,
      List<@Nullable Node> states,
      int width,
      boolean reduce) {
    int stride = reduce && edge.input() < 2 && !a.isVit() ? 2 : 1;
    Node in = states.get(edge.input());
    Node out = ops.apply(cell + "._ops." + index, edge.operation(), in, width, stride);
    if (out != null && out != in) {
      graph.path(out);
    }
    return out;
  }

  /** Channel concatenation; absent states become zeros of a present one's shape. */
  private @Nullable Node concatenate(
      String cell, List<Integer> concat, List<@Nullable Node> states) {
    Node present =
        concat.stream().map(states::get).filter(Objects::nonNull).findFirst().orElse(null);
    if (present == null) {
      return null;
    }
    List<Node> parts = new ArrayList<>();
    for (int state : concat) {
      Node part = states.get(state);
      parts.add(
          part != null
              ? part
              : graph.add(cell + ".zeros." + state, new Operator.Zeros(present.shape())));
    }
    return parts.size() == 1
        ? parts.getFirst()
        : graph.add(cell + ".concat", new Operator.Concat(), parts.toArray(Node[]::new));
  }

  private Node rectify(String name, Node x) {
    return graph.add(name, new Operator.Activate(Activation.RELU), x);
  }

  private Node head(@Nullable Node x) {
    if (x == null) {
      throw new InputException(
          "The architecture has no path from its input to its output: every branch of its last"
              + " cell is absent.");
    }
    Node features =
        a.globalAverage()
            ? graph.add("global_pooling", new Operator.GlobalAveragePool(), x)
            : graph.add("flatten", new Operator.Flatten(), x);
    if (a.fcLayers() < 2) {
      return graph.add("classifier.0", new Operator.Linear(a.classes(), true), features);
    }
    Node hidden = graph.add("classifier.0", new Operator.Linear(a.fcDim(), true), features);
    Node dropped =
        graph.add("classifier.2", new Operator.Dropout(0.5f), rectify("classifier.1", hidden));
    return graph.add("classifier.3", new Operator.Linear(a.classes(), true), dropped);
  }
}
