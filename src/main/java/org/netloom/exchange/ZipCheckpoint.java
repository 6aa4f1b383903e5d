package org.netloom.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.exchange.PickleValue.Storage;

/**
 * The zip container: {@code FOLDER/data.pkl} holds the object, {@code FOLDER/data/KEY} the bytes of
 * a storage; all members are stored as they are. Checksums are verified.
 */
final class ZipCheckpoint {
  static final byte[] MAGIC = {'P', 'K', 3, 4};

  private static final String OBJECT = "data.pkl";

  private final Path file;
  private final ZipFile zip;
  private final String folder;

  private ZipCheckpoint(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
    this.folder =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.equals(OBJECT) || name.endsWith("/" + OBJECT))
            .findFirst()
            .map(name -> name.substring(0, name.length() - OBJECT.length()))
            .orElseThrow(() -> PyTorchCheckpoint.broken(file, "the zip file has no '%s'", OBJECT));
  }

  static PyTorchCheckpoint read(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      long bytes = Files.size(file);
      ZipCheckpoint checkpoint = new ZipCheckpoint(file, zip);
      checkpoint.checkByteOrder(bytes);
      PickleValue object = Pickle.read(file, checkpoint.member(OBJECT, bytes), none -> {});
      return PyTorchCheckpoint.of(
          file, object, new PyTorchStorages(file, bytes, checkpoint::storage));
    } catch (ZipException e) {
      throw new InputException(
          PyTorchCheckpoint.message(file, "its zip container is damaged: %s", e.getMessage()), e);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  private void checkByteOrder(long most) {
    if (zip.getEntry(folder + "byteorder") != null) {
      String order = StandardCharsets.US_ASCII.decode(member("byteorder", most)).toString();
      if (!order.equals("little")) {
        throw PyTorchCheckpoint.broken(file, "its byte order is not 'little'");
      }
    }
  }

  private ByteBuffer storage(Storage storage, long most) {
    return member("data/" + storage.key(), most);
  }

  private ByteBuffer member(String name, long most) {
    ZipEntry entry = zip.getEntry(folder + name);
    if (entry == null || entry.isDirectory()) {
      throw PyTorchCheckpoint.broken(file, "the zip file has no '%s%s'", folder, name);
    }
    if (entry.getMethod() != ZipEntry.STORED) {
      throw PyTorchCheckpoint.broken(file, "member '%s' is compressed", name);
    }
    if (entry.getSize() < 0 || entry.getSize() > Math.min(most, Integer.MAX_VALUE - 8)) {
      throw PyTorchCheckpoint.broken(
          file, "member '%s' would have (%d) bytes, more than are left", name, entry.getSize());
    }
    byte[] bytes;
    try (InputStream in = zip.getInputStream(entry)) {
      bytes = in.readNBytes((int) entry.getSize());
    } catch (IOException e) {
      throw new InputException(
          PyTorchCheckpoint.message(file, "member '%s' is damaged: %s", name, e.getMessage()), e);
    }
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    if (bytes.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
      throw PyTorchCheckpoint.broken(file, "member '%s' is damaged: its checksum is another", name);
    }
    return ByteBuffer.wrap(bytes);
  }
}
