package org.netloom.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.EvaluationResult.Failed;
import org.netloom.evaluation.EvaluationResult.Rejected;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.exchange.AtomicFile;
import org.netloom.ranking.ReferenceBox;
import org.netloom.store.Attempts;
import org.netloom.store.Build;
import org.netloom.store.CandidateRecord;
import org.netloom.store.Measured;
import org.netloom.store.Phase;
import org.netloom.store.Provenance;
import org.netloom.store.Provenance.Artefact;
import org.netloom.store.Provenance.Device;
import org.netloom.store.Provenance.Machine;
import org.netloom.store.RankedRecord;
import org.netloom.store.RunDirectory;
import org.netloom.store.RunFacts;
import org.netloom.store.Source;
import org.netloom.store.TrainingRecord;
import org.netloom.store.TrainingRecord.Epoch;
import org.netloom.store.TrainingRecord.Start;

/** A made-up run directory of the usual size, as a finished search leaves it. */
public final class RunFixture {
  private static final int GENERATIONS = 12;
  private static final int SIZE = 24;
  private static final int TOP = 6;
  private static final String EFFECTIVE =
      """
      space: {family: deepnets1m, channels: [8, 12, 16], cells: [2, 3, 4]}
      constraints: {macs: {max: 20M}}
      search: {strategy: evolution, objectives: [accuracy, macs], budget: 288, seed: 42}
      fine_tuning: {top: 6, epochs: 5}
      """;

  private final SplittableRandom random = new SplittableRandom(7);
  private final RunDirectory run;

  private RunFixture(RunDirectory run) {
    this.run = run;
  }

  /** Makes the run; the caller closes it. */
  public static RunDirectory create(Path path) {
    RunDirectory run = RunDirectory.create(path, false, EFFECTIVE, EFFECTIVE);
    new RunFixture(run).fill();
    return run;
  }

  private void fill() {
    run.writeProvenance(provenance());
    run.database()
        .describe(
            new RunFacts(
                "quickstart on shapes10",
                "shapes10",
                10,
                "GHN-2 shapes10",
                "evolution (NSGA-II)",
                Attempts.PROTOCOL,
                2000,
                42,
                new ReferenceBox(0.1, 20_000_000)));
    search(Source.SEARCH, Attempts.architectures(GENERATIONS * SIZE, 1), 0.02);
    search(Source.BASELINE, Attempts.architectures(GENERATIONS * SIZE, 2), 0);
    run.database().finish(Phase.SEARCH, 61.25);
    run.database().finish(Phase.BASELINE, 40);
    tune();
    run.database().finish(Phase.FINE_TUNING, 50.5);
    run.database().finish(Phase.EXPORT, 2);
    run.writeTables();
  }

  private void search(Source source, List<DeepNetsArchitecture> architectures, double gain) {
    for (int generation = 0; generation < GENERATIONS; generation++) {
      List<CandidateRecord> attempts = new ArrayList<>();
      for (int i = 0; i < SIZE; i++) {
        int index = generation * SIZE + i;
        boolean cached = index % 13 == 12;
        int place = cached ? index - 12 : index;
        EvaluationResult result =
            cached
                ? (place < generation * SIZE
                        ? run.database().candidates(source).get(place)
                        : attempts.get(place - generation * SIZE))
                    .result()
                : result(index, generation * gain);
        attempts.add(
            new CandidateRecord(
                index, generation, architectures.get(place), result, cached, random.nextDouble()));
      }
      run.database().record(source, attempts);
    }
  }

  private EvaluationResult result(int index, double gain) {
    double size = random.nextDouble();
    long macs = (long) (8e5 * Math.pow(30, size));
    double accuracy = 0.18 + (0.3 + gain) * Math.sqrt(size) * random.nextDouble(0.5, 1);
    if (macs > 20_000_000) {
      return new Rejected("macs <= 20000000", Long.toString(macs), macs / 2e7 - 1, macs, macs / 40);
    }
    return index % 70 == 9
        ? new Failed("the logits of node 'head.linear' hold NaN")
        : new Scored(
            Math.round(2000 * accuracy) / 2000.0,
            2.3 - accuracy,
            macs,
            macs / 40,
            Attempts.PROTOCOL);
  }

  private void tune() {
    List<CandidateRecord> best =
        run.database().candidates(Source.SEARCH).stream()
            .filter(a -> !a.cached() && a.result() instanceof Scored)
            .sorted(Comparator.comparingDouble(a -> -((Scored) a.result()).accuracy()))
            .limit(TOP)
            .toList();
    List<RankedRecord> ranking = new ArrayList<>();
    for (CandidateRecord candidate : best) {
      Scored scored = (Scored) candidate.result();
      Architecture net = candidate.architecture();
      int rank = ranking.size() + 1;
      double tuned = 0.84 - 0.012 * rank;
      double fromRandom = 0.7 + random.nextDouble(-0.05, 0.05);
      train(net, Start.PREDICTED, scored.accuracy(), tuned, "fine-tuned 5 epochs");
      train(net, Start.RANDOM, 0.1, fromRandom, "trained 5 epochs from random weights");
      SequencedMap<String, Double> parts = new LinkedHashMap<>();
      parts.put("fine_tuned_accuracy", tuned);
      parts.put("predicted_accuracy", scored.accuracy());
      parts.put("random_init_accuracy", fromRandom);
      ranking.add(
          new RankedRecord(net, tuned, parts, scored.parameters(), scored.macs(), "scored", ""));
      AtomicFile.write(
          run.topFolder(rank, net).resolve("graph.svg"), picture(rank).getBytes(UTF_8));
    }
    run.database().rank(ranking);
  }

  private void train(Architecture net, Start start, double first, double last, String protocol) {
    List<Epoch> curve = new ArrayList<>();
    for (int epoch = 0; epoch <= 5; epoch++) {
      double rest = epoch == 5 ? 0 : Math.exp(-0.8 * epoch);
      curve.add(new Epoch(epoch, last - (last - first) * rest, 0.5 + 1.8 * rest));
    }
    Measured test = start == Start.PREDICTED ? new Measured(last - 0.01, 0.6, 2000) : null;
    run.database()
        .record(
            new TrainingRecord(
                net, start, 5, curve, new Measured(last, 0.5, 2000), test, protocol, 8.25));
  }

  private static String picture(int rank) {
    StringBuilder svg = new StringBuilder("<?xml version=\"1.0\"?>\n");
    int rows = 6 + 2 * rank;
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    svg.append(" viewBox=\"0 0 260 %d\"".formatted(44 * rows));
    svg.append(" width=\"260\" height=\"%d\">\n".formatted(44 * rows));
    for (int i = 0; i < rows; i++) {
      svg.append(
          "<rect x=\"60\" y=\"%d\" width=\"140\" height=\"28\" rx=\"6\" fill=\"#dfe6fb\"/>"
              .formatted(44 * i + 8));
      svg.append(
          "<text x=\"130\" y=\"%d\" text-anchor=\"middle\" font-size=\"12\">conv %d</text>\n"
              .formatted(44 * i + 26, i));
    }
    return svg.append("</svg>\n").toString();
  }

  private static Provenance provenance() {
    SequencedMap<String, Long> seeds = new LinkedHashMap<>();
    seeds.put("search", 42L);
    return new Provenance(
        new Build("0.1.0", "0123abc"),
        new Machine("OpenJDK 64-Bit Server VM 25.0.3", "Linux 6.1 amd64", 2, 4096),
        List.of(
            new Device("simd", true, "AVX2, 8 floats, 2 threads"),
            new Device("opencl", false, "no OpenCL device was found")),
        seeds,
        new Artefact("shapes10", "5f3a".repeat(16)),
        new Artefact("shapes10", "90ab".repeat(16)),
        List.of("search", "search-spaces/quickstart.yaml", "--out", "results/quickstart"),
        Instant.parse("2026-11-24T10:11:12Z"));
  }
}
