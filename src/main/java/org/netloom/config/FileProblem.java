package org.netloom.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Why a file could not be read or written, in words for people. */
public final class FileProblem {
  private FileProblem() {}

  /** A file that could not be read. */
  public static InputException reading(Path file, IOException problem) {
    return new InputException("%s: cannot be read: %s.".formatted(file, reason(problem)), problem);
  }

  /** A file that could not be written. */
  public static InputException writing(Path file, IOException problem) {
    return new InputException(
        "%s: cannot be written: %s.".formatted(file, reason(problem)), problem);
  }

  /** The reason alone, without a full stop. */
  public static String reason(IOException problem) {
    String message = String.valueOf(problem.getMessage());
    return switch (problem) {
      case NoSuchFileException e -> "there is no such file or folder (%s)".formatted(e.getFile());
      case AccessDeniedException e -> "access to (%s) is denied".formatted(e.getFile());
      case FileAlreadyExistsException e -> "(%s) is in the way".formatted(e.getFile());
      case NotDirectoryException e -> "(%s) is not a folder".formatted(e.getFile());
      case DirectoryNotEmptyException e -> "the folder (%s) is not empty".formatted(e.getFile());
      case FileSystemException e when e.getReason() != null ->
          "%s (%s)".formatted(e.getReason(), e.getFile());
      case CharacterCodingException e -> "it is not UTF-8 text";
      default -> problem.getMessage() == null ? problem.getClass().getSimpleName() : message;
    };
  }
}
