/**
 * From a candidate to its measured objectives: the contract, the cache of duplicates and the
 * constraints that refuse a candidate before anything is computed. Failures are values with their
 * reason. It must not know how candidates were proposed.
 */
@NullMarked
package org.netloom.evaluation;

import org.jspecify.annotations.NullMarked;
