package org.netloom.training;

import org.netloom.config.InputException;
import org.netloom.data.ImageSet;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;

/** Whether images fit a network. */
final class Fit {
  private Fit() {}

  /**
   * Refuses images of another size or with another number of classes than the network's.
   *
   * @throws InputException that says what differs
   */
  static void check(ComputationalGraph graph, ImageSet images) {
    FeatureShape in = graph.input().shape();
    if (in.channels() != images.channels()
        || in.height() != images.height()
        || in.width() != images.width()) {
      throw new InputException(
          ("Network '%s' takes images of %s, but the data set's are %dx%dx%d.%n"
                  + "  Maybe open the data set in the network's size.")
              .formatted(graph.name(), in, images.channels(), images.height(), images.width()));
    }
    if (graph.classes() != images.classes()) {
      throw new InputException(
          ("Network '%s' has (%d) classes, but the data set has (%d).%n"
                  + "  Maybe set the architecture's number of classes to %d.")
              .formatted(graph.name(), graph.classes(), images.classes(), images.classes()));
    }
  }
}
