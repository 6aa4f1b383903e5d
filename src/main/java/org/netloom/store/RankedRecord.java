package org.netloom.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.netloom.architecture.Architecture;

/**
 * One line of the final order; its rank is its place in the list, from 1.
 *
 * @param score larger is better; NaN if there is none
 * @param parts the score's parts by the names of their columns, for example {@code
 *     fine_tuned_accuracy}; NaN where there is none. All lines of a ranking have the same names.
 * @param status {@code scored} or {@code failed}
 * @param reason why it has no score; empty if it has one
 */
public record RankedRecord(
    Architecture architecture,
    double score,
    SequencedMap<String, Double> parts,
    long parameters,
    long macs,
    String status,
    String reason) {
  public RankedRecord {
    parts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parts));
  }
}
