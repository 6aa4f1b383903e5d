package org.netloom.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.netloom.config.InputException;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.store.TrainingRecord.Start;

/**
 * {@code run.db}: everything that a run found out, in SQLite (write-ahead log, foreign keys, one
 * writer). A generation is one transaction, so that a process killed at any moment leaves whole
 * generations. Numbers come back exactly as they were given.
 *
 * <p>Recording something again is allowed if it says the same but for its time: a resumed run
 * replays what is known. If it says something else the run is not reproducible, which is a defect
 * and an {@link IllegalStateException}. May be used from several threads.
 */
public final class RunDatabase implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FACTS = "facts";
  private static final String CONDITIONS = "conditions";

  private final Sql sql;
  private final ArchitectureRows architectures;

  private RunDatabase(Sql sql) {
    this.sql = sql;
    this.architectures = new ArchitectureRows(sql);
  }

  /** A new file. */
  static RunDatabase create(Path file) {
    return connect(file, Schema::create);
  }

  /** An existing file; {@link InputException} if it is not the database of a run. */
  static RunDatabase open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException("%s: there is no such file.".formatted(file));
    }
    return connect(file, sql -> Schema.check(sql, file));
  }

  private static RunDatabase connect(Path file, Consumer<Sql> prepare) {
    Sql sql = new Sql(file, connection(file));
    boolean good = false;
    try {
      prepare.accept(sql);
      good = true;
      return new RunDatabase(sql);
    } finally {
      if (!good) {
        sql.close();
      }
    }
  }

  private static Connection connection(Path file) {
    try {
      return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
    } catch (SQLException e) {
      throw new InputException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Keeps what is run; the last one counts. */
  public void describe(RunFacts facts) {
    putRecord(FACTS, facts);
  }

  /** What is run; empty if that was not said. */
  public Optional<RunFacts> facts() {
    return record(FACTS, RunFacts.class);
  }

  /** Keeps the conditions that the run goes on under; the last ones count. */
  public void keep(RunConditions conditions) {
    putRecord(CONDITIONS, conditions);
  }

  /** The conditions that the run went on under last; empty if it has none yet. */
  public Optional<RunConditions> conditions() {
    return record(CONDITIONS, RunConditions.class);
  }

  private void putRecord(String key, Record all) {
    try {
      put(key, JSON.writeValueAsString(all));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of texts and numbers must be JSON.", e);
    }
  }

  private <R extends Record> Optional<R> record(String key, Class<R> kind) {
    return get(key)
        .map(
            text -> {
              try {
                return JSON.readValue(text, kind);
              } catch (JsonProcessingException e) {
                throw new InputException("metadata: %s (%s) are not JSON.".formatted(key, text), e);
              }
            });
  }

  /**
   * Records the attempts of one generation, all or none.
   *
   * @param attempts in order; the first one's index follows the last one recorded, or all are
   *     recorded already
   */
  public synchronized void record(Source source, List<CandidateRecord> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    int next = attempts(source);
    if (attempts.getFirst().index() < next) {
      replay(source, attempts);
      return;
    }
    sql.transaction(
        () -> {
          int expected = next;
          for (CandidateRecord attempt : attempts) {
            if (attempt.index() != expected) {
              throw new IllegalStateException(
                  "An attempt has index (%d) where %d is next: none may be left out."
                      .formatted(attempt.index(), expected));
            }
            architectures.keep(attempt.architecture());
            AttemptRows.insert(sql, source, attempt);
            expected++;
          }
        });
  }

  private void replay(Source source, List<CandidateRecord> attempts) {
    List<CandidateRecord> kept =
        AttemptRows.select(
            sql, architectures, source, attempts.getFirst().index(), attempts.size());
    for (int i = 0; i < attempts.size(); i++) {
      if (i >= kept.size() || !kept.get(i).agreesWith(attempts.get(i))) {
        throw diverged(i >= kept.size() ? "nothing" : kept.get(i), attempts.get(i));
      }
    }
  }

  /** Number of attempts recorded. */
  public synchronized int attempts(Source source) {
    return sql.query(
            "SELECT count(*) FROM attempts WHERE source = ?",
            row -> row.getInt(1),
            Names.of(source))
        .getFirst();
  }

  /** All attempts in order. */
  public synchronized List<CandidateRecord> candidates(Source source) {
    return AttemptRows.select(sql, architectures, source, 0, Integer.MAX_VALUE);
  }

  /**
   * The result of an architecture if the search or the baseline attempted it: what a resumed run
   * need not measure again.
   */
  public synchronized Optional<EvaluationResult> known(String id) {
    return sql
        .query("SELECT * FROM attempts WHERE architecture = ? LIMIT 1", AttemptRows::result, id)
        .stream()
        .findFirst();
  }

  /** Records a finished training. */
  public synchronized void record(TrainingRecord training) {
    Optional<TrainingRecord> kept =
        training(training.architecture().id(), training.start(), training.epochs());
    if (kept.isPresent()) {
      if (!kept.get().agreesWith(training)) {
        throw diverged(kept.get(), training);
      }
      return;
    }
    sql.transaction(
        () -> {
          architectures.keep(training.architecture());
          TrainingRows.insert(sql, training);
        });
  }

  /** A training, if it was recorded. */
  public synchronized Optional<TrainingRecord> training(String id, Start start, int epochs) {
    return TrainingRows.one(sql, architectures, id, start, epochs).stream().findFirst();
  }

  /** All trainings in the order they were recorded. */
  public synchronized List<TrainingRecord> trainings() {
    return TrainingRows.all(sql, architectures);
  }

  /** Replaces the final order, best first. */
  public synchronized void rank(List<RankedRecord> ranking) {
    sql.transaction(
        () -> {
          RankingRows.deleteAll(sql);
          for (int i = 0; i < ranking.size(); i++) {
            architectures.keep(ranking.get(i).architecture());
            RankingRows.insert(sql, i + 1, ranking.get(i));
          }
        });
  }

  /** The final order, best first; empty if there is none yet. */
  public synchronized List<RankedRecord> ranking() {
    return RankingRows.all(sql, architectures);
  }

  /** Says that a phase is over, and the seconds it took; the first time counts. */
  public synchronized void finish(Phase phase, double timingSeconds) {
    sql.update(
        "INSERT INTO phases VALUES (?, ?) ON CONFLICT (phase) DO NOTHING",
        Names.of(phase),
        timingSeconds);
  }

  /** Finished phases in order, with their seconds. */
  public synchronized SequencedMap<Phase, Double> finished() {
    Map<Phase, Double> found = new EnumMap<>(Phase.class);
    sql.query(
        "SELECT * FROM phases",
        row ->
            found.put(
                Names.value(Phase.class, row.getString("phase")), row.getDouble("timing_seconds")));
    return new LinkedHashMap<>(found);
  }

  /** Whether a phase is over. */
  public boolean isFinished(Phase phase) {
    return finished().containsKey(phase);
  }

  /** Keeps a text under a key; the last one counts. */
  public synchronized void put(String key, String value) {
    sql.update(
        "INSERT INTO metadata VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        value);
  }

  /** The text under a key. */
  public synchronized Optional<String> get(String key) {
    return sql
        .query("SELECT value FROM metadata WHERE key = ?", row -> row.getString(1), key)
        .stream()
        .findFirst();
  }

  @Override
  public synchronized void close() {
    sql.close();
  }

  private static IllegalStateException diverged(Object kept, Object now) {
    return new IllegalStateException(
        "The run gives another result than it recorded.%n  recorded: %s%n  now:      %s"
            .formatted(kept, now));
  }
}
