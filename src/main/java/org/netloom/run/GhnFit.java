package org.netloom.run;

import java.util.Locale;
import java.util.Optional;
import org.netloom.data.Dataset;
import org.netloom.ghn.GhnFile;
import org.netloom.ghn.GhnOrigin;

/** Whether a hypernetwork can predict what a run asks of it. */
public final class GhnFit {
  private GhnFit() {}

  /**
   * Why it cannot, if so: other images or classes. A file that does not say what it was trained on
   * is judged by its classes alone.
   *
   * @param config for the data set
   */
  public static Optional<String> problem(RunConfig config, Dataset data, GhnFile.Loaded ghn) {
    int classes = ghn.ghn().config().classes();
    if (classes != data.classes()) {
      return Optional.of(
          "it predicts classifiers of %d classes, the data set '%s' has %d"
              .formatted(classes, config.data(), data.classes()));
    }
    Optional<GhnOrigin> origin = ghn.origin();
    if (origin.isPresent()
        && !origin
            .get()
            .fits(config.data(), data.sha256(), data.classes(), config.space().input())) {
      return Optional.of(
          "it was trained on '%s' (%s), not on '%s' (%s)"
              .formatted(
                  origin.get().dataset(),
                  origin.get().input(),
                  config.data(),
                  config.space().input()));
    }
    return Optional.empty();
  }

  /**
   * What to know before it predicts, if anything: kernels beyond its largest repeat that, as every
   * side of a tensor does beyond the largest block; nothing of them beyond it was learned.
   */
  public static Optional<String> note(RunConfig config, GhnFile.Loaded ghn) {
    int kernel = RunConfigReader.largestKernel(config.space());
    int largest = ghn.ghn().config().maxKernel();
    return kernel <= largest
        ? Optional.empty()
        : Optional.of(
            ("space: has kernels of %d; the largest that the hypernetwork predicts is %d, and"
                    + " larger ones repeat it.")
                .formatted(kernel, largest));
  }

  /** Seconds for people: {@code 40 s}, {@code 12 min}, {@code 3.5 h}. */
  public static String duration(double seconds) {
    if (seconds < 100) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    return seconds < 6000
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
