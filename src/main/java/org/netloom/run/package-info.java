/**
 * One run from its YAML file to its report: configuration, hypernetwork, search, hand-off, export.
 * It joins the other rooms and must know nothing of the command line.
 */
@NullMarked
package org.netloom.run;

import org.jspecify.annotations.NullMarked;
