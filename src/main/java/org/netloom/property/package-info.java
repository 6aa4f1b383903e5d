/**
 * Support-vector regression from the embedding of a network to its properties: grid, folds, choice
 * by Kendall's τ, the file of a model. libsvm lives here only. It must not know networks or
 * hypernetworks: an embedding is a row of numbers.
 */
@NullMarked
package org.netloom.property;

import org.jspecify.annotations.NullMarked;
