package org.netloom.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.netloom.config.InputException;

/**
 * A folder with one sub-folder of PNG or JPEG images per class, or with sub-folders {@code train},
 * {@code val} and {@code test} of that form. Without those three a seeded hash of the file name
 * sends 80 % of the images to training, 10 % to validation and 10 % to test.
 *
 * <p>Images are resized to the shape asked for; where that is 224x224, they are given the usual
 * view of photographs instead ({@link CentreCrop}).
 *
 * <p>Within a split images stand in the order of a seeded hash of class and file name, so that the
 * first images, and every batch, are a mixture of all classes.
 */
final class ImageFolder {
  private static final Set<String> LITTER = Set.of("Thumbs.db", "desktop.ini");

  private final String name;
  private final Path folder;
  private final long seed;
  private final int height;
  private final int width;
  private final boolean hasSplits;
  private final List<String> classNames;

  /** An image with its class and its place in the order. */
  private record Entry(Path file, int label, long order) {}

  private ImageFolder(String name, Path folder, long seed, int height, int width) {
    this.name = name;
    this.folder = folder;
    this.seed = seed;
    this.height = height;
    this.width = width;
    this.hasSplits = hasSplits(folder);
    this.classNames = folders(hasSplits ? folder.resolve("train") : folder);
    if (classNames.size() < 2) {
      throw new InputException(
          ("%s: needs at least two sub-folders of images, one per class; found %d (%s).\n"
                  + "  Maybe the folder above or below is meant.")
              .formatted(folder, classNames.size(), String.join(", ", classNames)));
    }
  }

  static Dataset open(String name, Path folder, long seed, int height, int width) {
    if (!Files.isDirectory(folder)) {
      throw new InputException("folder: no such folder (%s).".formatted(folder));
    }
    ImageFolder images = new ImageFolder(name, folder, seed, height, width);
    return new LoadedDataset(name, images.classNames, height, width, images::load);
  }

  private static String folderName(Split split) {
    return switch (split) {
      case TRAIN -> "train";
      case VALIDATION -> "val";
      case TEST -> "test";
    };
  }

  /** A class may be called "train" too; the folder of a split holds folders. */
  private static boolean hasSplits(Path folder) {
    List<String> missing = new ArrayList<>();
    boolean any = false;
    for (Split split : Split.values()) {
      Path part = folder.resolve(folderName(split));
      if (Files.isDirectory(part) && !folders(part).isEmpty()) {
        any = true;
      } else {
        missing.add(folderName(split));
      }
    }
    if (any && !missing.isEmpty()) {
      throw new InputException(
          ("%s: has some of the sub-folders train, val and test, but not %s with classes in it.\n"
                  + "  Maybe add it, or put the classes beside each other to have them split"
                  + " 80/10/10.")
              .formatted(folder, String.join(", ", missing)));
    }
    return any;
  }

  private ImageSet load(Split split) {
    List<Entry> entries = entries(split);
    if (entries.isEmpty()) {
      throw new InputException(
          "%s: no image for %s.\n  Maybe give more images, or sub-folders train, val and test."
              .formatted(folder, split.label()));
    }
    byte[] pixels = Pixels.allocate(name, entries.size(), height, width);
    int[] labels = new int[entries.size()];
    for (int i = 0; i < labels.length; i++) {
      ImageFile image = ImageFile.read(entries.get(i).file());
      int start = i * height * width * Pixels.CHANNELS;
      if (height == CentreCrop.SIDE && width == CentreCrop.SIDE) {
        CentreCrop.view(image.rgb(), image.height(), image.width(), pixels, start);
      } else {
        Resampler.resize(image.rgb(), image.height(), image.width(), pixels, start, height, width);
      }
      labels[i] = entries.get(i).label();
    }
    return new ImageSet(classNames.size(), Pixels.CHANNELS, height, width, pixels, labels);
  }

  private List<Entry> entries(Split split) {
    Path root = hasSplits ? folder.resolve(folderName(split)) : folder;
    TreeMap<String, Integer> labels = new TreeMap<>();
    for (String className : folders(root)) {
      int label = classNames.indexOf(className);
      if (label < 0) {
        throw new InputException(
            "%s: the class (%s) is not among those of training: %s."
                .formatted(root, className, String.join(", ", classNames)));
      }
      labels.put(className, label);
    }
    List<Entry> entries = new ArrayList<>();
    labels.forEach(
        (className, label) -> {
          for (Path file : files(root.resolve(className))) {
            String fileName = file.getFileName().toString();
            if (hasSplits || splitOf(fileName) == split) {
              entries.add(new Entry(file, label, Bits.of(~seed, className + "/" + fileName)));
            }
          }
        });
    entries.sort(Comparator.comparingLong(Entry::order));
    return entries;
  }

  private Split splitOf(String fileName) {
    int tenth = Bits.below(Bits.of(seed, fileName), 10);
    if (tenth < 8) {
      return Split.TRAIN;
    }
    return tenth == 8 ? Split.VALIDATION : Split.TEST;
  }

  private static List<String> folders(Path parent) {
    return children(parent).stream()
        .filter(Files::isDirectory)
        .map(path -> path.getFileName().toString())
        .toList();
  }

  private static List<Path> files(Path classFolder) {
    List<Path> files = children(classFolder);
    for (Path file : files) {
      if (Files.isDirectory(file) || !ImageFile.named(file)) {
        throw new InputException(
            "%s: a class's folder holds only images; allowed are .png, .jpg and .jpeg."
                .formatted(file));
      }
    }
    return files;
  }

  /** Sorted by name; without hidden files and what desktops leave behind. */
  private static List<Path> children(Path parent) {
    try (Stream<Path> paths = Files.list(parent)) {
      return paths
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .filter(path -> !LITTER.contains(path.getFileName().toString()))
          .sorted(Comparator.comparing(path -> path.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new InputException("%s: cannot be read (%s).".formatted(parent, e.getMessage()), e);
    }
  }
}
