/**
 * Proposes architectures of a search space within a budget: strategies, operators, seeds. Jenetics
 * lives here only. It must not know tensors: what an architecture is worth comes from an evaluator.
 */
@NullMarked
package org.netloom.search;

import org.jspecify.annotations.NullMarked;
