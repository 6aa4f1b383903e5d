/**
 * Sets of labelled images: the built-in shapes, readers for files that people have, and the batches
 * and augmentations made of them. Every byte follows from the files and an explicit seed. This
 * package must not know networks, tensors or how images are used.
 */
@NullMarked
package org.netloom.data;

import org.jspecify.annotations.NullMarked;
