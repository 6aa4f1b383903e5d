/**
 * The DeepNets-1M family as data (Knyazev et al. 2021): the generator of its splits, the widths of
 * training and evaluation, the figures of a split, and the file that holds a generated set. It must
 * not know weights, images or hypernetworks.
 */
@NullMarked
package org.netloom.deepnets;

import org.jspecify.annotations.NullMarked;
