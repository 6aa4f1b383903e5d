package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netloom.config.InputException;

final class MemorySizeTest {
  @Test
  void unitsAreThoseOfTheHeapsOptions() {
    assertThat(MemorySize.read("")).isZero();
    assertThat(MemorySize.read("3k")).isEqualTo(3 << 10);
    assertThat(MemorySize.read("512M")).isEqualTo(512L << 20);
    assertThat(MemorySize.read("1.5gb")).isEqualTo(3L << 29);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "2x", "-1g", "g", "0m", "2 g", "99999999999g"})
  void whatIsNoSizeIsAMistake(String text) {
    assertThatThrownBy(() -> MemorySize.read(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--memory (" + text + ")");
  }
}
