package org.netloom.deepnets;

import java.nio.file.Path;
import org.netloom.config.InputException;

/**
 * Networks of one split by their index: drawn when asked for, or read from a file that {@code
 * generate} wrote. Many threads may ask at the same time.
 */
public interface NetworkSet {
  /** The split that they belong to. */
  NetworkSplit split();

  /** The seed that they were drawn with. */
  long seed();

  /** Number of networks. */
  long size();

  /**
   * The network of an index.
   *
   * @param index 0 to size - 1
   * @throws InputException if the set ends before it, or if its file is damaged there
   */
  NetworkEntry network(long index);

  /**
   * A published split by its label, with its own seed and size, or a file by its path.
   *
   * @throws InputException if there is no such split or file, or if the file is damaged
   */
  static NetworkSet open(String labelOrFile) {
    if (NetworkSplit.isLabel(labelOrFile)) {
      NetworkSplit split = NetworkSplit.of(labelOrFile);
      return new DrawnSet(split, split.seed(), split.networks());
    }
    Path file = Path.of(labelOrFile);
    if (labelOrFile.isEmpty() || !file.toFile().exists()) {
      throw new InputException(
          "'%s' is neither a split nor a file of networks.%n  Splits: %s"
              .formatted(labelOrFile, NetworkSplit.labels()));
    }
    return NetworkSetFile.open(file);
  }

  /**
   * Whether a file begins as {@code generate} begins one; whether it is whole is another matter.
   */
  static boolean isFile(Path file) {
    return NetworkSetFile.isOne(file);
  }

  /** Refuses an index beyond the end. */
  static void check(String name, long index, long size) {
    if (index < 0 || index >= size) {
      throw new InputException(
          "%s has networks 0 to %d, not (%d).".formatted(name, size - 1, index));
    }
  }
}
