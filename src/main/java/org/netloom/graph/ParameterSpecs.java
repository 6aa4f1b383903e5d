package org.netloom.graph;

import java.util.ArrayList;
import java.util.List;

/** The trainable tensors of an operator. */
final class ParameterSpecs {
  private ParameterSpecs() {}

  static List<ParameterSpec> of(String node, Operator operator, int inChannels) {
    return switch (operator) {
      case Operator.Convolution c ->
          layer(
              node + ".",
              List.of(c.outChannels(), inChannels / c.groups(), c.kernelH(), c.kernelW()),
              c.bias());
      case Operator.Linear l ->
          layer(node + "." + l.prefix(), List.of(l.outFeatures(), inChannels), l.bias());
      case Operator.BatchNorm b -> norm(node, inChannels);
      case Operator.LayerNorm l -> norm(node, inChannels);
      case Operator.LayerScale l ->
          List.of(new ParameterSpec(node, List.of(inChannels, 1, 1), ParameterSpec.Role.SCALE));
      case Operator.Tokens t ->
          List.of(new ParameterSpec(node, t.sides(), ParameterSpec.Role.POSITION));
      case Operator.PositionalEncoding p ->
          List.of(
              new ParameterSpec(
                  node + ".weight",
                  List.of(1, p.shape().channels(), p.shape().height(), p.shape().width()),
                  ParameterSpec.Role.POSITION));
      default -> List.of();
    };
  }

  private static List<ParameterSpec> layer(String prefix, List<Integer> weight, boolean bias) {
    List<ParameterSpec> all = new ArrayList<>();
    all.add(new ParameterSpec(prefix + "weight", weight, ParameterSpec.Role.WEIGHT));
    if (bias) {
      all.add(
          new ParameterSpec(prefix + "bias", List.of(weight.getFirst()), ParameterSpec.Role.BIAS));
    }
    return all;
  }

  private static List<ParameterSpec> norm(String node, int channels) {
    List<Integer> shape = List.of(channels);
    return List.of(
        new ParameterSpec(node + ".weight", shape, ParameterSpec.Role.NORM_WEIGHT),
        new ParameterSpec(node + ".bias", shape, ParameterSpec.Role.NORM_BIAS));
  }
}
