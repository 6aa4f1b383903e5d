package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.netloom.config.InputException;
import org.netloom.tensor.Backend;
import org.netloom.tensor.opencl.OpenClDevices;
import org.netloom.tensor.opencl.TestDevices;

/** What a device that cannot run the kernels means for the choice. */
class BackendChoiceTest {
  @BeforeEach
  void needsADevice() {
    assumeThat(OpenClDevices.find().all()).as("devices").isNotEmpty();
  }

  @Test
  void autoWarnsAndTakesTheCpuWhereTheKernelsAreNotTranslated() {
    BackendChoice choice = BackendChoice.of("auto", 1, 0, TestDevices.broken());
    try (Backend backend = choice.backend()) {
      assertThat(backend.name()).isEqualTo("cpu");
      assertThat(choice.level()).isEqualTo(Level.WARN);
      assertThat(choice.reason())
          .startsWith("auto takes the CPU: ")
          .contains("could not run the kernels", "lookupswitch");
    }
  }

  @Test
  void openClThatWasAskedForIsAMistakeThatNamesTheReason() {
    assertThatThrownBy(() -> BackendChoice.of("opencl", 1, 0, TestDevices.broken()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--backend (opencl): ")
        .hasMessageContaining("lookupswitch")
        .hasMessageContaining("--backend cpu");
  }
}
