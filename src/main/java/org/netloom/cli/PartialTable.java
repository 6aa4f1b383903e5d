package org.netloom.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.netloom.architecture.Architecture;
import org.netloom.config.FileProblem;
import org.netloom.config.InputException;
import org.netloom.exchange.AtomicFile;
import org.netloom.run.GhnEvaluation.Outcome;
import org.netloom.store.Csv;

/**
 * The table of an evaluation that is not finished: {@code FILE.part} beside the file it is to
 * become. A line is added as each network is done, in whatever order they are; a column more than
 * in the finished file says which evaluation the line belongs to. The same evaluation goes on from
 * it, whatever ended it: a line that was cut off is dropped.
 */
final class PartialTable implements AutoCloseable {
  private static final String COLUMN = "evaluation";

  private final Path file;
  private final Path target;
  private final String identity;
  private final List<String> names;
  private final Map<Integer, Outcome> known;
  private final OutputStream out;
  private int lines;

  /** What one evaluation measures. */
  record Subject(
      String identity, List<String> names, List<? extends Architecture> networks, int images) {}

  private PartialTable(
      Path file, Path target, Subject subject, Map<Integer, Outcome> known, OutputStream out) {
    this.file = file;
    this.target = target;
    this.identity = subject.identity;
    this.names = subject.names;
    this.known = known;
    this.out = out;
    this.lines = known.size();
  }

  /**
   * Opens the table that is to become {@code target}, with what it holds already.
   *
   * @throws InputException if it belongs to another evaluation or cannot be written
   */
  static PartialTable open(Path target, Subject subject) {
    if (Files.isDirectory(target)) {
      throw new InputException("%s: cannot be written: it is a folder.".formatted(target));
    }
    Path file = target.resolveSibling(target.getFileName() + ".part");
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      Map<Integer, Outcome> known = read(file, whole, subject);
      String start =
          whole.isEmpty() ? Csv.write(List.of(with(EvaluationTable.HEADER, COLUMN))) : "";
      AtomicFile.write(file, (whole + start).getBytes(StandardCharsets.UTF_8));
      OutputStream out = new FileOutputStream(file.toFile(), true);
      return new PartialTable(file, target, subject, known, out);
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    }
  }

  private static Map<Integer, Outcome> read(Path file, String text, Subject subject) {
    Map<Integer, Outcome> known = new TreeMap<>();
    List<List<String>> lines = Csv.read(file.toString(), text);
    if (!lines.isEmpty() && !lines.getFirst().equals(with(EvaluationTable.HEADER, COLUMN))) {
      throw another(file, 1);
    }
    Map<String, Integer> indices = new HashMap<>();
    subject.names.forEach(name -> indices.put(name, indices.size()));
    for (int i = 1; i < lines.size(); i++) {
      List<String> line = lines.get(i);
      if (!line.getLast().equals(subject.identity)) {
        throw another(file, i + 1);
      }
      Integer index = indices.get(line.getFirst());
      if (index != null) { // fewer networks may be asked for now
        String place = "%s:%d".formatted(file, i + 1);
        known.put(
            index,
            EvaluationTable.outcome(place, line, subject.networks.get(index), subject.images));
      }
    }
    return known;
  }

  private static InputException another(Path file, int line) {
    return new InputException(
        ("%s:%d: belongs to an evaluation with another hypernetwork, data set or options.%n"
                + "  Maybe another --csv, or delete the file to start anew?")
            .formatted(file, line));
  }

  private static List<String> with(List<String> line, String more) {
    List<String> longer = new ArrayList<>(line);
    longer.add(more);
    return longer;
  }

  /** What was measured before, by index. */
  Map<Integer, Outcome> known() {
    return known;
  }

  /** The file that is being written. */
  Path file() {
    return file;
  }

  /** Networks in the file. */
  int lines() {
    return lines;
  }

  /** Adds a line; it is in the file when this returns. */
  void add(int index, Outcome outcome) {
    String line =
        Csv.write(List.of(with(EvaluationTable.line(names.get(index), outcome), identity)));
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.flush();
      lines++;
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    }
  }

  /** Writes the finished file, networks in their order, and removes the unfinished one. */
  void finish(List<Outcome> outcomes) throws IOException {
    List<List<String>> all = new ArrayList<>();
    all.add(EvaluationTable.HEADER);
    for (int i = 0; i < outcomes.size(); i++) {
      all.add(EvaluationTable.line(names.get(i), outcomes.get(i)));
    }
    AtomicFile.write(target, Csv.write(all).getBytes(StandardCharsets.UTF_8));
    out.close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    }
  }
}
