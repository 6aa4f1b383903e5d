package org.netloom.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file that a person wrote: UTF-8, of a sensible size, without control characters.
 */
final class InputText {
  private static final long LARGEST = 4L << 20;

  private InputText() {}

  /** The file's text without a byte order mark. */
  static String read(Path file) {
    if (Files.isDirectory(file)) {
      throw one(Location.of(file.toString()), "is a folder; a YAML file is needed.", null);
    }
    if (!Files.exists(file)) {
      throw one(Location.of(file.toString()), "there is no such file.", neighbour(file));
    }
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw one(
            Location.of(file.toString()),
            "has (%d) bytes; a YAML file has at most %d.".formatted(size, LARGEST),
            null);
      }
      return decode(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  static String decode(String source, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(in)
              .toString();
    } catch (CharacterCodingException e) {
      int bad = in.position();
      String before = new String(bytes, 0, bad, StandardCharsets.UTF_8);
      throw one(
          locate(source, before, before.length()),
          "is not UTF-8 text (byte 0x%02X).".formatted(bytes[bad]),
          null);
    }
    text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
        throw one(
            locate(source, text, i),
            "holds a control character (0x%02X); this is not a text file.".formatted((int) c),
            null);
      }
    }
    return text;
  }

  private static Location locate(String source, String text, int at) {
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    return new Location(source, line, at - text.lastIndexOf('\n', at - 1));
  }

  private static @Nullable String neighbour(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    Path name = file.getFileName();
    if (folder == null || name == null || !Files.isDirectory(folder)) {
      return null;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
      String closest = Suggestions.closest(name.toString(), names);
      return closest == null ? null : file.resolveSibling(closest).toString();
    } catch (IOException e) {
      // A folder that cannot be listed has no suggestion; the missing file is the message.
      return null;
    }
  }

  private static InputException one(
      Location location, String message, @Nullable String suggestion) {
    Problems problems = new Problems();
    problems.add(location, "", message, null, suggestion);
    return problems.toException();
  }
}
