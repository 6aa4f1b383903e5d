package org.netloom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.netloom.config.InputException;

class CsvTest {
  @Test
  void specialFieldsAreQuotedAsTheStandardSays() {
    assertThat(Csv.write(List.of(List.of("a", "b c"), List.of("x,y", "say \"hi\"\r\nü🙂"))))
        .isEqualTo("a,b c\n\"x,y\",\"say \"\"hi\"\"\r\nü🙂\"\n");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    List<List<String>> lines =
        List.of(
            List.of("one", "two", "three"),
            List.of("", "\"", "\"\""),
            List.of("a\nb", "c\rd", "e\r\nf"),
            List.of(",", " spaces ", "ünïcödé 中 🙂"),
            List.of("", "", ""));
    assertThat(Csv.read("t.csv", Csv.write(lines))).isEqualTo(lines);
  }

  @Test
  void filesOfOtherProgramsAreRead() {
    assertThat(Csv.read("t.csv", "\uFEFFa,\"b\"\r\n1,2\r\n3,\"4\""))
        .containsExactly(List.of("a", "b"), List.of("1", "2"), List.of("3", "4"));
    assertThat(Csv.read("t.csv", "")).isEmpty();
    assertThat(Csv.read("t.csv", "a,\n1,")).containsExactly(List.of("a", ""), List.of("1", ""));
  }

  @Test
  void mistakesNameTheirLine() {
    assertThatThrownBy(() -> Csv.read("t.csv", "a,b\n\"x\ny\",2\n1,2,3\n"))
        .isInstanceOf(InputException.class)
        .hasMessage("t.csv:4: has (3) fields; the header has 2.");
    assertThatThrownBy(() -> Csv.read("t.csv", "a,b\n1,\"open\n"))
        .isInstanceOf(InputException.class)
        .hasMessage("t.csv:2: a quote is opened and not closed.");
    assertThatThrownBy(() -> Csv.read("t.csv", "a\n\"x\"y\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("t.csv:2:", "(y)");
  }

  @Test
  void numbersAreTheSameInEveryLanguageAndReadBackExactly() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Csv.number(1234567.125)).isEqualTo("1234567.125");
      assertThat(Csv.number(Double.NaN)).isEmpty();
      assertThat(Double.parseDouble(Csv.number(1.0 / 3))).isEqualTo(1.0 / 3);
    } finally {
      Locale.setDefault(before);
    }
  }
}
