/**
 * Orders, fronts and rank correlation, with how far they can be trusted. It must not know where the
 * results came from.
 */
@NullMarked
package org.netloom.ranking;

import org.jspecify.annotations.NullMarked;
