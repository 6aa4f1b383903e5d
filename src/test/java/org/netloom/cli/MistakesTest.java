package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.exchange.SafetensorsFile;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

/**
 * Every command, every argument of it, every mistake that people and broken files make: exit code
 * 2, a message, no stack trace, and nothing written.
 */
class MistakesTest {
  private static final Path GHN =
      Path.of("src", "test", "resources", "golden", "checkpoint_zip_tiny_ghn2.pt");

  @TempDir private static Path folder;

  private static final Map<String, List<Argument>> COMMANDS = new LinkedHashMap<>();

  /** The other form of {@code evaluate-ghn}. */
  private static final List<Argument> SPLIT = new ArrayList<>();

  /** What an argument means, and so what is wrong for it. */
  private enum Kind {
    ARCHITECTURE,
    SPACE,
    RUN,
    TABLE,
    MODEL,
    GHN,
    TENSORS,
    DATA,
    SET,
    FILE_TO_WRITE,
    FOLDER_TO_WRITE,
    WHOLE,
    NATURAL,
    NUMBER,
    SHAPE,
    CHOICE,
    OVERRIDE
  }

  /** An argument with a value that is right; {@code option} is empty for a parameter. */
  private record Argument(String option, Kind kind, String good) {
    List<String> with(String value) {
      return option.isEmpty() ? List.of(value) : List.of(option + "=" + value);
    }
  }

  @BeforeAll
  static void prepare() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    byte[] garbage = new byte[1000];
    random.nextBytes(garbage);
    Files.write(folder.resolve("garbage"), garbage);
    Files.write(folder.resolve("empty"), new byte[0]);
    Files.write(folder.resolve("cut"), Arrays.copyOf(Files.readAllBytes(GHN), 3000));
    Files.writeString(folder.resolve("broken.yaml"), "space: [1, 2\n");
    Files.writeString(folder.resolve("list.yaml"), "- 1\n- 2\n");
    Files.writeString(folder.resolve("unknown.yaml"), "spice: {channels: -3}\n");
    Files.createDirectory(folder.resolve("folder"));
    Files.writeString(folder.resolve("folder/file"), "something\n");
    String data = ImageFolders.create(folder.resolve("images"), 10);
    Path space = folder.resolve("space.yaml");
    Files.writeString(
        space,
        "data: %s\nsearch: {population: 2, evaluations: 2}\nfinetune: {epochs: 0}\n"
            .formatted(data));
    Map<String, Tensor> input = new LinkedHashMap<>();
    input.put("input", Tensor.zeros(Shape.of(2, 3, 32, 32)));
    Path x = folder.resolve("x.safetensors");
    new SafetensorsFile(new LinkedHashMap<>(input), new LinkedHashMap<>()).write(x);
    String net = new Sampler(SearchSpace.quickstart(10)).sample(random).canonical();
    Path params = folder.resolve("params.safetensors");
    assertThat(
            new CommandLineRun()
                .run("predict", net, "--ghn", GHN.toString(), "--out", params.toString()))
        .isZero();

    Argument architecture = new Argument("", Kind.ARCHITECTURE, net);
    Argument hypernetwork = new Argument("--ghn", Kind.GHN, GHN.toString());
    Argument tensors = new Argument("--params", Kind.TENSORS, params.toString());
    Argument images = new Argument("--data", Kind.DATA, data);
    Argument classes = new Argument("--classes", Kind.WHOLE, "10");
    Argument shape = new Argument("--input", Kind.SHAPE, "3x32x32");
    Argument batch = new Argument("--batch", Kind.WHOLE, "2");
    Argument limit = new Argument("--limit", Kind.WHOLE, "2");
    Argument file = new Argument("--out", Kind.FILE_TO_WRITE, folder.resolve("new").toString());
    Argument place = new Argument("--out", Kind.FOLDER_TO_WRITE, file.good());
    Argument run = new Argument("", Kind.RUN, folder.resolve("no-run").toString());
    Argument spaceFile = new Argument("", Kind.SPACE, space.toString());
    Argument set = new Argument("--set", Kind.OVERRIDE, "search.seed=7");
    Argument bn = new Argument("--bn", Kind.CHOICE, "batch");

    COMMANDS.put("doctor", List.of());
    COMMANDS.put("validate", List.of(spaceFile, set));
    COMMANDS.put("sample", List.of(spaceFile, new Argument("-n", Kind.WHOLE, "2"), set));
    COMMANDS.put("search", List.of(spaceFile, place, set));
    COMMANDS.put("resume", List.of(run));
    COMMANDS.put("train-ghn", List.of(spaceFile, place, set));
    COMMANDS.put(
        "evaluate-ghn",
        List.of(
            new Argument("", Kind.GHN, GHN.toString()),
            images,
            new Argument("--space", Kind.SPACE, space.toString()),
            new Argument("--nets", Kind.WHOLE, "2"),
            limit,
            new Argument("--csv", Kind.FILE_TO_WRITE, file.good())));
    SPLIT.addAll(
        List.of(
            new Argument("", Kind.GHN, GHN.toString()),
            images,
            new Argument("--split", Kind.SET, "train"),
            new Argument("--nets", Kind.WHOLE, "1"),
            limit,
            new Argument("--images", Kind.CHOICE, "test"),
            shape,
            new Argument("--noise", Kind.NUMBER, "0.08"),
            new Argument("--csv", Kind.FILE_TO_WRITE, file.good())));
    COMMANDS.put(
        "generate",
        List.of(
            new Argument("--split", Kind.CHOICE, "val"),
            new Argument("--count", Kind.WHOLE, "2"),
            file,
            new Argument("--statistics", Kind.WHOLE, "2")));
    COMMANDS.put("predict", List.of(architecture, hypernetwork, file, classes, shape));
    COMMANDS.put(
        "run",
        List.of(
            architecture,
            tensors,
            new Argument("--input", Kind.TENSORS, x.toString()),
            file,
            classes,
            batch,
            bn));
    COMMANDS.put(
        "evaluate",
        List.of(
            architecture,
            tensors,
            images,
            new Argument("--split", Kind.CHOICE, "test"),
            bn,
            batch,
            limit,
            classes,
            shape));
    COMMANDS.put(
        "finetune",
        List.of(
            architecture,
            images,
            hypernetwork,
            new Argument("--epochs", Kind.NATURAL, "0"),
            place,
            batch,
            new Argument("--protocol", Kind.CHOICE, "imagenet"),
            new Argument("--lr", Kind.NUMBER, "0.1"),
            new Argument("--optimizer", Kind.CHOICE, "sgd"),
            new Argument("--schedule", Kind.CHOICE, "exponential"),
            new Argument("--rate-factor", Kind.NUMBER, "0.9"),
            new Argument("--momentum", Kind.NUMBER, "0.9"),
            new Argument("--weight-decay", Kind.NUMBER, "0.1"),
            new Argument("--clip", Kind.NUMBER, "0.1"),
            new Argument("--smoothing", Kind.NUMBER, "0.1"),
            new Argument("--augment", Kind.CHOICE, "none"),
            new Argument("--cutout", Kind.NATURAL, "0"),
            new Argument("--drop-path", Kind.NUMBER, "0"),
            new Argument("--auxiliary", Kind.NUMBER, "0"),
            new Argument("--shots", Kind.WHOLE, "1"),
            new Argument("--noise", Kind.NUMBER, "0"),
            new Argument("--from-layer", Kind.WHOLE, "1"),
            new Argument("--above", Kind.NATURAL, "0"),
            classes,
            shape));
    String table = folder.resolve("table.csv").toString();
    StringBuilder rows = new StringBuilder("network,time\n");
    for (int i = 0; i < 10; i++) {
      rows.append("split:val/%d,%d\n".formatted(i, i));
    }
    Files.writeString(Path.of(table), rows);
    String model = folder.resolve("model.json").toString();
    assertThat(
            new CommandLineRun()
                .run("fit-properties", table, "--ghn=" + GHN, "--target=time", "--out=" + model))
        .isZero();
    Argument csv = new Argument("--csv", Kind.FILE_TO_WRITE, file.good());
    Argument nets = new Argument("--nets", Kind.WHOLE, "1");
    COMMANDS.put(
        "embed",
        List.of(new Argument("", Kind.SET, "val"), hypernetwork, csv, nets, classes, shape));
    COMMANDS.put(
        "fit-properties",
        List.of(
            new Argument("", Kind.TABLE, table),
            new Argument("--test", Kind.TABLE, table),
            hypernetwork,
            new Argument("--target", Kind.CHOICE, "time"),
            file,
            csv,
            classes,
            shape));
    COMMANDS.put(
        "predict-properties",
        List.of(
            new Argument("", Kind.MODEL, model),
            new Argument("", Kind.SET, "val"),
            hypernetwork,
            new Argument("--by", Kind.CHOICE, "time"),
            new Argument("--top", Kind.WHOLE, "2"),
            nets,
            csv));
    COMMANDS.put("report", List.of(run, file));
    COMMANDS.put("graph", List.of(architecture, classes, shape));
    COMMANDS.put(
        "export",
        List.of(
            architecture,
            tensors,
            new Argument("--format", Kind.CHOICE, "onnx,dot"),
            place,
            images,
            classes,
            shape));
  }

  @Test
  void everyCommandIsTried() {
    assertThat(COMMANDS.keySet()).containsAll(commands());
  }

  @TestFactory
  Stream<DynamicContainer> everyMistakeIsTold() {
    return commands().stream()
        .map(
            command ->
                DynamicContainer.dynamicContainer(
                    command, mistakes(command, COMMANDS.getOrDefault(command, List.of()))));
  }

  @TestFactory
  List<DynamicTest> everyMistakeOfAnEvaluationOnASplitIsTold() {
    return mistakes("evaluate-ghn", SPLIT);
  }

  private static TreeSet<String> commands() {
    TreeSet<String> commands = new TreeSet<>(Main.commandLine().getSubcommands().keySet());
    commands.remove("generate-completion");
    return commands;
  }

  private static List<DynamicTest> mistakes(String command, List<Argument> arguments) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Argument wrong : arguments) {
      for (String value : wrongValues(wrong.kind())) {
        List<String> line = new ArrayList<>(List.of(command));
        arguments.forEach(a -> line.addAll(a.with(a.equals(wrong) ? value : a.good())));
        tests.add(mistake(wrong.option() + " " + name(value), line));
      }
    }
    List<String> right = new ArrayList<>(List.of(command));
    arguments.forEach(argument -> right.addAll(argument.with(argument.good())));
    for (String common :
        List.of(
            "--threads=-1",
            "--threads=many",
            "--seed=x",
            "--backend=gpu",
            "--memory=2",
            "--nonsense",
            "extra")) {
      List<String> line = new ArrayList<>(right);
      line.add(common);
      tests.add(mistake(common, line));
    }
    for (Argument missing : arguments) {
      List<String> line = new ArrayList<>(List.of(command));
      arguments.stream()
          .filter(argument -> !argument.equals(missing))
          .forEach(argument -> line.addAll(argument.with(argument.good())));
      if (missing.option().isEmpty()) {
        tests.add(mistake("without its parameter", line));
      }
    }
    return tests;
  }

  /** The line ends as a mistake should; whatever a failed test before it wrote is put away. */
  private static DynamicTest mistake(String what, List<String> line) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Path written = folder.resolve("new");
          if (Files.exists(written)) {
            Files.move(written, Files.createTempDirectory(folder, "old").resolve("new"));
          }
          CommandLineRun netloom = new CommandLineRun();
          int code = netloom.run(line.toArray(String[]::new));
          assertThat(code).as("%s%n%s", line, netloom.err()).isEqualTo(2);
          assertThat(netloom.err()).as("%s", line).isNotBlank();
          assertThat(netloom.err()).as("%s", line).doesNotContain("\tat ", "Exception");
          assertThat(netloom.out()).as("%s", line).isEmpty();
          assertThat(written).doesNotExist();
        });
  }

  private static List<String> wrongValues(Kind kind) {
    List<String> files =
        Stream.of("missing", "folder", "empty", "garbage", "cut", "garbage/below")
            .map(name -> folder.resolve(name).toString())
            .toList();
    List<String> yaml =
        Stream.of("broken.yaml", "list.yaml", "unknown.yaml")
            .map(name -> folder.resolve(name).toString())
            .toList();
    return switch (kind) {
      case ARCHITECTURE ->
          with(
              with(with(files, yaml), splits(files)),
              List.of("", "no_such_net", "{", "{}", "{\"kind\": 3}", "\0"));
      case SPACE -> with(with(files, yaml), List.of("", "\0"));
      case RUN, GHN, MODEL, TENSORS -> with(files, List.of("", "\0"));
      case SET, TABLE -> with(files, List.of("", "nonsense", "\0"));
      case DATA ->
          List.of(
              "",
              "nonsense",
              "shapes10:x",
              "cifar10:",
              "cifar10:" + files.get(0),
              "cifar10:" + files.get(3),
              "idx:" + files.get(1),
              "folder:" + files.get(1),
              "folder:\0");
      case FILE_TO_WRITE -> List.of(files.get(1), files.get(5), "", "\0");
      case FOLDER_TO_WRITE -> List.of(files.get(1), files.get(2), files.get(5), "\0");
      case WHOLE -> List.of("", "x", "0", "-1", "1.5", "99999999999999999999");
      case NATURAL -> List.of("", "x", "-1", "1.5", "99999999999999999999");
      case NUMBER -> List.of("", "x", "-1", "NaN", "Infinity", "1e99");
      case SHAPE -> List.of("", "x", "3x32", "0x0x0", "3x-1x4", "3x999999x999999", "1x2x3x4");
      case CHOICE -> List.of("", "nonsense");
      case OVERRIDE -> List.of("", "x", "=3", "serch.seed=3", "search.seed=x", "search=3");
    };
  }

  private static List<String> splits(List<String> files) {
    List<String> all = new ArrayList<>(List.of("split:", "split:val", "split:/0", "split:val/"));
    all.addAll(List.of("split:val/-1", "split:val/500", "split:nonsense/0", "split:\0/0"));
    files.forEach(file -> all.add("split:" + file + "/0"));
    return all;
  }

  private static List<String> with(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /** A value for the name of a test. */
  private static String name(String value) {
    String shown = value.replace(folder + "/", "").replace('\0', '0');
    return shown.isEmpty() ? "(empty)" : shown;
  }
}
