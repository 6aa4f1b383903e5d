package org.netloom.tensor.opencl;

/**
 * The kernels on up to four arrays, as Aparapi's have at most 2³¹ − 1 bytes. An operand's array is
 * chosen once for all its values. A class of its own, so that programs that need one array do not
 * pay for the choice.
 */
final class SeveralArenas extends ArenaKernel {
  float[] arena1 = new float[1];
  float[] arena2 = new float[1];
  float[] arena3 = new float[1];

  @Override
  float[] memory(int place) {
    float[] values = arena;
    int which = place >> PLACE_BITS;
    if (which == 1) {
      values = arena1;
    } else if (which == 2) {
      values = arena2;
    } else if (which == 3) {
      values = arena3;
    }
    return values;
  }

  @Override
  int inside(int place) {
    return place & (1 << PLACE_BITS) - 1;
  }

  @Override
  float[] arena(int which) {
    return switch (which) {
      case 0 -> arena;
      case 1 -> arena1;
      case 2 -> arena2;
      default -> arena3;
    };
  }

  @Override
  void arena(int which, float[] values) {
    switch (which) {
      case 0 -> arena = values;
      case 1 -> arena1 = values;
      case 2 -> arena2 = values;
      default -> arena3 = values;
    }
  }
}
