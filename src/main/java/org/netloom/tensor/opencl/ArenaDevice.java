package org.netloom.tensor.opencl;

import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.netloom.tensor.Pieces;
import org.netloom.tensor.ShapeException;

/**
 * The arenas of one device, and the only way to them. Thread-safe: one program or transfer at a
 * time.
 *
 * <p>The host's copy of an arena is what Aparapi makes the device's from; nothing else is in it.
 * Should the collector ever move it, Aparapi would make the device's copy again and lose all
 * tensors, so every download brings the arenas' marks along, which the host's copies do not have.
 */
final class ArenaDevice implements AutoCloseable {
  private static final float MARK = 1234567f;
  private static final int SLOT = 1024 - DeviceMemory.ARENAS;
  private static final int MOST_STAGED = 1 << 22;

  private final DeviceModel model;
  private ArenaKernel kernel;
  private final Range range;
  private final Arenas arenas;
  private final Pieces pieces;
  private final ConcurrentLinkedQueue<Extent> abandoned = new ConcurrentLinkedQueue<>();
  private @Nullable Code loaded;
  private boolean translated;
  private boolean failed;
  private boolean closed;
  private long launches;
  private long passes;

  ArenaDevice(DeviceModel model, ArenaKernel kernel) {
    this.model = model;
    this.kernel = kernel;
    Device device = model.device();
    this.range =
        device.createRange2D(
            model.groups() * model.side(), model.side(), model.side(), model.side());
    kernel.arena = new float[(int) model.firstFloats()];
    kernel.stage = new float[MOST_STAGED / 16];
    kernel.slot = new float[SLOT + DeviceMemory.ARENAS];
    kernel.p = new int[1 << 14];
    kernel.f = new float[1 << 10];
    this.pieces = new Pieces(model.piece(), model.limits());
    this.arenas = new Arenas(model, Math.min(model.firstFloats(), model.mostFloats()), this::grow);
  }

  /**
   * Has the kernels translated, and checks what the device keeps.
   *
   * @throws DeviceException if it does not run them
   */
  synchronized void start() {
    send();
    check();
  }

  /** Sends what the host has of the kernel's arrays, and marks the first arena. */
  private void send() {
    kernel.spread = model.spread() ? 1 : 0;
    if (!(model.device() instanceof OpenCLDevice)) {
      kernel.runInJava();
    }
    kernel.put(kernel.arena);
    kernel.put(kernel.stage);
    kernel.put(kernel.p);
    kernel.put(kernel.f);
    mark(0);
  }

  /** Goes on with the kernels for several arenas, which are translated now. */
  private void useSeveral() {
    fetch(0);
    SeveralArenas next = new SeveralArenas();
    next.arena = kernel.arena;
    next.stage = kernel.stage;
    next.slot = kernel.slot;
    next.p = kernel.p;
    next.f = kernel.f;
    kernel.dispose();
    kernel = next;
    translated = false;
    loaded = null;
    next.put(next.arena1);
    next.put(next.arena2);
    next.put(next.arena3);
    send();
  }

  /** Brings an arena's tensors to the host's copy, without the mark. */
  private void fetch(int which) {
    float[] values = kernel.arena(which);
    kernel.get(values);
    check(values[0]);
    values[0] = 0;
  }

  /** Fails unless the device's tensors outlive a garbage collection. */
  synchronized void check() {
    System.gc();
    download(0, new float[1], 0, 1);
  }

  /** Bytes of all arenas. */
  synchronized long bytes() {
    return arenas.floats() * Float.BYTES;
  }

  /** Arenas in use. */
  synchronized int arenas() {
    return arenas.count();
  }

  /** Borders that no value of a region may lie across. */
  Pieces pieces() {
    return pieces;
  }

  /** Launches so far, transfers included. */
  synchronized long launches() {
    return launches;
  }

  /** Passes of programs so far. */
  synchronized long passes() {
    return passes;
  }

  private void mark(int arena) {
    kernel.slot[0] = MARK;
    kernel.put(kernel.slot);
    transfer(ArenaKernel.UPLOAD_SLOT, 1, arena << DeviceMemory.PLACE_BITS);
  }

  /**
   * Takes a region.
   *
   * @throws ShapeException naming the need and what the device has
   */
  synchronized Extent take(long size) {
    releaseAbandoned();
    Extent extent = arenas.take(size);
    if (extent == null) {
      throw tooMuch(size);
    }
    return extent;
  }

  private ShapeException tooMuch(long size) {
    return new ShapeException(
        "The program needs (%d) MB. %s.%n  Maybe a smaller batch, or --backend cpu?"
            .formatted(mega(size), model.limits()));
  }

  /**
   * Moves a region to where it has room for more. Where there is no room for both at once, only its
   * first floats come along, by way of the host.
   *
   * @param kept how many those are
   * @throws ShapeException as {@link #take} does; then the region is as it was, perhaps elsewhere
   */
  synchronized void move(Region region, long size, int kept) {
    releaseAbandoned();
    Extent from = region.extent;
    Extent to = arenas.take(size);
    if (to == null) {
      moveByHost(region, size, kept);
      return;
    }
    Code copy = new Code(Extent.NOWHERE, Pieces.ONE, 0);
    from.parts(from.size(), (at, part) -> LayoutSteps.copy(copy, from.at(at), to.at(at), part));
    run(copy);
    arenas.release(from);
    region.extent = to;
  }

  private void moveByHost(Region region, long size, int kept) {
    Extent from = region.extent;
    float[] values = new float[kept];
    from.parts(kept, (at, part) -> download(from.at(at), values, (int) at, part));
    arenas.release(from);
    Extent found = null;
    try {
      found = arenas.take(size);
    } finally {
      Extent to = found == null ? Objects.requireNonNull(arenas.take(from.size())) : found;
      to.parts(kept, (at, part) -> upload(values, (int) at, part, to.at(at)));
      region.extent = to;
    }
    if (found == null) {
      throw tooMuch(size);
    }
  }

  /** A region whose workspace is gone; called by any thread at any time. */
  void abandon(Extent extent) {
    abandoned.add(extent);
  }

  private void releaseAbandoned() {
    for (Extent extent = abandoned.poll(); extent != null; extent = abandoned.poll()) {
      arenas.release(extent);
    }
  }

  private void grow(int which, long floats) {
    int length = (int) Math.max(floats, model.firstFloats());
    if (which > 0 && !(kernel instanceof SeveralArenas)) {
      useSeveral();
    }
    if (which < arenas.count()) {
      fetch(which);
    }
    float[] now = kernel.arena(which);
    float[] larger;
    try {
      larger = Arrays.copyOf(now, length);
    } catch (OutOfMemoryError e) {
      throw new ShapeException(
          "The arena on %s needs (%d) MB of Java's memory too.%n  Maybe a larger -Xmx, a smaller batch, or --backend cpu?"
              .formatted(model.name(), mega(length)));
    }
    kernel.arena(which, larger);
    kernel.put(larger);
    mark(which);
  }

  private static long mega(long floats) {
    return floats * Float.BYTES >> 20;
  }

  /** Copies host values to a place of the arena. */
  synchronized void upload(float[] source, int from, int count, int place) {
    if (count <= SLOT) {
      System.arraycopy(source, from, kernel.slot, 0, count);
      kernel.put(kernel.slot);
      transfer(ArenaKernel.UPLOAD_SLOT, count, place);
      return;
    }
    for (int at = 0; at < count; ) {
      int part = Math.min(count - at, MOST_STAGED);
      ensureStage(part);
      System.arraycopy(source, from + at, kernel.stage, 0, part);
      kernel.put(kernel.stage);
      transfer(ArenaKernel.UPLOAD, part, place + at);
      at += part;
    }
  }

  /** Copies values of the arena to the host. */
  synchronized void download(int place, float[] target, int to, int count) {
    if (count <= SLOT) {
      transfer(ArenaKernel.DOWNLOAD_SLOT, count, place);
      kernel.get(kernel.slot);
      checkMarks(kernel.slot, count);
      System.arraycopy(kernel.slot, 0, target, to, count);
      return;
    }
    for (int at = 0; at < count; ) {
      int part = Math.min(count - at, MOST_STAGED);
      ensureStage(part + DeviceMemory.ARENAS);
      transfer(ArenaKernel.DOWNLOAD, part, place + at);
      kernel.get(kernel.stage);
      checkMarks(kernel.stage, part);
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

  private void checkMarks(float[] values, int from) {
    for (int k = 0; k < arenas.count(); k++) {
      check(values[from + k]);
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
  void run(Code code) {
    run(code, 0, code.passes());
  }

  /** Runs passes from..to−1 of a program. */
  synchronized void run(Code code, int from, int to) {
    if (from == to) {
      return;
    }
    if (loaded != code) {
      load(code);
    }
    kernel.transfer = 0;
    kernel.start = code.start() + from;
    passes += to - from;
    execute(to - from);
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
    Translation.run(() -> launch(count));
    translated = true;
  }

  /** Aparapi tells a failed device by an assertion or by an exception. */
  private void launch(int count) {
    try {
      kernel.execute(range, count);
    } catch (AssertionError | RuntimeException e) {
      failed = true;
      throw new DeviceException(
          "%s could not run the kernels (%s)"
              .formatted(model.name(), Translation.reason(kernel, translated, e)),
          e);
    }
  }

  /** Gives everything back; a second time does nothing. */
  @Override
  public synchronized void close() {
    // Without a translation there is nothing on the device, and disposing has crashed the process.
    if (!closed && translated) {
      kernel.dispose();
    }
    kernel = new ArenaKernel();
    closed = true;
  }
}
