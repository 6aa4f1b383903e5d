package org.netloom.space;

import org.netloom.architecture.Architecture;

/**
 * A fixed tenth of all architectures on which no hypernetwork is ever trained, so that accuracy on
 * unseen architectures can be measured at any time.
 */
public final class HoldOut {
  private HoldOut() {}

  /** Whether the first eight hexadecimal digits of the id, modulo 10, are 0. */
  public static boolean contains(Architecture architecture) {
    return Long.parseLong(architecture.id().substring(0, 8), 16) % 10 == 0;
  }
}
