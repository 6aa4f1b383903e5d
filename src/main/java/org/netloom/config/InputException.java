package org.netloom.config;

/**
 * Something a user gave cannot be used. The message is complete as it stands: what, where, the
 * actual value and the allowed ones. The command line prints it alone, without a stack trace, and
 * ends with exit code 2.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A mistake that needs no cause. */
  public InputException(String message) {
    super(message);
  }

  /** A mistake found by another exception. */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
