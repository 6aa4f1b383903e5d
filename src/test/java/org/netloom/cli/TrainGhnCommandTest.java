package org.netloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netloom.ghn.TrainingRun;
import org.netloom.tensor.OwnMachine;

/** {@code train-ghn} on a split of DeepNets-1M, from the shipped file. */
class TrainGhnCommandTest {
  @TempDir private Path folder;
  private final CommandLineRun netloom = new CommandLineRun();
  private String data = "";
  private String set = "";

  @BeforeEach
  void create() throws IOException {
    data = ImageFolders.create(folder.resolve("images"), 3);
    set = folder.resolve("train.nets").toString();
    assertThat(netloom.run("generate", "--split", "train", "--count", "9", "--out", set)).isZero();
  }

  private int train(String out, String... more) {
    return netloom.run(line(out, more).toArray(String[]::new));
  }

  private List<String> line(String out, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "train-ghn",
                "search-spaces/deepnets1m-ghn2.yaml",
                "--out",
                folder.resolve(out).toString(),
                "--set",
                "data=" + data,
                "--set",
                "ghn.train.networks=split:" + set));
    for (String key :
        List.of(
            "hidden=8",
            "max_channels=8",
            "steps=5",
            "batch=4",
            "meta_batch=2",
            "milestones=[2,4]",
            "checkpoint_every=2")) {
      line.addAll(List.of("--set", "ghn.train." + key));
    }
    line.addAll(List.of(more));
    return line;
  }

  /** Trains on a thread of its own, which is interrupted at the first checkpoint. */
  private void interrupt(String out) throws InterruptedException {
    Thread thread = new Thread(() -> train(out, "--threads", "2"));
    thread.start();
    Path checkpoint = folder.resolve(out).resolve(TrainingRun.CHECKPOINT);
    while (thread.isAlive() && !Files.exists(checkpoint)) {
      Thread.sleep(1);
    }
    thread.interrupt();
    thread.join();
    assertThat(checkpoint).exists();
  }

  private byte[] bytes(String out, String file) throws IOException {
    return Files.readAllBytes(folder.resolve(out).resolve(file));
  }

  @Test
  void aTrainingOnASplitGivesTheSameBytesForAnyThreadsAndWhenResumedAndIsEvaluated()
      throws Exception {
    assertThat(train("straight", "--threads", "1")).as(netloom.err()).isZero();
    interrupt("broken");
    assertThat(train("broken", "--threads", "2", "--resume")).as(netloom.err()).isZero();

    assertThat(netloom.out())
        .matches(
            ".*: 5 steps of 2 networks in \\d+ s, at most \\d+\\.\\d MB of memory for a plan\\R");
    for (String file : new String[] {TrainingRun.RESULT, TrainingRun.LOG}) {
      assertThat(bytes("broken", file)).as(file).isEqualTo(bytes("straight", file));
    }
    String log = Files.readString(folder.resolve("straight").resolve(TrainingRun.LOG));
    assertThat(log).containsPattern("1,[\\d.]+,0.001,").containsPattern("4,[\\d.]+,1.0\\d*E-5,");
    String ghn = folder.resolve("straight").resolve(TrainingRun.RESULT).toString();
    assertThat(netloom.run("evaluate-ghn", ghn, "--data", data, "--split", "val", "--nets", "1"))
        .as(netloom.err())
        .isZero();
  }

  @Test
  void aTrainingThatIsStoppedSaysTheWholeCommandThatGoesOn() throws Exception {
    String steps = "ghn.train.steps=100000";
    List<String> line = line("out", "--memory", "900m", "--set", steps);
    Path checkpoint = folder.resolve("out").resolve(TrainingRun.CHECKPOINT);
    OwnMachine.Ended ended = OwnMachine.stop(checkpoint, Main.class, line);
    assertThat(ended.err())
        .contains("Interrupted; go on with: ./netloom " + ShellWords.join(line) + " --resume")
        .contains(" --memory 900m ");
    assertThat(ended.code()).isNotZero();
  }

  @Test
  void aTrainingAboveTheMemoryLimitNamesWhatIsTooLargeAndMayBeginAgainInItsFolder()
      throws Exception {
    assertThat(train("out", "--memory", "2m")).isEqualTo(2);
    assertThat(netloom.err()).contains("Network '", "': The plan needs (", "limit is (2.0 MB)");
    assertThat(train("out", "--memory", "1k")).isEqualTo(2);
    assertThat(netloom.err()).contains("Optimiser of the hypernetwork: The plan needs (");
    assertThat(train("out", "--set", "ghn.train.steps=1")).as(netloom.err()).isZero();
    assertThat(Files.readString(folder.resolve("out/effective.yaml"))).contains("steps: 1");
    assertThat(train("out")).isEqualTo(2);
    assertThat(netloom.err()).contains("is not empty");
  }

  @Test
  void otherNetworksUnderTheSameNameAreNotResumedWith() throws Exception {
    interrupt("out");
    assertThat(netloom.run("generate", "--split", "val", "--count", "9", "--out", set)).isZero();
    assertThat(train("out", "--resume")).isEqualTo(2);
    assertThat(netloom.err()).contains("belongs to another training", "split: train");
  }

  @Test
  void mistakesAboutNetworksAreTold() {
    assertThat(train("out", "--set", "ghn.train.networks=split:nowhere")).isEqualTo(2);
    assertThat(netloom.err()).contains("ghn.train.networks: 'nowhere' is neither a split nor a");
    assertThat(train("out", "--set", "ghn.train.networks=train")).isEqualTo(2);
    assertThat(netloom.err()).contains("(train) is neither split:NAME");
    assertThat(
            train("out", "--set", "ghn.train.curriculum=3", "--set", "ghn.train.milestones=[4, 3]"))
        .isEqualTo(2);
    assertThat(netloom.err()).contains("(3) is for networks of the space", "must rise");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
