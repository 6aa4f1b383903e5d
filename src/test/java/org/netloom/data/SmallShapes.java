package org.netloom.data;

import java.util.List;

/** The first images of {@code shapes10}, for tests that only need some real ones. */
public record SmallShapes(ImageSet train, ImageSet other) implements Dataset {

  /** So many training images, and so many for validation and test each. */
  public static SmallShapes of(int train, int other) {
    Dataset all = Datasets.open("shapes10");
    return new SmallShapes(
        all.split(Split.TRAIN).first(train), all.split(Split.VALIDATION).first(other));
  }

  @Override
  public String name() {
    return "shapes10";
  }

  @Override
  public List<String> classNames() {
    return Datasets.open("shapes10").classNames();
  }

  @Override
  public int channels() {
    return train.channels();
  }

  @Override
  public int height() {
    return train.height();
  }

  @Override
  public int width() {
    return train.width();
  }

  @Override
  public ImageSet split(Split split) {
    return split == Split.TRAIN ? train : other;
  }

  @Override
  public String sha256() {
    return Datasets.open("shapes10").sha256();
  }
}
