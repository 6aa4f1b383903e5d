/**
 * The compute engine: programs of float32 operations are recorded with their shapes,
 * differentiated, planned into one arena and run by a backend. It must not know networks or graphs.
 */
@NullMarked
package org.netloom.tensor;

import org.jspecify.annotations.NullMarked;
