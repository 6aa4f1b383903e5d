/**
 * Pictures of networks: SVG for people, DOT for Graphviz. Nodes carry the names of the {@link
 * org.netloom.graph.ComputationalGraph}. It must not know parameters or the search.
 */
@NullMarked
package org.netloom.exchange.picture;

import org.jspecify.annotations.NullMarked;
