package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.config.InputException;
import org.netloom.evaluation.ConstrainedEvaluator;
import org.netloom.run.RunConfig;
import org.netloom.space.HoldOut;
import org.netloom.space.Sampler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netloom sample}: distinct architectures drawn from a space, within its constraints. */
@Command(
    name = "sample",
    description = "Draw distinct architectures from a search space, one per line.")
final class SampleCommand implements Callable<Integer> {
  private static final int MOST_REPETITIONS = 10_000;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CommonOptions common = new CommonOptions();

  @picocli.CommandLine.Parameters(
      index = "0",
      paramLabel = "SPACE.yaml",
      description = "Search space file.")
  private Path file = Path.of("");

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "1",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--held-out",
      description = "Only architectures that no hypernetwork may be trained on.")
  private boolean heldOut;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a key of the file, for example space.channels=16.")
  private List<String> overrides = List.of();

  @Override
  public Integer call() throws Exception {
    Options.atLeastOne("-n", count);
    RunConfig config = RunFile.read(file, overrides);
    Sampler sampler =
        new Sampler(config.space())
            .where(a -> !heldOut || HoldOut.contains(a))
            .where(a -> ConstrainedEvaluator.check(a, config.constraints()).isEmpty());
    Set<DeepNetsArchitecture> drawn = draw(sampler);
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (common.json) {
      JsonMapper json = JsonMapper.builder().build();
      List<Object> all = new ArrayList<>();
      for (DeepNetsArchitecture architecture : drawn) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("id", architecture.id());
        one.put("architecture", json.readTree(architecture.canonical()));
        all.add(one);
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", file.toString());
      document.put("seed", common.seed);
      document.put("held_out", heldOut);
      document.put("architectures", all);
      out.println(json.writeValueAsString(document));
    } else {
      drawn.forEach(architecture -> out.println(architecture.canonical()));
    }
    return 0;
  }

  private Set<DeepNetsArchitecture> draw(Sampler sampler) {
    SplittableRandom random = new SplittableRandom(common.seed);
    Set<DeepNetsArchitecture> drawn = new LinkedHashSet<>();
    int repetitions = 0;
    while (drawn.size() < count) {
      repetitions = drawn.add(sampler.sample(random)) ? 0 : repetitions + 1;
      if (repetitions >= MOST_REPETITIONS) {
        throw new InputException(
            "%s: (%d) distinct architectures were asked for, but only (%d) turned up."
                .formatted(file, count, drawn.size()));
      }
    }
    return drawn;
  }
}
