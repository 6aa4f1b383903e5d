package org.netloom.data;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.netloom.config.InputException;

/**
 * CIFAR-10, binary version (Krizhevsky, "Learning multiple layers of features from tiny images",
 * 2009): six files of 10,000 records of 3,073 bytes each, a label and then 1,024 red, 1,024 green
 * and 1,024 blue values in rows of 32. The first nine tenths of the training images are the
 * training split, the rest validation.
 */
final class CifarDataset {
  static final String TEST_FILE = "test_batch.bin";

  private static final Logger LOG = LogManager.getLogger(CifarDataset.class);
  private static final int SIDE = 32;
  private static final int PLANE = SIDE * SIDE;
  private static final int RECORD = 1 + 3 * PLANE;
  private static final int OFFICIAL_RECORDS = 10_000;
  private static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** A file of the official distribution and the MD5 of its content. */
  private record Batch(String name, String md5) {}

  private static final List<Batch> TRAIN =
      List.of(
          new Batch("data_batch_1.bin", "5dd7e06a14cb22eb9f671a540d1b7c25"),
          new Batch("data_batch_2.bin", "5ea93a67294ea407fff1d09f752e9692"),
          new Batch("data_batch_3.bin", "942cd6a4bcdd0dd3c604fbe906cb4421"),
          new Batch("data_batch_4.bin", "ae636b3ba5c66a11e91e8cb52e771fcb"),
          new Batch("data_batch_5.bin", "53f37980c15c3d472c316c40844f3f0d"));
  private static final List<Batch> TEST =
      List.of(new Batch(TEST_FILE, "803d5f7f4d78ea53de84dbe85f74fb6d"));

  private final CifarFiles files;
  private final int records;

  private CifarDataset(CifarFiles files, int records) {
    this.files = files;
    this.records = records;
  }

  static Dataset open(String name, Path path) {
    return open(name, path, OFFICIAL_RECORDS);
  }

  /** Opens files with another number of records, which only tests have. */
  static Dataset open(String name, Path path, int recordsPerFile) {
    CifarDataset cifar = new CifarDataset(CifarFiles.in(path), recordsPerFile);
    return new LoadedDataset(name, CLASS_NAMES, SIDE, SIDE, cifar::load);
  }

  private ImageSet load(Split split) {
    int validation = TRAIN.size() * records / 10;
    int training = TRAIN.size() * records - validation;
    return switch (split) {
      case TRAIN -> load(TRAIN, 0, training);
      case VALIDATION -> load(TRAIN, training, validation);
      case TEST -> load(TEST, 0, records);
    };
  }

  /** Images {@code from} to {@code from + count} - 1 of the concatenation of {@code batches}. */
  private ImageSet load(List<Batch> batches, int from, int count) {
    byte[] pixels = new byte[count * 3 * PLANE];
    int[] labels = new int[count];
    List<String> wanted =
        batches.subList(from / records, (from + count - 1) / records + 1).stream()
            .map(Batch::name)
            .toList();
    files.read(
        wanted,
        (long) records * RECORD,
        (name, bytes) -> {
          int index = indexOf(batches, name);
          compareWithOfficial(batches.get(index), bytes);
          for (int record = 0; record < records; record++) {
            int image = index * records + record - from;
            if (image >= 0 && image < count) {
              labels[image] = label(name, bytes, record);
              interleave(bytes, record * RECORD + 1, pixels, image * 3 * PLANE);
            }
          }
        });
    return new ImageSet(CLASS_NAMES.size(), 3, SIDE, SIDE, pixels, labels);
  }

  private static int indexOf(List<Batch> batches, String name) {
    for (int i = 0; i < batches.size(); i++) {
      if (batches.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no batch is called (%s).".formatted(name));
  }

  private int label(String name, byte[] bytes, int record) {
    int label = bytes[record * RECORD] & 0xff;
    if (label >= CLASS_NAMES.size()) {
      throw new InputException(
          ("%s: the label of record %d is (%d); allowed are 0 to 9 (file size %d bytes, as"
                  + " expected).\n"
                  + "  Maybe it is CIFAR-100 or another kind of file.")
              .formatted(files.where(name), record, label, bytes.length));
    }
    return label;
  }

  /** Planes of red, green and blue to red-green-blue per pixel. */
  private static void interleave(byte[] planes, int from, byte[] pixels, int to) {
    for (int i = 0; i < PLANE; i++) {
      for (int c = 0; c < 3; c++) {
        pixels[to + 3 * i + c] = planes[from + c * PLANE + i];
      }
    }
  }

  /**
   * People make files of their own in this layout, so that another checksum is only worth a line.
   */
  private void compareWithOfficial(Batch batch, byte[] bytes) {
    String md5 = md5(bytes);
    if (!md5.equals(batch.md5())) {
      LOG.warn(
          "{}: not the file of the official CIFAR-10 (md5 {}, official {}).",
          files.where(batch.name()),
          md5,
          batch.md5());
    }
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must offer MD5.", e);
    }
  }
}
