package org.netloom.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A data set whose splits are loaded by a function, each at most once. */
final class LoadedDataset implements Dataset {
  private final String name;
  private final List<String> classNames;
  private final int height;
  private final int width;
  private final Function<Split, ImageSet> loader;
  private final Map<Split, ImageSet> loaded = new EnumMap<>(Split.class);
  private @Nullable String sha256;

  LoadedDataset(
      String name,
      List<String> classNames,
      int height,
      int width,
      Function<Split, ImageSet> loader) {
    this.name = name;
    this.classNames = List.copyOf(classNames);
    this.height = height;
    this.width = width;
    this.loader = loader;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int channels() {
    return Pixels.CHANNELS;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public synchronized ImageSet split(Split split) {
    ImageSet images = loaded.get(split);
    if (images == null) {
      images = loader.apply(split);
      loaded.put(split, images);
    }
    return images;
  }

  @Override
  public synchronized String sha256() {
    if (sha256 == null) {
      sha256 = hashOfContent();
    }
    return sha256;
  }

  private String hashOfContent() {
    MessageDigest digest = sha256Digest();
    digest.update(String.join("\n", classNames).getBytes(StandardCharsets.UTF_8));
    for (Split split : Split.values()) {
      ImageSet images = split(split);
      update(digest, images.size(), images.height(), images.width(), images.channels());
      update(digest, images.labels());
      digest.update(images.pixels());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    digest.update(bytes);
  }

  static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must offer SHA-256.", e);
    }
  }
}
