/**
 * Backends on the processor: plain loops (the oracle, and the fallback without the Vector API
 * module) and SIMD. EJML and the Vector API live here only. It must not know anything above tensor.
 */
@NullMarked
package org.netloom.tensor.cpu;

import org.jspecify.annotations.NullMarked;
