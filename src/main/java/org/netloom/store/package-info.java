/**
 * The run directory: the SQLite database with its one writer, the tables derived from it, the log
 * and the provenance of a run. It keeps results as plain data. It must not know how candidates were
 * proposed, measured or trained.
 */
@NullMarked
package org.netloom.store;

import org.jspecify.annotations.NullMarked;
