/**
 * One chosen point of a search space: immutable, canonical, hashable. An architecture says which
 * operations are connected how; it must not know weights, tensors or how it was proposed.
 */
@NullMarked
package org.netloom.architecture;

import org.jspecify.annotations.NullMarked;
