package org.netloom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.config.InputException;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.EvaluationResult.Scored;
import org.netloom.ranking.ReferenceBox;
import org.netloom.store.TrainingRecord.Epoch;
import org.netloom.store.TrainingRecord.Start;

class RunDatabaseTest {
  private static final int SIZE = 12;

  @TempDir private Path folder;
  private Path file;
  private RunDatabase database;

  @BeforeEach
  void create() {
    file = folder.resolve("run.db");
    database = RunDatabase.create(file);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void reopen() {
    database.close();
    database = RunDatabase.open(file);
  }

  @Test
  void theLastConditionsCount() {
    assertThat(database.conditions()).isEmpty();
    database.keep(new RunConditions("cpu", 0));
    database.keep(new RunConditions("scalar", 14L << 20));
    reopen();
    assertThat(database.conditions()).contains(new RunConditions("scalar", 14L << 20));
  }

  @Test
  void attemptsOfEveryOutcomeComeBackAsTheyWere() {
    List<CandidateRecord> first = Attempts.generation(0, SIZE, 1);
    List<CandidateRecord> second = Attempts.generation(1, SIZE, 2);
    List<CandidateRecord> random = Attempts.generation(0, 5, 3);
    database.record(Source.SEARCH, first);
    database.record(Source.BASELINE, random);
    database.record(Source.SEARCH, second);
    reopen();
    assertThat(database.candidates(Source.SEARCH))
        .isEqualTo(Stream.concat(first.stream(), second.stream()).toList());
    assertThat(database.candidates(Source.BASELINE)).isEqualTo(random);
    assertThat(database.attempts(Source.SEARCH)).isEqualTo(2 * SIZE);
    assertThat(first).extracting(c -> c.result().status()).contains("scored", "rejected", "failed");
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0.1, 1.0 / 3, 0, -0.0, 1, Double.MIN_VALUE, Double.MAX_VALUE, 3, 1e300, -2.5e-7})
  void numbersComeBackToTheLastBit(double loss) {
    DeepNetsArchitecture architecture = Attempts.architectures(1, 1).getFirst();
    Scored scored = new Scored(1.0 / 3, loss, Long.MAX_VALUE, 1, "p");
    database.record(
        Source.SEARCH, List.of(new CandidateRecord(0, 0, architecture, scored, false, loss)));
    assertThat(database.candidates(Source.SEARCH).getFirst().result()).isEqualTo(scored);
    assertThat(database.known(architecture.id())).contains(scored);
  }

  @Test
  void infinityComesBack() {
    DeepNetsArchitecture architecture = Attempts.architectures(1, 1).getFirst();
    Scored scored = new Scored(0.1, Double.POSITIVE_INFINITY, 1, 1, "p");
    database.record(
        Source.SEARCH, List.of(new CandidateRecord(0, 0, architecture, scored, false, 1)));
    assertThat(database.known(architecture.id())).contains(scored);
  }

  @Test
  void presetsAreKeptToo() {
    PresetArchitecture preset = new PresetArchitecture("vit", 7, InputShape.CIFAR);
    CandidateRecord attempt =
        new CandidateRecord(0, 0, preset, new EvaluationResult.Failed("too large"), false, 0);
    database.record(Source.SEARCH, List.of(attempt));
    reopen();
    assertThat(database.candidates(Source.SEARCH)).containsExactly(attempt);
  }

  @Test
  void whatEitherSearchMeasuredIsKnown() {
    List<CandidateRecord> random = Attempts.generation(0, SIZE, 3);
    database.record(Source.BASELINE, random);
    for (CandidateRecord attempt : random) {
      assertThat(database.known(attempt.architecture().id())).contains(attempt.result());
    }
    assertThat(database.known("0".repeat(64))).isEmpty();
  }

  @Test
  void aReplayThatSaysTheSameChangesNothing() {
    database.record(Source.SEARCH, Attempts.generation(0, SIZE, 1));
    List<CandidateRecord> kept = database.candidates(Source.SEARCH);
    database.record(Source.SEARCH, Attempts.generation(0, SIZE, 99));
    assertThat(database.candidates(Source.SEARCH)).isEqualTo(kept);
  }

  @Test
  void aReplayThatSaysSomethingElseIsADefect() {
    database.record(Source.SEARCH, Attempts.generation(0, SIZE, 1));
    List<CandidateRecord> other = new ArrayList<>(Attempts.generation(0, SIZE, 1));
    CandidateRecord changed = other.get(4);
    other.set(
        4,
        new CandidateRecord(
            4, 0, changed.architecture(), new Scored(0.5, 1, 1, 1, "p"), changed.cached(), 0));
    assertThatThrownBy(() -> database.record(Source.SEARCH, other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another result than it recorded");
    assertThatThrownBy(() -> database.record(Source.SEARCH, Attempts.generation(0, SIZE + 1, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("recorded: nothing");
  }

  @Test
  void noAttemptMayBeLeftOut() {
    assertThatThrownBy(() -> database.record(Source.SEARCH, Attempts.generation(1, SIZE, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("index (%d) where 0 is next", SIZE);
    assertThat(database.candidates(Source.SEARCH)).isEmpty();
  }

  @Test
  void aGenerationThatBreaksOffLeavesNothingBehind() {
    database.record(Source.SEARCH, Attempts.generation(0, SIZE, 1));
    assertThatThrownBy(() -> database.record(Source.SEARCH, interrupted(() -> fail("broken off"))))
        .hasMessage("broken off");
    assertThat(database.attempts(Source.SEARCH)).isEqualTo(SIZE);
    database.record(Source.SEARCH, Attempts.generation(1, SIZE, 1));
    assertThat(database.attempts(Source.SEARCH)).isEqualTo(2 * SIZE);
  }

  @Test
  void filesCopiedInTheMiddleOfAGenerationHoldWholeGenerations() throws IOException {
    database.record(Source.SEARCH, Attempts.generation(0, SIZE, 1));
    Path copy = Files.createDirectory(folder.resolve("copy"));
    database.record(Source.SEARCH, interrupted(() -> copyDatabase(copy)));
    assertThat(database.attempts(Source.SEARCH)).isEqualTo(2 * SIZE);
    try (RunDatabase old = RunDatabase.open(copy.resolve("run.db"))) {
      assertThat(old.candidates(Source.SEARCH)).isEqualTo(Attempts.generation(0, SIZE, 1));
      old.record(Source.SEARCH, Attempts.generation(1, SIZE, 1));
      assertThat(old.attempts(Source.SEARCH)).isEqualTo(2 * SIZE);
    }
  }

  @Test
  void aKilledProcessLeavesWholeGenerations() throws Exception {
    database.close();
    Path killed = folder.resolve("killed.db");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                killed.toString())
            .redirectErrorStream(true)
            .start();
    try (var output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("writing");
      Thread.sleep(300);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    try (RunDatabase left = RunDatabase.open(killed)) {
      List<CandidateRecord> attempts = left.candidates(Source.SEARCH);
      assertThat(attempts).isNotEmpty();
      assertThat(attempts.size() % SIZE).isZero();
      int generations = attempts.size() / SIZE;
      left.record(Source.SEARCH, Attempts.generation(generations, SIZE, 1));
      assertThat(left.attempts(Source.SEARCH)).isEqualTo((generations + 1) * SIZE);
    }
    database = RunDatabase.open(file);
  }

  /** The process that is killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      RunDatabase database = RunDatabase.create(Path.of(arguments[0]));
      for (int i = 0; ; i++) {
        database.record(Source.SEARCH, Attempts.generation(i, SIZE, i));
        if (i == 0) {
          System.out.println("writing");
        }
      }
    }
  }

  @Test
  void trainingsComeBackInOrderWithCurvesAndMissingTests() {
    List<DeepNetsArchitecture> nets = Attempts.architectures(2, 5);
    TrainingRecord random =
        new TrainingRecord(
            nets.get(1),
            Start.RANDOM,
            5,
            List.of(new Epoch(0, 0.1, 2.31), new Epoch(1, Double.NaN, Double.NaN)),
            new Measured(Double.NaN, Double.NaN, 2000),
            null,
            "5 epochs from random",
            4.5);
    TrainingRecord predicted =
        new TrainingRecord(
            nets.get(0),
            Start.PREDICTED,
            5,
            List.of(new Epoch(0, 0.4, 1.7), new Epoch(5, 1.0 / 3, 0.9)),
            new Measured(1.0 / 3, 0.9, 2000),
            new Measured(0.5, 1, 1000),
            "fine-tuned 5 epochs",
            4);
    database.record(random);
    database.record(predicted);
    reopen();
    assertThat(database.trainings()).containsExactly(random, predicted);
    assertThat(database.training(nets.get(0).id(), Start.PREDICTED, 5)).contains(predicted);
    assertThat(database.training(nets.get(0).id(), Start.PREDICTED, 2)).isEmpty();
    assertThat(database.training(nets.get(0).id(), Start.RANDOM, 5)).isEmpty();
    database.record(predicted);
    assertThat(database.trainings()).hasSize(2);
    TrainingRecord other =
        new TrainingRecord(
            nets.get(0), Start.PREDICTED, 5, List.of(), predicted.validation(), null, "p", 4);
    assertThatThrownBy(() -> database.record(other)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theRankingIsReplacedAsAWhole() {
    List<RankedRecord> first = ranking(4);
    List<RankedRecord> second = ranking(2);
    database.rank(first);
    assertThat(database.ranking()).isEqualTo(first);
    database.rank(second);
    reopen();
    assertThat(database.ranking()).isEqualTo(second);
    assertThat(database.ranking().getFirst().parts().sequencedKeySet())
        .containsExactly("test_accuracy", "fine_tuned_accuracy");
  }

  @Test
  void phasesFactsAndMetadataComeBack() {
    ReferenceBox box = new ReferenceBox(0.1, 6_000_000);
    RunFacts facts = new RunFacts("a \"b\"", "shapes10", 10, "GHN-2", "random", "p", 2000, -7, box);
    assertThat(database.facts()).isEmpty();
    database.finish(Phase.FINE_TUNING, 2.5);
    database.finish(Phase.SEARCH, 1.5);
    database.finish(Phase.SEARCH, 9);
    database.put("key", "old");
    database.put("key", "new, ü");
    database.describe(facts);
    reopen();
    assertThat(database.finished().sequencedKeySet())
        .containsExactly(Phase.SEARCH, Phase.FINE_TUNING);
    assertThat(database.finished()).containsEntry(Phase.SEARCH, 1.5);
    assertThat(database.isFinished(Phase.EXPORT)).isFalse();
    assertThat(database.get("key")).contains("new, ü");
    assertThat(database.get("other")).isEmpty();
    assertThat(database.facts()).contains(facts);
  }

  @Test
  void readingChangesNoByte() throws IOException {
    database.record(Source.SEARCH, Attempts.generation(0, SIZE, 1));
    database.close();
    byte[] before = Files.readAllBytes(file);
    database = RunDatabase.open(file);
    database.candidates(Source.SEARCH);
    database.finished();
    database.close();
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(folder).isDirectoryContaining(f -> f.equals(file));
    assertThat(folder).isDirectoryNotContaining("glob:**run.db-*");
    database = RunDatabase.open(file);
  }

  @Test
  void filesOfAnotherKindAreRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("text.db"), "not a database ".repeat(50));
    Path foreign = folder.resolve("foreign.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + foreign);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (x)");
    }
    assertThatThrownBy(() -> RunDatabase.open(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("text.db");
    assertThatThrownBy(() -> RunDatabase.open(foreign))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not the database of a Netloom run");
    assertThatThrownBy(() -> RunDatabase.open(folder.resolve("none.db")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none.db");
  }

  @Test
  void anotherSchemaIsNamed() throws SQLException {
    database.close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE schema_version SET version = 99");
    }
    assertThatThrownBy(() -> RunDatabase.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("schema (99)");
    database = RunDatabase.create(folder.resolve("next.db"));
  }

  private static List<RankedRecord> ranking(int size) {
    List<RankedRecord> ranking = new ArrayList<>();
    for (DeepNetsArchitecture architecture : Attempts.architectures(size, size)) {
      SequencedMap<String, Double> parts = new LinkedHashMap<>();
      parts.put("test_accuracy", ranking.isEmpty() ? 0.75 : Double.NaN);
      parts.put("fine_tuned_accuracy", 0.5 / (1 + ranking.size()));
      ranking.add(new RankedRecord(architecture, 0.1 * size, parts, 12, 34, "scored", ""));
    }
    return ranking;
  }

  /** The second generation; something happens after its eighth attempt was inserted. */
  private static List<CandidateRecord> interrupted(Runnable event) {
    List<CandidateRecord> attempts = Attempts.generation(1, SIZE, 1);
    return new AbstractList<>() {
      @Override
      public CandidateRecord get(int index) {
        if (index == 8) {
          event.run();
        }
        return attempts.get(index);
      }

      @Override
      public int size() {
        return attempts.size();
      }
    };
  }

  private static void fail(String message) {
    throw new UnsupportedOperationException(message);
  }

  private void copyDatabase(Path to) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        Files.copy(each, to.resolve(each.getFileName()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
