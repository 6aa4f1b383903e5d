package org.netloom.store;

import java.nio.file.Path;
import java.util.List;
import org.netloom.config.InputException;

/**
 * The tables of {@code run.db}. Attempts and trainings name architectures by id; the canonical text
 * of each stands once. Results are of type ANY, which keeps a number as it is given, where REAL
 * would lose the sign of zero. The number of the schema rises whenever a table changes.
 */
final class Schema {
  private static final int VERSION = 1;

  /** Marks the file as Netloom's ({@code NTLM} in ASCII). */
  private static final int APPLICATION = 0x4E544C4D;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE schema_version (version INTEGER NOT NULL) STRICT",
          "CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
          """
          CREATE TABLE phases (
            phase TEXT PRIMARY KEY, timing_seconds REAL NOT NULL) STRICT, WITHOUT ROWID\
          """,
          """
          CREATE TABLE architectures (
            id TEXT PRIMARY KEY, canonical TEXT NOT NULL) STRICT, WITHOUT ROWID\
          """,
          """
          CREATE TABLE attempts (
            source TEXT NOT NULL, position INTEGER NOT NULL, generation INTEGER NOT NULL,
            architecture TEXT NOT NULL REFERENCES architectures (id),
            status TEXT NOT NULL CHECK (status IN ('scored', 'rejected', 'failed')),
            accuracy ANY, loss ANY, macs INTEGER, parameters INTEGER, protocol TEXT,
            broken_constraint TEXT, actual TEXT, excess ANY, reason TEXT,
            cached INTEGER NOT NULL, timing_seconds REAL NOT NULL,
            PRIMARY KEY (source, position)) STRICT, WITHOUT ROWID\
          """,
          "CREATE INDEX attempts_of_architecture ON attempts (architecture)",
          """
          CREATE TABLE trainings (
            architecture TEXT NOT NULL REFERENCES architectures (id),
            start TEXT NOT NULL, epochs INTEGER NOT NULL,
            validation_accuracy ANY, validation_loss ANY, validation_images INTEGER NOT NULL,
            test_accuracy ANY, test_loss ANY, test_images INTEGER,
            protocol TEXT NOT NULL, position INTEGER NOT NULL, timing_seconds REAL NOT NULL,
            PRIMARY KEY (architecture, start, epochs)) STRICT, WITHOUT ROWID\
          """,
          """
          CREATE TABLE training_epochs (
            architecture TEXT NOT NULL, start TEXT NOT NULL, epochs INTEGER NOT NULL,
            epoch INTEGER NOT NULL, accuracy ANY, loss ANY,
            PRIMARY KEY (architecture, start, epochs, epoch),
            FOREIGN KEY (architecture, start, epochs)
              REFERENCES trainings (architecture, start, epochs)) STRICT, WITHOUT ROWID\
          """,
          """
          CREATE TABLE ranking (
            position INTEGER PRIMARY KEY, architecture TEXT NOT NULL REFERENCES architectures (id),
            score ANY, parameters INTEGER NOT NULL, macs INTEGER NOT NULL,
            status TEXT NOT NULL, reason TEXT NOT NULL) STRICT\
          """,
          """
          CREATE TABLE ranking_parts (
            ranked INTEGER NOT NULL REFERENCES ranking (position), position INTEGER NOT NULL,
            name TEXT NOT NULL, value ANY,
            PRIMARY KEY (ranked, position)) STRICT, WITHOUT ROWID\
          """);

  private Schema() {}

  /** Settings of a connection, and the tables of a new file. */
  static void create(Sql sql) {
    configure(sql);
    sql.execute("PRAGMA journal_mode = WAL");
    sql.transaction(
        () -> {
          sql.execute("PRAGMA application_id = " + APPLICATION);
          TABLES.forEach(sql::execute);
          sql.update("INSERT INTO schema_version VALUES (?)", VERSION);
        });
  }

  /** Settings of a connection to an existing file, which must be of this version. */
  static void check(Sql sql, Path file) {
    configure(sql);
    int application = sql.query("PRAGMA application_id", row -> row.getInt(1)).getFirst();
    if (application != APPLICATION) {
      throw new InputException("%s: is not the database of a Netloom run.".formatted(file));
    }
    int version = sql.query("SELECT version FROM schema_version", row -> row.getInt(1)).getFirst();
    if (version != VERSION) {
      throw new InputException(
          "%s: has schema (%d); this Netloom reads schema %d.".formatted(file, version, VERSION)
              + " Maybe it was written by another version?");
    }
  }

  private static void configure(Sql sql) {
    sql.execute("PRAGMA foreign_keys = ON");
    sql.execute("PRAGMA synchronous = FULL"); // a generation that was told is on the disk
  }
}
