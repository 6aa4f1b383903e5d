package org.netloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.config.Location;
import org.netloom.config.Problems;
import org.netloom.config.Suggestions;
import org.netloom.store.Csv;

/**
 * A CSV file with a network in each row, as {@code evaluate-ghn} and {@code embed} write them:
 * named in a column {@code network} or {@code architecture}. Rows whose {@code status} is {@code
 * failed} are left out.
 *
 * @param failed number of rows that were left out
 */
record NetworkTable(String file, List<String> header, List<Row> rows, int failed) {
  private static final String EMBEDDING = "embedding";

  /**
   * A row.
   *
   * @param number from 1 below the header
   */
  record Row(int number, List<String> fields) {}

  /** Reads a table. */
  static NetworkTable read(String file) {
    List<List<String>> lines;
    try {
      lines = Csv.read(file, Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw FileProblem.reading(Path.of(file), e);
    }
    if (lines.isEmpty()) {
      throw new InputException("%s: is empty; a header and rows are needed.".formatted(file));
    }
    List<String> header = lines.getFirst();
    int status = header.indexOf("status");
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (status < 0 || !lines.get(i).get(status).equals("failed")) {
        rows.add(new Row(i, lines.get(i)));
      }
    }
    NetworkTable table = new NetworkTable(file, header, rows, lines.size() - 1 - rows.size());
    table.nameColumn();
    if (rows.isEmpty()) {
      throw new InputException("%s: has no row with a network.".formatted(file));
    }
    return table;
  }

  private int nameColumn() {
    int network = header.indexOf("network");
    int column = network >= 0 ? network : header.indexOf("architecture");
    if (column < 0) {
      throw new InputException(
          "%s: needs a column 'network' or 'architecture', but has (%s)."
              .formatted(file, String.join(", ", header)));
    }
    return column;
  }

  /** The networks as they are named. */
  List<String> networks() {
    int column = nameColumn();
    return rows.stream().map(row -> row.fields().get(column)).toList();
  }

  /** Where a row is. */
  Location place(Row row) {
    return Location.of("%s: row %d".formatted(file, row.number()));
  }

  /** Notes a mistake in the name of a row's network. */
  void note(Problems problems, int row, String message) {
    problems.add(place(rows.get(row)), header.get(nameColumn()), message);
  }

  /** The numbers of a column; what is wrong with it is noted, and nothing of it given then. */
  double[] numbers(String column, Problems problems) {
    int at = header.indexOf(column);
    if (at < 0) {
      problems.add(
          Location.of(file),
          column,
          "there is no such column",
          String.join(", ", header),
          Suggestions.closest(column, header));
      return new double[0];
    }
    double[] numbers = new double[rows.size()];
    for (int i = 0; i < numbers.length; i++) {
      String cell = rows.get(i).fields().get(at);
      Double number = finite(cell);
      if (number == null) {
        problems.add(
            place(rows.get(i)), column, "a finite number is needed, not ('%s')".formatted(cell));
      } else {
        numbers[i] = number;
      }
    }
    return numbers;
  }

  /** Whether {@code embed} wrote it. */
  boolean hasEmbeddings() {
    return header.contains(EMBEDDING) && header.contains("e0");
  }

  /** What the embeddings of all rows share, the key of their source. */
  String embeddingKey() {
    int at = header.indexOf(EMBEDDING);
    List<String> keys = rows.stream().map(row -> row.fields().get(at)).distinct().toList();
    if (keys.size() > 1) {
      throw new InputException(
          "%s: has embeddings of (%d) hypernetworks (%s); one is needed."
              .formatted(file, keys.size(), String.join(", ", keys)));
    }
    return keys.getFirst();
  }

  /** The embedding of each row; what is wrong is noted. */
  List<float[]> embeddings(int hidden, Problems problems) {
    List<float[]> embeddings = new ArrayList<>();
    rows.forEach(row -> embeddings.add(new float[hidden]));
    for (int i = 0; i < hidden; i++) {
      double[] column = numbers("e" + i, problems);
      for (int r = 0; r < column.length; r++) {
        embeddings.get(r)[i] = (float) column[r];
      }
    }
    return embeddings;
  }

  /** The cell of a column, empty where there is no such column. */
  String cell(Row row, String column) {
    int at = header.indexOf(column);
    return at < 0 ? "" : row.fields().get(at);
  }

  private static @Nullable Double finite(String cell) {
    try {
      double number = Double.parseDouble(cell.strip());
      return Math.abs(number) <= Double.MAX_VALUE ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
