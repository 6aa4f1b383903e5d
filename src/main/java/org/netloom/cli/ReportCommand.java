package org.netloom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.report.Findings;
import org.netloom.report.ReportData;
import org.netloom.report.ReportData.Correlation;
import org.netloom.report.ReportData.Measurement;
import org.netloom.report.ReportData.Ranked;
import org.netloom.report.ReportData.Summary;
import org.netloom.report.RunReport;
import org.netloom.store.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netloom report}: the page of a run, made from what the run's folder holds. */
@Command(name = "report", description = "Write the HTML report of a run again.")
final class ReportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a run.")
  private Path run = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File to write; RUN/report.html if not given.")
  private @Nullable Path out;

  @Override
  public Integer call() throws JsonProcessingException {
    try (RunDirectory directory = RunDirectory.open(run)) {
      ReportData data = RunReport.data(directory);
      Path file = out == null ? directory.report() : out;
      RunReport.write(data, file);
      PrintWriter writer = Objects.requireNonNull(spec).commandLine().getOut();
      if (common.json) {
        writer.println(JsonMapper.builder().build().writeValueAsString(numbers(data, file)));
      } else {
        writer.println(Findings.headline(data));
        writer.printf("report written to %s%n", file);
      }
    }
    return 0;
  }

  private static Map<String, @Nullable Object> numbers(ReportData data, Path file) {
    Summary summary = data.summary();
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("report", file.toString());
    all.put("title", data.title());
    all.put("evaluated", summary.evaluated());
    all.put("rejected", summary.rejected());
    all.put("failed", summary.failed());
    all.put("cached", summary.cached());
    all.put("ranked", data.ranking().size());
    all.put("best", data.ranking().isEmpty() ? null : best(data.ranking().getFirst()));
    OptionalDouble gain = Findings.gain(data);
    all.put("gain_of_prediction", gain.isPresent() ? gain.getAsDouble() : null);
    Correlation correlation = data.correlation();
    all.put("correlation", correlation == null ? null : correlation(correlation));
    return all;
  }

  private static Map<String, @Nullable Object> best(Ranked best) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("id", best.id());
    all.put("folder", best.folder());
    all.put("predicted_accuracy", accuracy(best.predicted()));
    all.put("fine_tuned_accuracy", accuracy(best.tunedFromPrediction()));
    all.put("random_init_accuracy", accuracy(best.tunedFromRandom()));
    all.put("test_accuracy", accuracy(best.test()));
    all.put("parameters", best.parameters());
    all.put("macs", best.macs());
    return all;
  }

  private static Map<String, Object> correlation(Correlation correlation) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("statistic", correlation.statistic());
    all.put("value", correlation.value());
    all.put("low", correlation.low());
    all.put("high", correlation.high());
    all.put("confidence", correlation.confidence());
    all.put("architectures", correlation.pairs().size());
    all.put("between", correlation.between());
    return all;
  }

  private static @Nullable Double accuracy(@Nullable Measurement measurement) {
    return measurement == null || Double.isNaN(measurement.accuracy())
        ? null
        : measurement.accuracy();
  }
}
