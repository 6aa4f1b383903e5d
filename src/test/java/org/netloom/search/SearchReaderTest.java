package org.netloom.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.netloom.config.InputException;
import org.netloom.config.YamlReader;
import org.netloom.config.YamlWriter;

class SearchReaderTest {
  @Test
  void anEmptySectionTakesEveryDefault() {
    assertThat(read("search: {}")).isEqualTo(SearchReader.PRESET);
  }

  @Test
  void everyKeyIsReadAndWrittenBack() {
    SearchSettings settings =
        read(
            """
            search:
              strategy: random
              objectives: [loss]
              population: 12
              generations: 5
              evaluations: 50
              crossover: 0.25
              mutation: 1
              tournament: 4
              images: 2k
              timeout_seconds: 30
              baseline: true
              seed: -7
            """);
    assertThat(settings)
        .isEqualTo(
            new SearchSettings(
                SearchSettings.Strategy.RANDOM,
                List.of(Objective.LOSS),
                new SearchSettings.Budget(12, 5, 50),
                new SearchSettings.Variation(0.25, 1, 4),
                new SearchSettings.Measurement(2000, 30),
                true,
                -7));
    String again = YamlWriter.write(Map.of("search", SearchReader.write(settings)));
    assertThat(read(again)).isEqualTo(settings);
  }

  @Test
  void generationsAndPopulationStandForAnEvaluationBudget() {
    assertThat(read("search: {population: 10, generations: 7}").budget().evaluations())
        .isEqualTo(70);
  }

  @Test
  void objectivesMayComeInAnyOrderButNeedOneScore() {
    assertThat(read("search: {objectives: [macs, accuracy]}").objectives())
        .containsExactly(Objective.ACCURACY, Objective.MACS);
    assertThat(read("search: {objectives: accuracy}").multiObjective()).isFalse();
    assertThatThrownBy(() -> read("search: {objectives: [macs]}"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.yaml:1:22: search.objectives: a score is missing");
    assertThatThrownBy(() -> read("search: {objectives: [accuracy, loss]}"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("two scores");
  }

  @Test
  void allProblemsAreToldAtOnceWithTheirPlaces() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    search:
                      strategy: evolutoin
                      population: 1
                      mutation: 1.5
                      imags: 100
                    """))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.yaml:2:13: search.strategy: unknown strategy 'evolutoin'")
        .hasMessageContaining("Maybe 'evolution'?")
        .hasMessageContaining("a.yaml:3:15: search.population: (1) is out of range")
        .hasMessageContaining("a.yaml:4:13: search.mutation: (1.5) is out of range")
        .hasMessageContaining("a.yaml:5:3: search.imags: unknown key 'imags'")
        .hasMessageContaining("Maybe 'images'?")
        .hasMessageContaining("4 problems. Nothing was run.");
  }

  private static SearchSettings read(String text) {
    return YamlReader.parse(
        "a.yaml", text, List.of(), top -> SearchReader.read(top.section("search")));
  }
}
