package org.netloom.deepnets;

import org.netloom.architecture.Architecture;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;

/** One network of a set, before it is known which images it is to see. */
public sealed interface NetworkEntry {
  /** Side of an image above which the family's networks take their form for large images. */
  int LARGEST_SMALL_IMAGE = 64;

  /** The network for these images, at the width that the split gives it for their size. */
  Architecture architecture(int classes, InputShape input);

  /** Whether a network for these images takes the form for large ones. */
  static boolean isLarge(InputShape input) {
    return Math.max(input.height(), input.width()) > LARGEST_SMALL_IMAGE;
  }

  /**
   * A network of the generator.
   *
   * @param base as it was judged: 32 channels, hidden head of 256, 10 classes, 32x32 images
   * @param smallWidth its channels for images up to 64 pixels
   * @param largeWidth its channels for larger images
   * @param smallParameters parameters of {@code base}
   * @param largeParameters parameters of {@code base} for 224x224 images
   */
  record Generated(
      DeepNetsArchitecture base,
      int smallWidth,
      int largeWidth,
      long smallParameters,
      long largeParameters)
      implements NetworkEntry {
    @Override
    public DeepNetsArchitecture architecture(int classes, InputShape input) {
      return base.widened(isLarge(input) ? largeWidth : smallWidth, base.fcDim())
          .with(classes, input);
    }
  }

  /** A network of the literature. */
  record Predefined(String name) implements NetworkEntry {
    @Override
    public PresetArchitecture architecture(int classes, InputShape input) {
      return new PresetArchitecture(name, classes, input);
    }
  }
}
