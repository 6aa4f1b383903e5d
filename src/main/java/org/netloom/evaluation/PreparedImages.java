package org.netloom.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.netloom.architecture.InputShape;
import org.netloom.config.InputException;
import org.netloom.data.Batches;
import org.netloom.data.Dataset;
import org.netloom.data.ImageSet;
import org.netloom.data.Normalisation;
import org.netloom.data.Split;

/**
 * Validation images as networks read them, prepared once and only read from then on.
 *
 * @param batches in file order; all but the last have the same size
 */
record PreparedImages(List<Batch> batches, int images, int classes, InputShape shape) {

  /**
   * One batch.
   *
   * @param pixels [count, H, W, C], normalised
   * @param labels class indices [count]
   */
  record Batch(int first, int count, float[] pixels, float[] labels) {}

  static PreparedImages of(Dataset data, Protocol protocol) {
    ImageSet set = data.split(Split.VALIDATION).first(protocol.images());
    if (set.size() == 0) {
      throw new InputException(
          "The data set (%s) has no validation images.".formatted(data.name()));
    }
    Batches source = Batches.of(set, Normalisation.of(data.split(Split.TRAIN)));
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < set.size(); from += protocol.batch()) {
      int count = Math.min(protocol.batch(), set.size() - from);
      Batch batch = new Batch(from, count, new float[count * set.imageBytes()], new float[count]);
      source.fill(from, from + count, batch.pixels(), batch.labels());
      batches.add(batch);
    }
    return new PreparedImages(
        List.copyOf(batches),
        set.size(),
        data.classes(),
        new InputShape(data.channels(), data.height(), data.width()));
  }
}
