/**
 * What may be chosen: operations, connections, widths and depths, and how to draw from them. It
 * must not know the library that searches.
 */
@NullMarked
package org.netloom.space;

import org.jspecify.annotations.NullMarked;
