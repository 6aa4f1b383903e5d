package org.netloom.store;

import org.jspecify.annotations.Nullable;
import org.netloom.ranking.ReferenceBox;

/**
 * What is run; all but the box is known before the first candidate.
 *
 * @param title a short name, for example {@code quickstart on shapes10}
 * @param classes number of classes of the data set
 * @param hypernetwork for example {@code GHN-2 shapes10}
 * @param strategy for example {@code evolution (NSGA-II)}
 * @param protocol how candidates are measured, for example {@code predicted (BN batch statistics,
 *     batch 64)}
 * @param images validation images that a candidate is measured on
 * @param box what hypervolumes are a fraction of; null where it is not known (yet)
 */
public record RunFacts(
    String title,
    String dataset,
    int classes,
    String hypernetwork,
    String strategy,
    String protocol,
    int images,
    long seed,
    @Nullable ReferenceBox box) {}
