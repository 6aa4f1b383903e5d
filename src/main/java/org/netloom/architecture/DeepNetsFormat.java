package org.netloom.architecture;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Kind {@code deepnets1m} as text: the keys of the published network arguments, in a fixed order.
 */
final class DeepNetsFormat {
  private DeepNetsFormat() {}

  /** One line of JSON without spaces. */
  static String canonical(DeepNetsArchitecture a) {
    Genotype g = a.genotype();
    return String.format(
        Locale.ROOT,
        "{\"kind\":\"deepnets1m\",\"C\":%d,\"n_cells\":%d,\"ks\":%d,\"norm\":%s,"
            + "\"stem_type\":%d,\"stem_pool\":%b,\"preproc\":%b,\"C_mult\":%d,\"fc_layers\":%d,"
            + "\"fc_dim\":%d,\"glob_avg\":%b,\"genotype\":{\"normal\":%s,\"normal_concat\":%s,"
            + "\"reduce\":%s,\"reduce_concat\":%s},\"classes\":%d,\"input\":\"%s\"}",
        a.channels(),
        a.cells(),
        a.stemKernel(),
        a.norm() == DeepNetsArchitecture.Norm.BATCH_NORM ? "\"bnorm\"" : "null",
        a.stemType(),
        a.stemPool(),
        a.preprocess(),
        a.channelMultiplier(),
        a.fcLayers(),
        a.fcDim(),
        a.globalAverage(),
        edges(g.normal()),
        states(g.normalConcat()),
        edges(g.reduce()),
        states(g.reduceConcat()),
        a.classes(),
        a.input());
  }

  private static String edges(List<Genotype.Edge> edges) {
    return edges.stream()
        .map(e -> "[\"" + e.operation().label() + "\"," + e.input() + "]")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String states(List<Integer> states) {
    return states.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
