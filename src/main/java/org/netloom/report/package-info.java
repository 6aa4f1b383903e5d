/**
 * The self-contained HTML report of a run and its plots. It knows plain numbers and texts only: who
 * computed them, and how, it must not know.
 */
@NullMarked
package org.netloom.report;

import org.jspecify.annotations.NullMarked;
