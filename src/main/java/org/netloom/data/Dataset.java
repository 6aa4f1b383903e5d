package org.netloom.data;

import java.util.List;

/** A named set of images with its three splits. {@link Datasets#open(String)} makes one. */
public interface Dataset {

  /** The text that names it on the command line, such as {@code shapes10}. */
  String name();

  /** Names of the classes in the order of their labels. */
  List<String> classNames();

  /** Number of classes. */
  default int classes() {
    return classNames().size();
  }

  /** Channels of an image. */
  int channels();

  /** Rows of an image. */
  int height();

  /** Columns of an image. */
  int width();

  /**
   * The images of a split, read or drawn at the first call and kept.
   *
   * @throws org.netloom.config.InputException if the files cannot be read as what they should be
   */
  ImageSet split(Split split);

  /**
   * SHA-256, in lower-case hexadecimal, of what determines the content: the images themselves or,
   * for images that the program draws, the version of the drawing and its seed. Reading it may load
   * every split.
   */
  String sha256();
}
