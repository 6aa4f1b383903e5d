/**
 * YAML to immutable records. Every problem of a file is found at once and located by file, line and
 * column. It must not know numeric code.
 */
@NullMarked
package org.netloom.config;

import org.jspecify.annotations.NullMarked;
