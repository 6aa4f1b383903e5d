/**
 * Training one network: the loop with its checkpoints, the calibration of batch-norm statistics,
 * and the measurement of accuracy and loss. It must not know the search, nor where initial
 * parameters come from.
 */
@NullMarked
package org.netloom.training;

import org.jspecify.annotations.NullMarked;
