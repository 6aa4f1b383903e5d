/**
 * What may be chosen: operations, connections, widths, depths, and the constraints on what a choice
 * may cost. A point of a space is a list of small integers that always decodes to a valid
 * architecture. It must not know Jenetics, weights or how points are proposed.
 */
@NullMarked
package org.netloom.space;

import org.jspecify.annotations.NullMarked;
