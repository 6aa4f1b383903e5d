/**
 * Networks and tensors as files that other tools open: safetensors, ONNX, DOT and SVG. The nodes
 * and tensors of every file carry the names of the {@link org.netloom.graph.ComputationalGraph}. It
 * must not know the search.
 */
@NullMarked
package org.netloom.exchange;

import org.jspecify.annotations.NullMarked;
