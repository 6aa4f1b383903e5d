package org.netloom.deepnets;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.netloom.config.InputException;

/** The splits of DeepNets-1M, with their published sizes and seeds (Knyazev et al. 2021). */
public enum NetworkSplit {
  /** What hypernetworks learn from; widths are drawn when a network is used. */
  TRAIN(1_000_000, 1),
  /** Networks of the training distribution, at a width of their own. */
  VAL(500, 0),
  /** As {@link #VAL}. */
  TEST(500, 1),
  /** The first networks of {@link #TEST}, four times as wide (twice for large images). */
  WIDE(100, 1),
  /** Twice as many cells. */
  DEEP(100, 1),
  /** More steps in a cell. */
  DENSE(100, 1),
  /** Networks without batch norm. */
  BNFREE(100, 1),
  /** Networks to search in. */
  SEARCH(100_000, 1),
  /** ResNet-50 and a vision transformer. */
  PREDEFINED(2, 1);

  private final int networks;
  private final long seed;

  NetworkSplit(int networks, long seed) {
    this.networks = networks;
    this.seed = seed;
  }

  /** The name in files and on the command line: {@code train}, {@code bnfree}, … */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Number of networks of the published split. */
  public int networks() {
    return networks;
  }

  /** The seed of the published split. */
  public long seed() {
    return seed;
  }

  /** Whether there is a split of that label. */
  public static boolean isLabel(String text) {
    return Arrays.stream(values()).anyMatch(split -> split.label().equals(text));
  }

  /**
   * The split of a label.
   *
   * @throws InputException if the text is none of the labels
   */
  public static NetworkSplit of(String text) {
    return Arrays.stream(values())
        .filter(split -> split.label().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "Unknown split of networks (%s).%n  Allowed: %s".formatted(text, labels())));
  }

  /** All labels, for messages. */
  public static String labels() {
    return Arrays.stream(values()).map(NetworkSplit::label).collect(Collectors.joining(", "));
  }
}
