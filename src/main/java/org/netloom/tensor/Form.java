package org.netloom.tensor;

import java.util.Arrays;

/** What stands for a recorded value in a program without repetition. */
sealed interface Form {
  /** The value, or its distinct part. */
  Value part();

  /** Which channels, places of the last side, are equal; {@link #part} has one of each. */
  Channels channels();

  /** The value with all its repetitions, recorded where there are any. */
  Value whole(Program program);

  /** A value whose places of the last side repeat. */
  static Form of(Value part, Channels channels) {
    return channels.repeat() ? new Mapped(part, channels) : new Plain(part);
  }

  /** A tensor that repeats a part of its first two sides, or of its only one. */
  static Form tiled(Value part, Shape shape) {
    if (part.shape().equals(shape)) {
      return new Plain(part);
    }
    return shape.rank() == 1
        ? of(part, Channels.periodic(shape.side(0), part.shape().side(0)))
        : new Tiled(part, shape);
  }

  /** Nothing repeats. */
  record Plain(Value part) implements Form {
    @Override
    public Channels channels() {
      return Channels.distinct(part.shape().side(-1));
    }

    @Override
    public Value whole(Program program) {
      return part;
    }
  }

  /** whole[.., c] = part[.., class of c]. */
  record Mapped(Value part, Channels channels) implements Form {
    @Override
    public Value whole(Program program) {
      return chosen(program, part, -1, channels.all());
    }
  }

  /** whole[o, i, ..] = part[o mod s₀, i mod s₁, ..]. */
  record Tiled(Value part, Shape shape) implements Form {
    @Override
    public Channels channels() {
      return Channels.distinct(shape.side(-1));
    }

    @Override
    public Value whole(Program program) {
      Value wide = chosen(program, part, 1, periodic(shape.side(1), part.shape().side(1)));
      return chosen(program, wide, 0, periodic(shape.side(0), part.shape().side(0)));
    }

    private static int[] periodic(int length, int period) {
      int[] places = new int[length];
      Arrays.setAll(places, i -> i % period);
      return places;
    }
  }

  /** The given places of a side, which may repeat; −1 is the last side. */
  static Value chosen(Program program, Value x, int side, int... places) {
    int at = side < 0 ? x.shape().rank() + side : side;
    return summed(program, x, at, Sums.select(x.shape().side(at), places));
  }

  /** Sums along a side. */
  static Value summed(Program program, Value x, int side, Sums sums) {
    return sums.changeNothing() ? x : program.apply(new Layout.SumAlong(side, sums), x);
  }
}
