package org.netloom.space;

import org.netloom.architecture.Architecture;

/**
 * Splits architectures into a training part, from which hypernetworks learn, and a tenth that is
 * held out to judge them: held out iff the first eight hexadecimal digits of the id, as a number,
 * are divisible by ten. The id covers classes and input shape too.
 */
public final class HoldOut {
  private HoldOut() {}

  /** Whether the architecture is held out: no hypernetwork may learn from it. */
  public static boolean contains(Architecture architecture) {
    return Long.parseLong(architecture.id().substring(0, 8), 16) % 10 == 0;
  }
}
