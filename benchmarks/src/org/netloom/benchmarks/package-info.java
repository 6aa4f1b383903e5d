/**
 * JMH benchmarks of what a search spends its time on, through public API only: they time what users
 * get, and survive a rewrite of the kernels. Start them with {@code benchmarks/run}.
 */
@NullMarked
package org.netloom.benchmarks;

import org.jspecify.annotations.NullMarked;
