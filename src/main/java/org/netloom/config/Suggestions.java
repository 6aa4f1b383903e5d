package org.netloom.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Guesses what a misspelt word was meant to be: a word of the same letters, a usual name of the
 * field for the same thing, or the closest one by edit distance (Damerau-Levenshtein, restricted).
 */
public final class Suggestions {
  /** Names that other tools use for the same things. */
  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("identity", "skip_connect"),
          Map.entry("skip", "skip_connect"),
          Map.entry("zero", "none"),
          Map.entry("attention", "msa"),
          Map.entry("selfattention", "msa"),
          Map.entry("se", "cse"),
          Map.entry("squeezeexcite", "cse"),
          Map.entry("depthwise", "sep_conv_3x3"),
          Map.entry("dilconv", "dil_conv_3x3"),
          Map.entry("sepconv", "sep_conv_3x3"),
          Map.entry("maxpool", "max_pool_3x3"),
          Map.entry("avgpool", "avg_pool_3x3"),
          Map.entry("bn", "batch_norm"),
          Map.entry("bnorm", "batch_norm"),
          Map.entry("lr", "learning_rate"),
          Map.entry("params", "parameters"),
          Map.entry("flops", "macs"),
          Map.entry("madds", "macs"),
          Map.entry("depth", "cells"),
          Map.entry("layers", "cells"),
          Map.entry("width", "channels"),
          Map.entry("ops", "operations"),
          Map.entry("dataset", "data"),
          Map.entry("budget", "evaluations"),
          Map.entry("genetic", "evolution"),
          Map.entry("nsga2", "evolution"),
          Map.entry("topk", "top"));

  private Suggestions() {}

  /** The candidate that was probably meant, or null if none is near; the first one of a tie. */
  public static @Nullable String closest(String word, Collection<String> candidates) {
    String plain = plain(word);
    if (plain.isEmpty()) {
      return null;
    }
    String synonym = SYNONYMS.get(plain);
    if (synonym != null && candidates.contains(synonym)) {
      return synonym;
    }
    String best = null;
    int nearest = 1 + Math.max(1, plain.length() / 3);
    for (String candidate : candidates) {
      String other = plain(candidate);
      int distance = distance(plain, other);
      if (distance < nearest) {
        nearest = distance;
        best = candidate;
      }
    }
    if (best == null && plain.length() >= 3) {
      best =
          candidates.stream()
              .filter(c -> plain(c).startsWith(plain) || plain.startsWith(plain(c) + "s"))
              .findFirst()
              .orElse(null);
    }
    return best;
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
