package org.netloom.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.netloom.config.InputException;

/**
 * A file of unsigned bytes in the IDX format of the MNIST pages: two zero bytes, the type 0x08, the
 * number of dimensions, each dimension as a big-endian 32-bit integer, then the values. Plain or
 * gzip-compressed, told apart by its first two bytes.
 *
 * @param file where it was read
 * @param dimensions for images count, height, width; for labels count
 * @param values in row-major order
 */
record IdxFile(Path file, int[] dimensions, byte[] values) {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int GZIP_MAGIC = 0x1f8b;

  /** Reads what {@link #values} needs, or throws an {@link InputException}. */
  static IdxFile read(Path file, int dimensionCount) {
    return read(file, stream -> content(file, stream, header(file, stream, dimensionCount)));
  }

  /** Reads only the dimensions. */
  static int[] dimensions(Path file, int dimensionCount) {
    return read(file, stream -> header(file, stream, dimensionCount));
  }

  /** A use of a stream. */
  private interface Reading<T> {
    T from(InputStream stream) throws IOException;
  }

  private static <T> T read(Path file, Reading<T> reading) {
    try (InputStream stream = open(file)) {
      return reading.from(stream);
    } catch (EOFException | ZipException e) {
      throw new InputException(
          "%s: broken gzip file (%s).\n  Maybe the download broke off."
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new InputException("%s: cannot be read (%s).".formatted(file, e.getMessage()), e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    try (InputStream start = Files.newInputStream(file)) {
      byte[] magic = start.readNBytes(2);
      if (magic.length < 2 || (ByteBuffer.wrap(magic).getShort() & 0xffff) != GZIP_MAGIC) {
        return Files.newInputStream(file);
      }
    }
    return new GZIPInputStream(Files.newInputStream(file), 1 << 16);
  }

  private static int[] header(Path file, InputStream stream, int dimensionCount)
      throws IOException {
    int headerSize = 4 + 4 * dimensionCount;
    byte[] header = stream.readNBytes(headerSize);
    int magic = header.length < 4 ? -1 : ByteBuffer.wrap(header).getInt();
    if (header.length < headerSize || magic != (UNSIGNED_BYTE << 8 | dimensionCount)) {
      throw new InputException(
          ("%s: not an IDX file of unsigned bytes with %d dimension(s): it starts with (%s),"
                  + " expected are %d bytes that start with (00 00 08 %02x).")
              .formatted(file, dimensionCount, hex(header), headerSize, dimensionCount));
    }
    int[] dimensions = new int[dimensionCount];
    ByteBuffer.wrap(header, 4, headerSize - 4).asIntBuffer().get(dimensions);
    long size = 1;
    for (int dimension : dimensions) {
      if (dimension < 1 || size * dimension > Integer.MAX_VALUE - 8) {
        throw new InputException(
            "%s: impossible dimensions (%s); each must be at least 1, their product at most %d."
                .formatted(file, Arrays.toString(dimensions), Integer.MAX_VALUE - 8));
      }
      size *= dimension;
    }
    return dimensions;
  }

  private static IdxFile content(Path file, InputStream stream, int[] dimensions)
      throws IOException {
    int headerSize = 4 + 4 * dimensions.length;
    int size = Arrays.stream(dimensions).reduce(1, (a, b) -> a * b);
    byte[] values = stream.readNBytes(size);
    if (values.length < size || stream.read() >= 0) {
      String actual =
          values.length < size ? Integer.toString(headerSize + values.length) : "larger";
      throw new InputException(
          ("%s: its dimensions (%s) make %d bytes, its unpacked size is %s.\n"
                  + "  Maybe the download broke off.")
              .formatted(file, Arrays.toString(dimensions), headerSize + size, actual));
    }
    return new IdxFile(file, dimensions, values);
  }

  private static String hex(byte[] bytes) {
    return IntStream.range(0, Math.min(4, bytes.length))
        .mapToObj(i -> "%02x".formatted(bytes[i]))
        .collect(Collectors.joining(" "));
  }
}
