/**
 * The engine on an OpenCL device. Kernels are Java classes in {@code kernels/}, which Aparapi
 * translates; here are their host side, the arena on the device, and the choice of a device.
 * Aparapi lives here only. It must not know anything above tensor.
 */
@NullMarked
package org.netloom.tensor.opencl;

import org.jspecify.annotations.NullMarked;
