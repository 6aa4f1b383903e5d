package org.netloom.config;

import org.jspecify.annotations.Nullable;

/**
 * One mistake in an input.
 *
 * @param path dotted path of the key, empty for the input as a whole
 * @param message one sentence with the actual value
 * @param allowed what would be right, or null if the message says it
 * @param suggestion what was probably meant, or null
 */
public record Problem(
    Location location,
    String path,
    String message,
    @Nullable String allowed,
    @Nullable String suggestion) {

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(location.toString()).append(": ");
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    text.append(message);
    if (allowed != null) {
      text.append("\n  Allowed: ").append(allowed);
    }
    if (suggestion != null) {
      text.append("\n  Maybe '").append(suggestion).append("'?");
    }
    return text.toString();
  }
}
