/**
 * A computational graph bound to parameters: recording its forward pass, initialisation, loss and
 * inference. It must not know hypernetworks.
 */
@NullMarked
package org.netloom.network;

import org.jspecify.annotations.NullMarked;
