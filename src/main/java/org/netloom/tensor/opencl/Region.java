package org.netloom.tensor.opencl;

/** What a workspace holds of the arenas; given back when the workspace is unreachable. */
final class Region implements Runnable {
  final ArenaDevice device;

  /** Where it is; the device moves it. */
  Extent extent;

  Region(ArenaDevice device, long size) {
    this.device = device;
    this.extent = device.take(Regions.aligned(size));
  }

  /** Makes room for more; the first {@code kept} floats stay. */
  void grow(long needed, int kept) {
    long slack = needed < device.pieces().floats() / 8 ? needed / 4 : 0;
    device.move(this, Regions.aligned(needed + slack), kept);
  }

  @Override
  public void run() {
    device.abandon(extent);
  }
}
