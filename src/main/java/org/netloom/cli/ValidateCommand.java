package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.run.RunConfig;
import org.netloom.search.SearchSettings;
import org.netloom.search.SearchStrategy;
import org.netloom.space.Constraint;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netloom validate}: all problems of a search file, or what a search of it would be. */
@Command(name = "validate", description = "Check a search file and describe its space.")
final class ValidateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @CommandLine.Parameters(
      index = "0",
      paramLabel = "SPACE.yaml",
      description = "Search space file.")
  private Path file = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a key of the file, for example search.evaluations=500.")
  private List<String> overrides = List.of();

  @Option(
      names = "--draws",
      defaultValue = "400",
      description = "Architectures drawn for the estimates (default: ${DEFAULT-VALUE}).")
  private int draws;

  @Override
  public Integer call() throws Exception {
    RunConfig config = RunFile.read(file, overrides);
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    if (commandLine.getParseResult().hasMatchedOption("--seed")) {
      config = config.withSeed(common.seed);
    }
    SpaceSurvey survey = SpaceSurvey.of(config.space(), config.constraints(), draws, common.seed);
    PrintWriter out = commandLine.getOut();
    if (common.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", file.toString());
      document.put("size", config.space().size());
      document.put("draws", survey.draws());
      document.put("within_constraints", survey.fraction());
      document.put("within_constraints_low", survey.low());
      document.put("within_constraints_high", survey.high());
      document.put("macs", survey.macs());
      document.put("parameters", survey.parameters());
      document.put("effective", new YAMLMapper().readTree(config.effective()));
      out.println(JsonMapper.builder().build().writeValueAsString(document));
      return 0;
    }
    out.printf(Locale.ROOT, "%s: no problems%n", file);
    out.printf(Locale.ROOT, "space        %,d architectures%n", config.space().size());
    out.printf(
        Locale.ROOT,
        "MACs         %s of %d drawn architectures%n",
        spread(survey.macs()),
        survey.draws());
    out.printf(Locale.ROOT, "parameters   %s%n", spread(survey.parameters()));
    out.printf(
        Locale.ROOT,
        "constraints  %s%n",
        config.constraints().isEmpty()
            ? "none"
            : String.format(
                Locale.ROOT,
                "%s: %.1f %% of the drawn satisfy them (95 %% interval %.1f to %.1f)",
                String.join(", ", config.constraints().stream().map(Constraint::describe).toList()),
                100 * survey.fraction(),
                100 * survey.low(),
                100 * survey.high()));
    out.printf(
        Locale.ROOT, "data         %s, %d classes%n", config.data(), config.space().classes());
    out.printf(Locale.ROOT, "search       %s%n", describe(config.search()));
    return 0;
  }

  private static String spread(SpaceSurvey.Spread spread) {
    return String.format(
        Locale.ROOT,
        "%,d to %,d, median %,d",
        spread.smallest(),
        spread.largest(),
        spread.median());
  }

  private static String describe(SearchSettings settings) {
    SearchSettings.Budget budget = settings.budget();
    return String.format(
        Locale.ROOT,
        "%s%s, %d evaluations on %d images, population %d, seed %d",
        SearchStrategy.of(settings).describe(settings),
        settings.baseline() ? " beside random search" : "",
        budget.evaluations(),
        settings.measurement().images(),
        budget.population(),
        settings.seed());
  }
}
