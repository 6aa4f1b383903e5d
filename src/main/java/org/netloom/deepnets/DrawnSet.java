package org.netloom.deepnets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A split whose networks are drawn when they are asked for. */
final class DrawnSet implements NetworkSet {
  private static final List<NetworkEntry> PREDEFINED =
      List.of(new NetworkEntry.Predefined("resnet50"), new NetworkEntry.Predefined("vit"));

  private final NetworkSplit split;
  private final long seed;
  private final long size;
  private final @Nullable DeepNetsGenerator generator;

  DrawnSet(NetworkSplit split, long seed, long size) {
    this.split = split;
    this.seed = seed;
    this.size = size;
    this.generator = split == NetworkSplit.PREDEFINED ? null : new DeepNetsGenerator(split, seed);
  }

  @Override
  public NetworkSplit split() {
    return split;
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public NetworkEntry network(long index) {
    NetworkSet.check("Split " + split.label(), index, size);
    return draw(index).network();
  }

  /** A network and why the draws before it were rejected. */
  Drawn draw(long index) {
    return generator == null
        ? new Drawn(PREDEFINED.get((int) index), List.of())
        : generator.draw(index);
  }

  /**
   * A network and what it took.
   *
   * @param rejected why each draw before it was rejected
   */
  record Drawn(NetworkEntry network, List<String> rejected) {}
}
