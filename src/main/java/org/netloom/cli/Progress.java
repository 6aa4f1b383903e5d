package org.netloom.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress of something that takes a while, on standard error: a bar on a terminal, which vanishes
 * at the end; elsewhere a plain line at most every ten seconds, so nothing for what is quick.
 *
 * <pre>{@code
 * try (Progress progress = Progress.start("epoch 1/5", steps)) {
 *   progress.step(1, "loss 2.30");
 * }
 * }</pre>
 */
sealed interface Progress extends AutoCloseable {

  /** Starts a task of {@code total} units. */
  static Progress start(String task, long total) {
    return StandardError.isTerminal()
        ? new Bar(task, total, System.err)
        : new Lines(task, total, System.err, System::nanoTime);
  }

  /** So many more units are done; {@code extra} says something about them and may be empty. */
  void step(long n, String extra);

  @Override
  void close();

  /** A bar that is drawn over itself. */
  final class Bar implements Progress {
    private final ProgressBar bar;

    private Bar(String task, long total, PrintStream out) {
      this.bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setConsumer(new ConsoleProgressBarConsumer(out))
              .clearDisplayOnFinish()
              .build();
    }

    @Override
    public void step(long n, String extra) {
      bar.stepBy(n);
      bar.setExtraMessage(" " + extra);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** Lines for log files and pipes. */
  final class Lines implements Progress {
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final String task;
    private final long total;
    private final PrintStream out;
    private final LongSupplier clock;
    private long done;
    private long last;

    Lines(String task, long total, PrintStream out, LongSupplier clock) {
      this.task = task;
      this.total = total;
      this.out = out;
      this.clock = clock;
      this.last = clock.getAsLong();
    }

    @Override
    public void step(long n, String extra) {
      done += n;
      long now = clock.getAsLong();
      if (now - last >= INTERVAL_NANOS) {
        last = now;
        out.printf(
            Locale.ROOT,
            "%s: %d %% (%d of %d)%s%n",
            task,
            total == 0 ? 100 : 100 * done / total,
            done,
            total,
            extra.isEmpty() ? "" : " " + extra);
      }
    }

    @Override
    public void close() {}
  }
}
