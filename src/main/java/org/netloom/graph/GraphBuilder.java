package org.netloom.graph;

import org.netloom.architecture.Architecture;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.DeepNetsPresets;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.config.InputException;

/** Turns an architecture into its computational graph. */
public final class GraphBuilder {
  private GraphBuilder() {}

  /**
   * Builds the graph.
   *
   * @throws InputException if the architecture cannot take its input or has no path to its output
   */
  public static ComputationalGraph build(Architecture architecture) {
    return switch (architecture) {
      case DeepNetsArchitecture a -> new DeepNetsBuilder(a).build();
      case PresetArchitecture a ->
          DeepNetsPresets.NAMES.contains(a.name())
              ? new DeepNetsBuilder(DeepNetsPresets.expand(a)).build()
              : TorchvisionNetworks.build(a);
    };
  }
}
