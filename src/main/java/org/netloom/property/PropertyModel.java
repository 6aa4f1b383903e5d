package org.netloom.property;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Regressors of one or more properties and what they read.
 *
 * @param source where the embeddings came from
 * @param properties at least one, their names distinct
 */
public record PropertyModel(Source source, List<Property> properties) {

  /**
   * Where embeddings come from; those from elsewhere mean something else.
   *
   * @param ghn the hypernetwork as it was named
   * @param sha256 of the hypernetwork's file
   * @param hidden H, the length of an embedding
   * @param classes that all networks were given, null if each was taken as it is
   * @param input image shape that all networks were given, for example {@code 3x32x32}, or null
   */
  public record Source(
      String ghn, String sha256, int hidden, @Nullable Integer classes, @Nullable String input) {
    private static final int SHORT = 12;

    /** A short text that embeddings from the same source share. */
    public String key() {
      return sha256.substring(0, Math.min(SHORT, sha256.length()))
          + (classes == null ? "" : "/" + classes)
          + (input == null ? "" : "/" + input);
    }
  }
}
