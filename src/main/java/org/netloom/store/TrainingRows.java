package org.netloom.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.netloom.store.TrainingRecord.Epoch;
import org.netloom.store.TrainingRecord.Start;

/** Trainings as rows: one for the training, one for each epoch of its curve. */
final class TrainingRows {
  private static final String INSERT =
      """
      INSERT INTO trainings (position, architecture, start, epochs,
        validation_accuracy, validation_loss, validation_images,
        test_accuracy, test_loss, test_images, protocol, timing_seconds)
      VALUES ((SELECT count(*) FROM trainings), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private static final String SELECT =
      "SELECT t.*, a.canonical FROM trainings t JOIN architectures a ON a.id = t.architecture ";

  private TrainingRows() {}

  static void insert(Sql sql, TrainingRecord training) {
    String id = training.architecture().id();
    String start = Names.of(training.start());
    Measured test = training.test();
    sql.update(
        INSERT,
        id,
        start,
        training.epochs(),
        training.validation().accuracy(),
        training.validation().loss(),
        training.validation().images(),
        test == null ? null : (Object) test.accuracy(),
        test == null ? null : (Object) test.loss(),
        test == null ? null : (Object) test.images(),
        training.protocol(),
        training.timingSeconds());
    for (Epoch epoch : training.curve()) {
      sql.update(
          "INSERT INTO training_epochs VALUES (?, ?, ?, ?, ?, ?)",
          id,
          start,
          training.epochs(),
          epoch.epoch(),
          epoch.accuracy(),
          epoch.loss());
    }
  }

  /** All of them in the order they were recorded. */
  static List<TrainingRecord> all(Sql sql, ArchitectureRows architectures) {
    return sql.query(SELECT + "ORDER BY position", row -> read(sql, architectures, row));
  }

  /** The one of that name, or none. */
  static List<TrainingRecord> one(
      Sql sql, ArchitectureRows architectures, String id, Start start, int epochs) {
    return sql.query(
        SELECT + "WHERE architecture = ? AND start = ? AND epochs = ?",
        row -> read(sql, architectures, row),
        id,
        Names.of(start),
        epochs);
  }

  private static TrainingRecord read(Sql sql, ArchitectureRows architectures, ResultSet row)
      throws SQLException {
    List<Epoch> curve =
        sql.query(
            """
            SELECT * FROM training_epochs WHERE architecture = ? AND start = ? AND epochs = ?
            ORDER BY epoch\
            """,
            epoch ->
                new Epoch(
                    epoch.getInt("epoch"), Sql.real(epoch, "accuracy"), Sql.real(epoch, "loss")),
            row.getString("architecture"),
            row.getString("start"),
            row.getInt("epochs"));
    return new TrainingRecord(
        architectures.read(row),
        Names.value(Start.class, row.getString("start")),
        row.getInt("epochs"),
        curve,
        measured(row, "validation"),
        row.getInt("test_images") == 0 ? null : measured(row, "test"),
        row.getString("protocol"),
        row.getDouble("timing_seconds"));
  }

  private static Measured measured(ResultSet row, String split) throws SQLException {
    return new Measured(
        Sql.real(row, split + "_accuracy"),
        Sql.real(row, split + "_loss"),
        row.getInt(split + "_images"));
  }
}
