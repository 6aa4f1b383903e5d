package org.netloom.architecture;

import org.netloom.config.InputException;

/** Channels, height and width of one image. Written {@code 3x32x32}. */
public record InputShape(int channels, int height, int width) {
  /** The CIFAR-10 format, 3x32x32. */
  public static final InputShape CIFAR = new InputShape(3, 32, 32);

  public InputShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "An input shape needs positive sides, but is (%d x %d x %d)."
              .formatted(channels, height, width));
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
    return ("An input shape is written CHANNELSxHEIGHTxWIDTH in positive numbers, for example 3x32x32,"
            + " but is ('%s').")
        .formatted(text);
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
