package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official files, where a developer has them. */
class CifarRealIT {
  private static final Path SHARED = Path.of(System.getProperty("netloom.shared", "../shared"));

  /**
   * Krizhevsky's images have the training mean .4914 .4822 .4465 and deviation .2470 .2435 .2616.
   */
  @Test
  void theOfficialFilesHaveThePublishedStatistics(@TempDir Path folder) throws Exception {
    Path unpack = SHARED.resolve("tools/unpack-data");
    assumeTrue(Files.exists(unpack), "the shared folder with CIFAR-10 is not here");
    Process process =
        new ProcessBuilder(unpack.toAbsolutePath().toString(), folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();

    Dataset cifar = Datasets.open("cifar10:" + folder);
    ImageSet train = cifar.split(Split.TRAIN);

    assertThat(train.size()).isEqualTo(45_000);
    assertThat(cifar.split(Split.VALIDATION).size()).isEqualTo(5_000);
    assertThat(cifar.split(Split.TEST).size()).isEqualTo(10_000);
    // "data_batch_1.bin" starts with a frog, the test batch with a cat
    assertThat(cifar.classNames().get(train.label(0))).isEqualTo("frog");
    assertThat(cifar.classNames().get(cifar.split(Split.TEST).label(0))).isEqualTo("cat");
    Normalisation statistics = Normalisation.of(train);
    float[] mean = {0.4914f, 0.4822f, 0.4465f};
    float[] std = {0.2470f, 0.2435f, 0.2616f};
    for (int c = 0; c < 3; c++) {
      assertThat(statistics.mean()[c]).isCloseTo(mean[c], within(1e-3f));
      assertThat(statistics.std()[c]).isCloseTo(std[c], within(1e-3f));
    }
  }
}
