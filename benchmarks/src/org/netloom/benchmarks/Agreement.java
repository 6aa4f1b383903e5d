package org.netloom.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.netloom.ranking.RankCorrelation;

/**
 * Prints how well the columns {@code predicted}, {@code parameters} and {@code macs} of a file that
 * {@code benchmarks/agreement} wrote order its networks by {@code trained}.
 */
public final class Agreement {
  private Agreement() {}

  public static void main(String[] arguments) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(arguments[0]));
    double[] trained = column(lines, "trained");
    for (String name : List.of("predicted", "parameters", "macs")) {
      double[] score = column(lines, name);
      System.out.println(name + ": " + RankCorrelation.kendall(score, trained, 1).describe());
      System.out.println(name + ": " + RankCorrelation.spearman(score, trained, 1).describe());
    }
  }

  private static double[] column(List<String> lines, String name) {
    int index = List.of(lines.getFirst().split(",")).indexOf(name);
    return lines.stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",")[index]))
        .toArray();
  }
}
