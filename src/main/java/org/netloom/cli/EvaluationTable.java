package org.netloom.cli;

import java.util.ArrayList;
import java.util.List;
import org.netloom.architecture.Architecture;
import org.netloom.config.InputException;
import org.netloom.run.GhnEvaluation.Failed;
import org.netloom.run.GhnEvaluation.Measured;
import org.netloom.run.GhnEvaluation.Outcome;
import org.netloom.store.Csv;
import org.netloom.training.Measurement;

/** The CSV of {@code evaluate-ghn}: a line for each network, and the way back. */
final class EvaluationTable {
  static final List<String> HEADER =
      List.of(
          "network",
          "architecture",
          "id",
          "accuracy",
          "top5",
          "loss",
          "parameters",
          "protocol",
          "status",
          "reason");

  private static final String PREDICTED = "predicted, ";

  private EvaluationTable() {}

  /** The fields of a network; failed ones with their reason in one line. */
  static List<String> line(String name, Outcome outcome) {
    List<String> line = new ArrayList<>();
    line.add(name);
    line.add(outcome.architecture().canonical());
    line.add(outcome.architecture().id());
    switch (outcome) {
      case Measured(_, long parameters, Measurement m) -> {
        line.add(Csv.number(m.accuracy()));
        line.add(Csv.number(m.top5()));
        line.add(Csv.number(m.loss()));
        line.add(String.valueOf(parameters));
        line.addAll(List.of(PREDICTED + m.protocol(), "scored", ""));
      }
      case Failed(_, String reason) ->
          line.addAll(
              List.of("", "", "", "", "", "failed", reason.strip().replaceAll("\\s*\\R\\s*", " ")));
    }
    return line;
  }

  /**
   * What a line says.
   *
   * @param images that the network saw, which a line does not say
   * @param place of the line, for messages
   * @throws InputException if it is not one of that network
   */
  static Outcome outcome(String place, List<String> line, Architecture network, int images) {
    try {
      if (!line.get(2).equals(network.id())) {
        throw new InputException(
            "%s: is about another network (%s) than (%s)."
                .formatted(place, line.get(2), network.id()));
      }
      if (line.get(8).equals("failed")) {
        return new Failed(network, line.get(9));
      }
      String protocol = line.get(7).substring(PREDICTED.length());
      return new Measured(
          network,
          Long.parseLong(line.get(6)),
          new Measurement(
              number(line.get(3)), number(line.get(4)), number(line.get(5)), images, protocol));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new InputException(
          "%s: is no line of evaluate-ghn (%s).".formatted(place, String.join(",", line)), e);
    }
  }

  private static double number(String text) {
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }
}
