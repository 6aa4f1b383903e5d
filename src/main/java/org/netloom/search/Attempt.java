package org.netloom.search;

import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.evaluation.EvaluationResult;

/**
 * One proposal of a search and what became of it.
 *
 * @param index from 0, in the order of the search
 * @param generation from 0, the first sample
 * @param cached whether the same architecture was proposed before in this search: it is answered
 *     with the same result and costs nothing
 */
public record Attempt(
    int index,
    int generation,
    DeepNetsArchitecture architecture,
    EvaluationResult result,
    boolean cached) {}
