package org.netloom.evaluation;

import java.util.List;
import java.util.SplittableRandom;
import org.netloom.data.Dataset;
import org.netloom.data.ImageSet;
import org.netloom.data.Split;

/** Random images of ten classes. */
record FakeData(int classes, int images, int side) implements Dataset {
  @Override
  public String name() {
    return "fake";
  }

  @Override
  public List<String> classNames() {
    return java.util.stream.IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
  }

  @Override
  public int channels() {
    return 3;
  }

  @Override
  public int height() {
    return side;
  }

  @Override
  public int width() {
    return side;
  }

  @Override
  public ImageSet split(Split split) {
    SplittableRandom random = new SplittableRandom(split.ordinal());
    byte[] pixels = new byte[images * side * side * 3];
    random.nextBytes(pixels);
    int[] labels = new int[images];
    for (int i = 0; i < images; i++) {
      labels[i] = random.nextInt(classes);
    }
    return new ImageSet(classes, 3, side, side, pixels, labels);
  }

  @Override
  public String sha256() {
    return "0".repeat(64);
  }
}
