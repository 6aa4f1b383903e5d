package org.netloom.search;

/**
 * State of a search after one generation.
 *
 * @param generation from 0
 * @param evaluations distinct candidates measured so far, failed ones included
 * @param bestAccuracy best accuracy so far; NaN if there is none
 * @param hypervolume of the front (accuracy, MACs) so far, as a fraction of the reference box
 */
public record Progress(int generation, int evaluations, double bestAccuracy, double hypervolume) {}
