package org.netloom.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;

/** Architectures by id; each is parsed once. */
final class ArchitectureRows {
  private final Sql sql;
  private final Map<String, Architecture> parsed = new HashMap<>();

  ArchitectureRows(Sql sql) {
    this.sql = sql;
  }

  /** Makes sure that rows may refer to it. */
  void keep(Architecture architecture) {
    sql.update(
        "INSERT INTO architectures VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
        architecture.id(),
        architecture.canonical());
  }

  /** Of a row with the columns {@code architecture} and {@code canonical}. */
  Architecture read(ResultSet row) throws SQLException {
    String id = row.getString("architecture");
    Architecture known = parsed.get(id);
    if (known == null) {
      known = ArchitectureReader.read(row.getString("canonical")).architecture();
      parsed.put(id, known);
    }
    return known;
  }
}
