package org.netloom.store;

/**
 * What is run, known before the first candidate.
 *
 * @param title a short name, for example {@code quickstart on shapes10}
 * @param classes number of classes of the data set
 * @param hypernetwork for example {@code GHN-2 shapes10}
 * @param strategy for example {@code evolution (NSGA-II)}
 * @param protocol how candidates are measured, for example {@code predicted (BN batch statistics,
 *     batch 64)}
 * @param images validation images that a candidate is measured on
 */
public record RunFacts(
    String title,
    String dataset,
    int classes,
    String hypernetwork,
    String strategy,
    String protocol,
    int images,
    long seed) {}
