/**
 * Graph hypernetworks: a network's primitive graph goes in, all its trainable tensors come out
 * (Zhang, Ren and Urtasun 2018; Knyazev et al. 2021). It must not know the search.
 */
@NullMarked
package org.netloom.ghn;

import org.jspecify.annotations.NullMarked;
