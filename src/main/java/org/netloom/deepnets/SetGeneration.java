package org.netloom.deepnets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.netloom.config.InputException;

/** Draws a set of networks with many threads and writes its file: the same bytes for any number. */
public final class SetGeneration {
  /** More than these do not fit into memory before they are written. */
  public static final int MOST_NETWORKS = 10_000_000;

  private SetGeneration() {}

  /**
   * What was done.
   *
   * @param bytes of the file
   * @param rejected number of draws that were rejected, by their reason
   */
  public record Result(int networks, long bytes, Map<String, Integer> rejected) {
    /** All draws, accepted or rejected. */
    public int draws() {
      return networks + rejected.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  private record Shard(byte[] bytes, Map<String, Integer> rejected) {}

  /**
   * The first networks of a split.
   *
   * @throws InputException if the split has fewer networks of the literature than asked for, or if
   *     the file cannot be written
   */
  public static NetworkSet draw(NetworkSplit split, long seed, int networks) {
    int most = split == NetworkSplit.PREDEFINED ? split.networks() : MOST_NETWORKS;
    if (networks < 1 || networks > most) {
      throw new InputException(
          "Split %s can have 1 to %d networks, not (%d).".formatted(split.label(), most, networks));
    }
    return new DrawnSet(split, seed, networks);
  }

  /**
   * Draws and writes the first networks of a split.
   *
   * @param done hears of so many more networks
   * @throws InputException as {@link #draw}
   * @throws InterruptedException if the thread was interrupted; there is no file then
   */
  public static Result write(
      Path file, NetworkSplit split, long seed, int networks, int threads, IntConsumer done)
      throws InterruptedException {
    DrawnSet set = (DrawnSet) draw(split, seed, networks);
    List<byte[]> shards = new ArrayList<>();
    Map<String, Integer> rejected = new TreeMap<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Shard>> running = new ArrayList<>();
      for (int from = 0; from < networks; from += NetworkSetFile.SHARD) {
        int first = from;
        int last = Math.min(networks, from + NetworkSetFile.SHARD);
        running.add(pool.submit(() -> shard(set, first, last)));
      }
      try {
        for (Future<Shard> future : running) {
          Shard shard = future.get();
          done.accept(
              Math.min(NetworkSetFile.SHARD, networks - NetworkSetFile.SHARD * shards.size()));
          shards.add(shard.bytes);
          shard.rejected.forEach((reason, count) -> rejected.merge(reason, count, Integer::sum));
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("Networks could not be drawn.", e.getCause());
      } finally {
        pool.shutdownNow();
      }
    }
    long bytes = NetworkSetFile.write(file, split, seed, networks, shards);
    return new Result(networks, bytes, rejected);
  }

  private static Shard shard(DrawnSet set, int first, int last) throws InterruptedException {
    List<NetworkEntry> entries = new ArrayList<>();
    Map<String, Integer> rejected = new TreeMap<>();
    for (int i = first; i < last; i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while drawing networks.");
      }
      DrawnSet.Drawn drawn = set.draw(i);
      drawn.rejected().forEach(reason -> rejected.merge(reason, 1, Integer::sum));
      entries.add(drawn.network());
    }
    return new Shard(NetworkSetFile.shard(entries), rejected);
  }
}
