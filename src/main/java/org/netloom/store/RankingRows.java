package org.netloom.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The final order as rows: one for each architecture, one for each part of its score. */
final class RankingRows {
  private static final String SELECT =
      """
      SELECT r.*, a.canonical FROM ranking r JOIN architectures a ON a.id = r.architecture
      ORDER BY position\
      """;

  private RankingRows() {}

  static void deleteAll(Sql sql) {
    sql.execute("DELETE FROM ranking_parts");
    sql.execute("DELETE FROM ranking");
  }

  static void insert(Sql sql, int rank, RankedRecord ranked) {
    sql.update(
        "INSERT INTO ranking VALUES (?, ?, ?, ?, ?, ?, ?)",
        rank,
        ranked.architecture().id(),
        ranked.score(),
        ranked.parameters(),
        ranked.macs(),
        ranked.status(),
        ranked.reason());
    int position = 0;
    for (Map.Entry<String, Double> part : ranked.parts().entrySet()) {
      sql.update(
          "INSERT INTO ranking_parts VALUES (?, ?, ?, ?)",
          rank,
          position++,
          part.getKey(),
          part.getValue());
    }
  }

  static List<RankedRecord> all(Sql sql, ArchitectureRows architectures) {
    return sql.query(
        SELECT,
        row ->
            new RankedRecord(
                architectures.read(row),
                Sql.real(row, "score"),
                parts(sql, row.getInt("position")),
                row.getLong("parameters"),
                row.getLong("macs"),
                row.getString("status"),
                row.getString("reason")));
  }

  private static SequencedMap<String, Double> parts(Sql sql, int rank) {
    SequencedMap<String, Double> parts = new LinkedHashMap<>();
    sql.query(
        "SELECT * FROM ranking_parts WHERE ranked = ? ORDER BY position",
        row -> parts.put(row.getString("name"), Sql.real(row, "value")),
        rank);
    return parts;
  }
}
