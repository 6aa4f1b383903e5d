package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netloom.architecture.Architecture;
import org.netloom.graph.GraphBuilder;
import org.netloom.network.NetworkMemory;
import org.netloom.training.Subjects;

class FinetuneCommandTest {
  private static final Architecture SMALL = Subjects.smallArchitecture();
  private static final String GHN =
      "src/test/resources/golden/checkpoint_zip_tiny_ghn2.pt"; // ten classes

  @TempDir private static Path images;
  private static String ten = "";
  private static String three = "";

  @TempDir private Path folder;
  private final CommandLineRun netloom = new CommandLineRun();

  @BeforeAll
  static void draw() throws IOException {
    ten = ImageFolders.create(images.resolve("ten"), 10);
    three = ImageFolders.create(images.resolve("three"), 3);
  }

  private int finetune(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("finetune", SMALL.canonical(), "--threads", "1", "--batch", "16"));
    arguments.addAll(List.of(more));
    return netloom.run(arguments.toArray(String[]::new));
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }

  private static void assertSame(Path actual, Path expected) throws IOException {
    Map<String, byte[]> there = files(expected);
    assertThat(files(actual).keySet()).isEqualTo(there.keySet());
    files(actual).forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(there.get(name)));
  }

  @Test
  void whatWasReportedIsWhatEvaluateMeasures() throws Exception {
    String out = folder.resolve("out").toString();
    assertThat(finetune("--data", ten, "--epochs", "2", "--out", out)).isZero();
    List<String> lines = netloom.out().lines().toList();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).startsWith("epoch 0/2: validation accuracy ");
    assertThat(lines.get(2)).startsWith("epoch 2/2: training loss ");
    assertThat(lines.get(3))
        .startsWith("test: accuracy ")
        .endsWith("20 images (trained from scratch 2 epochs, BN running statistics)");
    assertThat(lines.get(4)).matches("training step: \\d+\\.\\d MB of memory");
    assertThat(lines.get(5)).isEqualTo("written to " + out);
    assertThat(netloom.err())
        .contains(
            lines
                .get(4)
                .replace("training step: ", "A training step of 16 images takes ")
                .concat("."));
    assertThat(files(Path.of(out)).keySet())
        .containsExactly("architecture.yaml", "metrics.json", "model.onnx", "model.safetensors");

    JsonNode metrics = JsonMapper.builder().build().readTree(Path.of(out, "metrics.json").toFile());
    assertThat(metrics.get("curve")).hasSize(3);
    assertThat(metrics.get("memory").asLong())
        .isGreaterThan(NetworkMemory.forward(GraphBuilder.build(SMALL), 16));
    assertThat(metrics.get("run").get("seed").asText()).isEqualTo("42");
    int code =
        netloom.run(
            "evaluate",
            Path.of(out, "architecture.yaml").toString(),
            "--params",
            Path.of(out, "model.safetensors").toString(),
            "--data",
            ten,
            "--json");
    assertThat(code).isZero();
    JsonNode measured = JsonMapper.builder().build().readTree(netloom.out());
    assertThat(measured.get("accuracy")).isEqualTo(metrics.get("test_accuracy"));
    assertThat(measured.get("loss")).isEqualTo(metrics.get("test_loss"));
    assertThat(measured.get("id").asText()).isEqualTo(SMALL.id());
  }

  @Test
  void aFinishedRunPrintsItsResultAndChangesNoByte() throws Exception {
    Path out = folder.resolve("out");
    assertThat(finetune("--data", ten, "--epochs", "1", "--out", out.toString())).isZero();
    String first = netloom.out();
    Map<String, byte[]> before = files(out);
    assertThat(finetune("--data", ten, "--epochs", "1", "--out", out.toString())).isZero();
    assertThat(netloom.out()).isEqualTo(first);
    assertThat(files(out)).containsOnlyKeys(before.keySet());
    files(out).forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(before.get(name)));
  }

  @Test
  void anInterruptedRunGoesOnToTheFilesOfOneThatWasNot() throws Exception {
    Path whole = folder.resolve("whole");
    Path broken = folder.resolve("broken");
    assertThat(finetune("--data", ten, "--epochs", "15", "--out", whole.toString())).isZero();
    String expected = netloom.out();

    FutureTask<Integer> task =
        new FutureTask<>(
            () -> finetune("--data", ten, "--epochs", "15", "--out", broken.toString()));
    Thread worker = new Thread(task);
    worker.start();
    while (!Files.exists(broken.resolve("checkpoint.safetensors"))) {
      Thread.sleep(1);
    }
    worker.interrupt();
    assertThat(task.get()).isEqualTo(130);
    assertThat(netloom.err()).contains("Interrupted. Run the same command again");
    assertThat(files(broken).keySet()).containsExactly("checkpoint.safetensors");

    assertThat(finetune("--data", ten, "--epochs", "15", "--out", broken.toString())).isZero();
    assertThat(netloom.err()).contains("Going on after epoch ");
    assertThat(netloom.out()).isEqualTo(expected.replace("whole", "broken"));
    assertSame(broken, whole);
  }

  @Test
  void aFolderOfAnotherRunIsRefusedUnlessForced() throws Exception {
    String out = folder.toString();
    assertThat(finetune("--data", ten, "--epochs", "0", "--out", out)).isZero();
    Map<String, byte[]> before = files(folder);
    assertThat(finetune("--data", ten, "--epochs", "0", "--out", out, "--lr", "0.01")).isEqualTo(2);
    assertThat(netloom.err())
        .contains("holds another run: learning_rate is (0.025) there and (0.01) here.", "--force");
    assertThat(files(folder).get("metrics.json")).isEqualTo(before.get("metrics.json"));
    assertThat(finetune("--data", ten, "--epochs", "0", "--out", out, "--lr", "0.01", "--force"))
        .isZero();
    assertThat(files(folder).get("metrics.json")).isNotEqualTo(before.get("metrics.json"));
  }

  @Test
  void aFolderOfOtherThingsIsRefused() throws Exception {
    Files.writeString(folder.resolve("diary.txt"), "dear");
    assertThat(finetune("--data", ten, "--epochs", "0", "--out", folder.toString())).isEqualTo(2);
    assertThat(netloom.err()).contains("is not empty", "--force");
    assertThat(files(folder)).containsOnlyKeys("diary.txt");
  }

  @Test
  void predictedParametersAreAStart() throws Exception {
    assertThat(finetune("--data", ten, "--epochs", "1", "--ghn", GHN, "--json")).isZero();
    JsonNode metrics = JsonMapper.builder().build().readTree(netloom.out());
    assertThat(metrics.get("initial").asText()).isEqualTo("predicted by " + GHN);
    assertThat(metrics.get("protocol").asText())
        .isEqualTo("fine-tuned 1 epoch, BN running statistics");
    assertThat(netloom.out().lines()).hasSize(1);
  }

  @Test
  void aProtocolIsSpelledOutInTheMetrics() throws Exception {
    assertThat(finetune("--data", ten, "--protocol", "imagenet", "--epochs", "0", "--json"))
        .isZero();
    JsonNode metrics = JsonMapper.builder().build().readTree(netloom.out());
    assertThat(metrics.get("training_protocol").asText()).isEqualTo("imagenet");
    JsonNode run = metrics.get("run");
    assertThat(run.get("epochs").asText()).isEqualTo("0");
    assertThat(run.get("batch").asText()).isEqualTo("16");
    assertThat(run.get("learning_rate").asText()).isEqualTo("0.1");
    assertThat(run.get("schedule").asText()).isEqualTo("exponential");
    assertThat(run.get("rate_factor").asText()).isEqualTo("0.97");
    assertThat(run.get("smoothing").asText()).isEqualTo("0.1");
  }

  @Test
  void anInterruptedChoiceOfARateGoesOnToTheFilesOfOneThatWasNot() throws Exception {
    String six = ImageFolders.create(images.resolve("six"), 10, 6);
    Path whole = folder.resolve("whole");
    Path broken = folder.resolve("broken");
    String[] few = {
      "--data",
      six,
      "--protocol",
      "few-shot",
      "--shots",
      "5",
      "--epochs",
      "3",
      "--rates",
      "0.05,0.01,0.002",
      "--ghn",
      GHN,
      "--out"
    };
    assertThat(finetune(with(few, whole))).isZero();
    String expected = netloom.out();
    JsonNode metrics =
        JsonMapper.builder().build().readTree(whole.resolve("metrics.json").toFile());
    JsonNode tuning = metrics.get("rate_tuning");
    assertThat(tuning.get("tried")).hasSize(3);
    assertThat(metrics.get("run").get("learning_rate").asText())
        .isEqualTo(tuning.get("chosen").asText());

    FutureTask<Integer> task = new FutureTask<>(() -> finetune(with(few, broken)));
    Thread worker = new Thread(task);
    worker.start();
    while (!Files.exists(broken.resolve("rates/0.01.safetensors"))) {
      Thread.sleep(1);
    }
    worker.interrupt();
    assertThat(task.get()).isEqualTo(130);
    assertThat(finetune("--data", six, "--epochs", "1", "--out", broken.toString())).isEqualTo(2);
    assertThat(netloom.err()).contains("is not empty");
    assertThat(finetune(with(few, broken))).isZero();
    assertThat(netloom.out()).isEqualTo(expected.replace("whole", "broken"));
    assertSame(broken, whole);

    assertThat(finetune(with(few, broken))).isZero();
    assertThat(netloom.out()).isEqualTo(expected.replace("whole", "broken"));
    assertSame(broken, whole);
  }

  private static String[] with(String[] arguments, Path folder) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(folder.toString());
    return all.toArray(String[]::new);
  }

  @Test
  void aNewClassifierLetsAHypernetworkServeOtherClasses() throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("--data", three, "--epochs", "0", "--classes", "3", "--ghn", GHN, "--json"));
    arguments.add("--new-classifier");
    assertThat(finetune(arguments.toArray(String[]::new))).isZero();
    JsonNode metrics = JsonMapper.builder().build().readTree(netloom.out());
    assertThat(metrics.get("initial").asText())
        .isEqualTo("predicted by " + GHN + ", the classifier random, seed 42");
  }

  @Test
  void anotherNumberOfClassesIsRefusedWithAdvice() {
    assertThat(finetune("--data", three, "--epochs", "1")).isEqualTo(2);
    assertThat(netloom.err())
        .contains("The architecture has (10) classes", "has (3): class0, class1, class2")
        .contains("Maybe --classes 3");
    assertThat(finetune("--data", three, "--epochs", "1", "--classes", "3", "--ghn", GHN))
        .isEqualTo(2);
    assertThat(netloom.err())
        .contains("predicts networks of (10) classes", "has (3)", "--init random", "train-ghn");
    assertThat(finetune("--data", three, "--epochs", "1", "--classes", "3")).isZero();
  }

  @Test
  void lossThatStopsBeingANumberIsNoResult() {
    assertThat(finetune("--data", ten, "--epochs", "1", "--lr", "1e30", "--momentum", "0"))
        .isEqualTo(3);
    assertThat(netloom.err()).contains("Training diverged", "epoch 1", "Maybe a smaller --lr");
    assertThat(netloom.out().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--epochs -1 | epochs (-1) must be at least 0",
        "--epochs 1 --batch 0 | batch (0) must be at least 1",
        "--epochs 1 --lr 0 | learning rate (0.0) must be above 0",
        "--epochs 1 --momentum 1 | momentum (1.0) must be at least 0 and below 1",
        "--epochs 1 --weight-decay -1 | weight decay (-1.0)",
        "--epochs 1 --smoothing 1 | smoothing (1.0)",
        "--protocol cifar100 | Unknown protocol (cifar100)",
        "--epochs 1 --optimizer adam | --optimizer (adam): unknown. Allowed: sgd, adamw",
        "--epochs 1 --optimizer adamw --momentum 0.5 | --momentum (0.5) belongs to --optimizer sgd",
        "--epochs 1 --schedule step | Allowed: cosine, exponential, constant",
        "--epochs 1 --rate-factor 0.9 | belongs to --schedule exponential, not to cosine",
        "--epochs 1 --clip -1 | clip (-1.0)",
        "--epochs 1 --cutout -1 | cutout (-1)",
        "--epochs 1 --drop-path 1 | drop-path (1.0)",
        "--epochs 1 --auxiliary -1 | auxiliary weight (-1.0)",
        "--epochs 1 --shots 0 | --shots (0) must be at least 1",
        "--epochs 1 --shots 9 | has (4) training images, not (9)",
        "--epochs 1 --rates 0.1 | --rates needs --tune-learning-rate",
        "--epochs 1 --tune-learning-rate --lr 1 | --lr and --tune-learning-rate exclude each other",
        "--epochs 1 --tune-learning-rate | too few training images (40)",
        "--epochs 1 --ghn shapes10 --orthogonal --from-layer 99 | --from-layer (99): network",
        "--epochs 1 --augment all | --augment (all): unknown. Allowed: none, standard, imagenet",
        "--epochs 1 --init zero | --init (zero): unknown. Allowed: random",
        "--epochs 1 --init random --ghn x | --ghn",
        "--epochs 1 --ghn missing.safetensors | missing.safetensors: there is no such file",
        "--batch 2 | --epochs"
      })
  void mistakesAreNamed(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of("finetune", SMALL.canonical(), "--data", ten));
    all.addAll(List.of(arguments.split(" ")));
    assertThat(netloom.run(all.toArray(String[]::new))).isEqualTo(2);
    assertThat(netloom.err()).contains(message).doesNotContain("\tat ");
    assertThat(netloom.out()).isEmpty();
  }
}
