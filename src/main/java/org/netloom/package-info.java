/** Netloom: neural architecture search for the JVM, scored by a graph hypernetwork. */
@NullMarked
package org.netloom;

import org.jspecify.annotations.NullMarked;
