package org.netloom.tensor.opencl;

import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.netloom.tensor.ShapeException;

/**
 * One arena on one device, and the only way to it. Thread-safe: one program or transfer at a time.
 *
 * <p>The host's copy of the arena is what Aparapi makes the device's from; nothing else is in it.
 * Should the collector ever move it, Aparapi would make the device's copy again and lose all
 * tensors, so every download brings the arena's mark along, which the host's copy does not have.
 */
final class ArenaDevice implements AutoCloseable {
  /** First place of the arena that tensors may use; the mark is at 0. */
  static final int FIRST = 16;

  private static final float MARK = 1234567f;
  private static final int SLOT = 1023;
  private static final int MOST_STAGED = 1 << 22;

  /** A translation runs in the driver's compiler, which needs more stack than threads here have. */
  private static final long STACK = 256L << 20;

  private final DeviceModel model;
  private final ArenaKernel kernel = new ArenaKernel();
  private final Range range;
  private final Regions regions;
  private final ConcurrentLinkedQueue<long[]> abandoned = new ConcurrentLinkedQueue<>();
  private @Nullable Code loaded;
  private boolean translated;
  private boolean failed;
  private boolean closed;
  private long launches;
  private long passes;

  ArenaDevice(DeviceModel model) {
    this.model = model;
    Device device = model.device();
    this.range =
        device.createRange2D(
            model.groups() * model.side(), model.side(), model.side(), model.side());
    int length = (int) Math.min(model.firstFloats(), model.mostFloats());
    kernel.arena = new float[length];
    kernel.stage = new float[MOST_STAGED / 16];
    kernel.slot = new float[SLOT + 1];
    kernel.p = new int[1 << 14];
    kernel.f = new float[1 << 10];
    kernel.spread = model.spread() ? 1 : 0;
    if (!(device instanceof OpenCLDevice)) {
      kernel.runInJava();
    }
    this.regions = new Regions(FIRST, length);
    kernel.put(kernel.arena);
    kernel.put(kernel.stage);
    kernel.put(kernel.p);
    kernel.put(kernel.f);
    mark();
    check();
  }

  /** Fails unless the device's tensors outlive a garbage collection. */
  synchronized void check() {
    System.gc();
    download(0, new float[1], 0, 1);
  }

  /** Bytes of the arena. */
  synchronized long bytes() {
    return (long) kernel.arena.length * Float.BYTES;
  }

  /** The longest arena of the device. */
  long mostFloats() {
    return model.mostFloats();
  }

  /** Launches so far, transfers included. */
  synchronized long launches() {
    return launches;
  }

  /** Passes of programs so far. */
  synchronized long passes() {
    return passes;
  }

  private void mark() {
    kernel.slot[0] = MARK;
    kernel.put(kernel.slot);
    transfer(ArenaKernel.UPLOAD_SLOT, 1, 0);
  }

  /**
   * Takes a region of the arena, which grows when it must.
   *
   * @throws ShapeException naming the need and the limit
   */
  synchronized long take(long size) {
    for (long[] region = abandoned.poll(); region != null; region = abandoned.poll()) {
      regions.release(region[0], region[1]);
    }
    long at = regions.take(size);
    if (at < 0) {
      grow(regions.lengthFor(size));
      at = regions.take(size);
    }
    return at;
  }

  synchronized void release(long at, long size) {
    regions.release(at, size);
  }

  /** A region whose workspace is gone; called by any thread at any time. */
  void abandon(long at, long size) {
    abandoned.add(new long[] {at, size});
  }

  private void grow(long needed) {
    long limit = model.mostFloats();
    if (needed > limit) {
      throw new ShapeException(
          "The program needs (%d) MB on %s; a buffer there has at most (%d) MB.%n  Maybe a smaller batch, or --backend cpu?"
              .formatted(mega(needed), model.name(), mega(limit)));
    }
    int length = (int) Math.min(limit, Math.max(needed + needed / 4, 2L * kernel.arena.length));
    kernel.get(kernel.arena);
    check(kernel.arena[0]);
    float[] larger;
    try {
      larger = Arrays.copyOf(kernel.arena, length);
    } catch (OutOfMemoryError e) {
      throw new ShapeException(
          "The arena on %s needs (%d) MB of Java's memory too.%n  Maybe a larger -Xmx, a smaller batch, or --backend cpu?"
              .formatted(model.name(), mega(length)));
    }
    larger[0] = 0;
    kernel.arena = larger;
    kernel.put(kernel.arena);
    regions.extend(length);
    mark();
  }

  private static long mega(long floats) {
    return floats * Float.BYTES >> 20;
  }

  /** Copies host values to a place of the arena. */
  synchronized void upload(float[] source, int from, int count, long place) {
    if (count <= SLOT) {
      System.arraycopy(source, from, kernel.slot, 0, count);
      kernel.put(kernel.slot);
      transfer(ArenaKernel.UPLOAD_SLOT, count, (int) place);
      return;
    }
    for (int at = 0; at < count; ) {
      int part = Math.min(count - at, MOST_STAGED);
      ensureStage(part);
      System.arraycopy(source, from + at, kernel.stage, 0, part);
      kernel.put(kernel.stage);
      transfer(ArenaKernel.UPLOAD, part, (int) place + at);
      at += part;
    }
  }

  /** Copies values of the arena to the host. */
  synchronized void download(long place, float[] target, int to, int count) {
    if (count <= SLOT) {
      transfer(ArenaKernel.DOWNLOAD_SLOT, count, (int) place);
      kernel.get(kernel.slot);
      check(kernel.slot[count]);
      System.arraycopy(kernel.slot, 0, target, to, count);
      return;
    }
    for (int at = 0; at < count; ) {
      int part = Math.min(count - at, MOST_STAGED);
      ensureStage(part + 1);
      transfer(ArenaKernel.DOWNLOAD, part, (int) place + at);
      kernel.get(kernel.stage);
      check(kernel.stage[part]);
      System.arraycopy(kernel.stage, 0, target, to + at, part);
      at += part;
    }
  }

  private void ensureStage(int count) {
    if (kernel.stage.length < count) {
      kernel.stage = new float[count + count / 4];
      kernel.put(kernel.stage);
    }
  }

  private void check(float mark) {
    if (mark != MARK) {
      failed = true;
      throw new IllegalStateException(
          "The tensors on %s are lost: the collector has moved the arena. Maybe run Java with -XX:+UseG1GC and a larger heap?"
              .formatted(model.name()));
    }
  }

  /** Runs a program. */
  synchronized void run(Code code) {
    if (code.passes() == 0) {
      return;
    }
    if (loaded != code) {
      load(code);
    }
    kernel.transfer = 0;
    kernel.start = code.start();
    passes += code.passes();
    execute(code.passes());
  }

  private void load(Code code) {
    if (kernel.p.length < code.length()) {
      kernel.p = new int[code.length() + code.length() / 4];
    }
    if (kernel.f.length < code.floatCount()) {
      kernel.f = new float[2 * code.floatCount()];
    }
    code.copy(kernel.p, kernel.f);
    kernel.put(kernel.p);
    kernel.put(kernel.f);
    loaded = code;
  }

  /** A program's numbers have changed. */
  synchronized void changed(Code code) {
    if (loaded == code) {
      loaded = null;
    }
  }

  private void transfer(int direction, int amount, int place) {
    kernel.transfer = direction;
    kernel.amount = amount;
    kernel.place = place;
    execute(1);
  }

  private void execute(int count) {
    if (closed || failed) {
      throw new IllegalStateException(
          "%s %s.".formatted(model.name(), closed ? "is closed" : "has failed before"));
    }
    launches++;
    if (translated) {
      launch(count);
      return;
    }
    Throwable[] failure = new Throwable[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                launch(count);
              } catch (RuntimeException e) {
                failure[0] = e;
              }
            },
            "opencl-translation",
            STACK);
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure[0] instanceof RuntimeException e) {
      throw e;
    }
    translated = true;
  }

  /** Aparapi tells a failed device by an assertion or by an exception. */
  private void launch(int count) {
    try {
      kernel.execute(range, count);
    } catch (AssertionError | RuntimeException e) {
      failed = true;
      throw new IllegalStateException(
          "%s could not run the kernels (%s).".formatted(model.name(), e.getMessage()), e);
    }
  }

  /** After a failure the device is left alone: disposing of it has crashed the virtual machine. */
  @Override
  public synchronized void close() {
    if (!closed && !failed) {
      kernel.dispose();
    }
    closed = true;
  }
}
