/**
 * The single source of truth about a network: its executable operator graph with shapes and tensor
 * names, the primitive-level view that the hypernetwork reads, virtual edges and cost. JGraphT
 * lives here only. It must not know weights or tensors.
 */
@NullMarked
package org.netloom.graph;

import org.jspecify.annotations.NullMarked;
