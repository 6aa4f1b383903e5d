package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
  @Test
  void aShellReadsTheWordsThatWereGiven() throws Exception {
    List<String> words =
        List.of(
            "train-ghn",
            "my space.yaml",
            "--set",
            "a=[1, 2]",
            "it's",
            "",
            "$HOME",
            "a;b",
            "--resume");
    assertThat(read(ShellWords.join(words))).isEqualTo(words);
  }

  @Test
  void plainWordsStayPlain() {
    assertThat(ShellWords.goOnWith(List.of("resume", "results/2026-11-23-a_b-s42")))
        .isEqualTo("Interrupted; go on with: ./netloom resume results/2026-11-23-a_b-s42");
  }

  private static List<String> read(String line) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + line).start();
    String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).isZero();
    return new ArrayList<>(List.of(out.substring(0, out.length() - 1).split("\n", -1)));
  }
}
