/** The command line: one class per command, progress, exit codes. Nobody knows this package. */
@NullMarked
package org.netloom.cli;

import org.jspecify.annotations.NullMarked;
