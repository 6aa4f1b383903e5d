/**
 * What turns gradients into steps: learning-rate schedules, and optimisers that record their update
 * onto a tensor program. It must not know data, losses or how long training lasts.
 */
@NullMarked
package org.netloom.optim;

import org.jspecify.annotations.NullMarked;
