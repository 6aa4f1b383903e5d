package org.netloom.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.netloom.evaluation.EvaluationResult;
import org.netloom.evaluation.EvaluationResult.Failed;
import org.netloom.evaluation.EvaluationResult.Rejected;
import org.netloom.evaluation.EvaluationResult.Scored;

/** Attempts as rows. */
final class AttemptRows {
  private static final String INSERT =
      """
      INSERT INTO attempts (source, position, generation, architecture, cached, timing_seconds,
        status, accuracy, loss, macs, parameters, protocol, broken_constraint, actual, excess,
        reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private static final String SELECT =
      """
      SELECT t.*, a.canonical FROM attempts t JOIN architectures a ON a.id = t.architecture
      WHERE source = ? AND position >= ? ORDER BY position LIMIT ?\
      """;

  private AttemptRows() {}

  static void insert(Sql sql, Source source, CandidateRecord attempt) {
    @Nullable Object[] values = new @Nullable Object[16];
    values[0] = Names.of(source);
    values[1] = attempt.index();
    values[2] = attempt.generation();
    values[3] = attempt.architecture().id();
    values[4] = attempt.cached() ? 1 : 0;
    values[5] = attempt.timingSeconds();
    values[6] = attempt.result().status();
    switch (attempt.result()) {
      case Scored scored -> {
        values[7] = scored.accuracy();
        values[8] = scored.loss();
        values[9] = scored.macs();
        values[10] = scored.parameters();
        values[11] = scored.protocol();
      }
      case Rejected rejected -> {
        values[9] = rejected.macs();
        values[10] = rejected.parameters();
        values[12] = rejected.constraint();
        values[13] = rejected.actual();
        values[14] = rejected.excess();
      }
      case Failed failed -> values[15] = failed.reason();
    }
    sql.update(INSERT, values);
  }

  /** So many attempts from an index on. */
  static List<CandidateRecord> select(
      Sql sql, ArchitectureRows architectures, Source source, int from, int count) {
    return sql.query(
        SELECT,
        row ->
            new CandidateRecord(
                row.getInt("position"),
                row.getInt("generation"),
                architectures.read(row),
                result(row),
                row.getBoolean("cached"),
                row.getDouble("timing_seconds")),
        Names.of(source),
        from,
        count);
  }

  static EvaluationResult result(ResultSet row) throws SQLException {
    String status = row.getString("status");
    return switch (status) {
      case "scored" ->
          new Scored(
              Sql.real(row, "accuracy"),
              Sql.real(row, "loss"),
              row.getLong("macs"),
              row.getLong("parameters"),
              row.getString("protocol"));
      case "rejected" ->
          new Rejected(
              row.getString("broken_constraint"),
              row.getString("actual"),
              Sql.real(row, "excess"),
              row.getLong("macs"),
              row.getLong("parameters"));
      case "failed" -> new Failed(row.getString("reason"));
      default -> throw new SQLException("attempts.status (%s) is unknown".formatted(status));
    };
  }
}
