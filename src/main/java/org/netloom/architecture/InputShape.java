package org.netloom.architecture;

import org.netloom.config.InputException;

/**
 * Channels, height and width of one image, each at most {@value #LARGEST}. Written {@code 3x32x32}.
 */
public record InputShape(int channels, int height, int width) {
  /** The CIFAR-10 format, 3x32x32. */
  public static final InputShape CIFAR = new InputShape(3, 32, 32);

  /** Far beyond any image; costs and sizes cannot overflow below it. */
  private static final int LARGEST = 65_536;

  public InputShape {
    if (Math.min(channels, Math.min(height, width)) < 1
        || Math.max(channels, Math.max(height, width)) > LARGEST) {
      throw new IllegalArgumentException(
          "An input shape needs sides of 1 to %d, but is (%d x %d x %d)."
              .formatted(LARGEST, channels, height, width));
    }
  }

  /**
   * Reads {@code CxHxW}.
   *
   * @throws InputException if the text has another form
   */
  public static InputShape parse(String text) {
    String[] parts = text.strip().split("x", -1);
    if (parts.length == 3) {
      try {
        return new InputShape(
            Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
      } catch (IllegalArgumentException e) {
        throw new InputException(explain(text), e);
      }
    }
    throw new InputException(explain(text));
  }

  private static String explain(String text) {
    return ("An input shape is written CHANNELSxHEIGHTxWIDTH in positive numbers up to %d, for"
            + " example 3x32x32, but is ('%s').")
        .formatted(LARGEST, text);
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
