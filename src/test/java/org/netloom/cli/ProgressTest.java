package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong seconds = new AtomicLong();

  private Progress lines(long total) {
    return new Progress.Lines(
        "drawing",
        total,
        new PrintStream(bytes, true, StandardCharsets.UTF_8),
        () -> seconds.get() * 1_000_000_000L);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsQuickSaysNothing() {
    try (Progress progress = lines(2)) {
      progress.step(1, "one");
      seconds.set(9);
      progress.step(1, "two");
    }
    assertThat(text()).isEmpty();
  }

  @Test
  void aLineComesEveryTenSecondsWithWhatWasDoneByThen() {
    try (Progress progress = lines(40)) {
      for (int i = 0; i < 40; i++) {
        seconds.incrementAndGet();
        progress.step(1, "loss " + i);
      }
    }
    assertThat(text().lines())
        .containsExactly(
            "drawing: 25 % (10 of 40) loss 9",
            "drawing: 50 % (20 of 40) loss 19",
            "drawing: 75 % (30 of 40) loss 29",
            "drawing: 100 % (40 of 40) loss 39");
  }
}
