package org.netloom.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Folders of small PNG images, one hue per class, for commands to train on. */
final class ImageFolders {
  private static final int SIDE = 12;

  private ImageFolders() {}

  /** Sub-folders train, val and test with {@code classes} classes: 4, 2 and 2 images of each. */
  static String create(Path folder, int classes) throws IOException {
    return create(folder, classes, 4);
  }

  /** The same with so many images of each class in train. */
  static String create(Path folder, int classes, int training) throws IOException {
    SplittableRandom random = new SplittableRandom(classes);
    for (String split : List.of("train", "val", "test")) {
      for (int c = 0; c < classes; c++) {
        Path place = folder.resolve(split).resolve("class" + c);
        Files.createDirectories(place);
        for (int i = 0; i < (split.equals("train") ? training : 2); i++) {
          BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
          for (int p = 0; p < SIDE * SIDE; p++) {
            int red = 255 * c / classes;
            image.setRGB(
                p % SIDE, p / SIDE, red << 16 | random.nextInt(256) << 8 | random.nextInt(256));
          }
          ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
        }
      }
    }
    return "folder:" + folder;
  }
}
