package org.netloom.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.netloom.config.InputException;

/**
 * A member of the MNIST family: a folder with the images and labels of a training and a test set as
 * IDX files. The last tenth of the training images is the validation split; grey is repeated to
 * three channels. Classes are 0 to the largest training label.
 */
final class IdxDataset {
  private static final String TRAIN = "train";
  private static final String TEST = "(t10k|test)";
  private static final String IMAGES = "images-idx3";
  private static final String LABELS = "labels-idx1";

  private final Path folder;
  private final int classes;
  private final int height;
  private final int width;

  private IdxDataset(Path folder, int classes, int height, int width) {
    this.folder = folder;
    this.classes = classes;
    this.height = height;
    this.width = width;
  }

  static Dataset open(String name, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException("idx: no such folder (%s).".formatted(folder));
    }
    Path images = find(folder, TRAIN, IMAGES);
    int[] train = IdxFile.dimensions(images, 3);
    if (train[0] < 10) {
      throw new InputException(
          "%s: has %d images; at least 10 are needed, since the last tenth is for validation."
              .formatted(images, train[0]));
    }
    Path testImages = find(folder, TEST, IMAGES);
    int[] test = IdxFile.dimensions(testImages, 3);
    if (test[1] != train[1] || test[2] != train[2]) {
      throw new InputException(
          "%s: images are %dx%d, those of %s are %dx%d."
              .formatted(testImages, test[1], test[2], images, train[1], train[2]));
    }
    find(folder, TEST, LABELS);
    int classes = 0;
    for (byte label : IdxFile.read(find(folder, TRAIN, LABELS), 1).values()) {
      classes = Math.max(classes, 1 + (label & 0xff));
    }
    return new LoadedDataset(
        name,
        IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
        train[1],
        train[2],
        new IdxDataset(folder, classes, train[1], train[2])::load);
  }

  private ImageSet load(Split split) {
    String part = split == Split.TEST ? TEST : TRAIN;
    IdxFile images = IdxFile.read(find(folder, part, IMAGES), 3);
    IdxFile labels = IdxFile.read(find(folder, part, LABELS), 1);
    int count = images.dimensions()[0];
    if (labels.dimensions()[0] != count) {
      throw new InputException(
          "%s: has %d labels, %s has %d images."
              .formatted(labels.file(), labels.dimensions()[0], images.file(), count));
    }
    int training = count - count / 10;
    return switch (split) {
      case TRAIN -> range(images, labels, 0, training);
      case VALIDATION -> range(images, labels, training, count - training);
      case TEST -> range(images, labels, 0, count);
    };
  }

  private ImageSet range(IdxFile images, IdxFile labels, int from, int count) {
    byte[] pixels = Pixels.allocate(images.file().toString(), count, height, width);
    Pixels.repeatGrey(images.values(), from * height * width, count * height * width, pixels, 0);
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      chosen[i] = labels.values()[from + i] & 0xff;
      if (chosen[i] >= classes) {
        throw new InputException(
            "%s: the label of image %d is (%d); the training set has 0 to %d."
                .formatted(labels.file(), from + i, chosen[i], classes - 1));
      }
    }
    return new ImageSet(classes, Pixels.CHANNELS, height, width, pixels, chosen);
  }

  /** The file of a part and kind, whatever comes before them in its name, plain before gz. */
  private static Path find(Path folder, String part, String kind) {
    Pattern pattern =
        Pattern.compile("(.*[-_])?" + part + "-" + kind.replace("-", "[-.]") + "-ubyte(\\.gz)?");
    List<Path> found;
    try (Stream<Path> files = Files.list(folder)) {
      found =
          files
              .filter(f -> pattern.matcher(f.getFileName().toString()).matches())
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new InputException("%s: cannot be read (%s).".formatted(folder, e.getMessage()), e);
    }
    List<String> stems =
        found.stream()
            .map(f -> f.getFileName().toString().toLowerCase(Locale.ROOT).replace(".gz", ""))
            .distinct()
            .toList();
    if (stems.size() != 1) {
      String usual = part.equals(TRAIN) ? "train" : "t10k";
      throw new InputException(
          "%s: needs exactly one %s-%s-ubyte or .gz, found %s."
              .formatted(folder, usual, kind, stems.isEmpty() ? "none" : String.join(", ", stems)));
    }
    return found.getFirst();
  }
}
