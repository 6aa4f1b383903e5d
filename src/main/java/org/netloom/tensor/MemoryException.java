package org.netloom.tensor;

import java.util.Locale;

/**
 * A plan needs more memory than it may have, or than is left for it; told before anything is
 * computed.
 */
public final class MemoryException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final boolean crowded;
  private final long limit;

  private MemoryException(String message, boolean crowded, long limit) {
    super(message);
    this.crowded = crowded;
    this.limit = limit;
  }

  /**
   * Refuses a plan above a limit.
   *
   * @param need bytes of the arena that it is planned for
   * @param limit the most bytes that an arena may have
   * @throws MemoryException with both figures if the limit is passed
   */
  public static void check(long need, long limit) {
    if (need > limit) {
      throw above("", need, limit);
    }
  }

  /**
   * Refuses a plan whose variables alone are above a limit; its other values are not known yet.
   *
   * @param need bytes of the variables
   * @param limit the most bytes that an arena may have
   * @throws MemoryException with both figures if the limit is passed
   */
  public static void checkVariables(long need, long limit) {
    if (need > limit) {
      throw above("more than ", need, limit);
    }
  }

  private static MemoryException above(String more, long need, long limit) {
    return new MemoryException(
        "The plan needs %s(%s) of memory; the limit is (%s). Maybe a smaller batch, or a larger --memory?"
            .formatted(more, text(need), text(limit)),
        false,
        limit);
  }

  /**
   * A plan within the limit for which the heap has no room beside what is in use.
   *
   * @param need bytes of the arena that it is planned for
   */
  public static MemoryException crowded(long need) {
    return new MemoryException(
        "The plan needs (%s) of memory beside what is in use; the heap has (%s). Maybe a smaller batch, fewer --threads, or a larger -Xmx in JDK_JAVA_OPTIONS?"
            .formatted(text(need), text(Runtime.getRuntime().maxMemory())),
        true,
        Runtime.getRuntime().maxMemory());
  }

  /**
   * The same for the whole of a plan whose variables were refused; a crowded one stays as it is.
   */
  MemoryException whole(long need) {
    return crowded ? this : above("", need, limit);
  }

  /** Whether the plan may find its memory when less is in use. */
  public boolean isCrowded() {
    return crowded;
  }

  /** The same with what was planned, for example {@code Network 'resnet50'}, in front. */
  public MemoryException of(String what) {
    return new MemoryException("%s: %s".formatted(what, getMessage()), crowded, limit);
  }

  /** A size for people, in MB of 2^20 bytes. */
  public static String text(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20));
  }
}
