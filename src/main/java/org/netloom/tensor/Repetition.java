package org.netloom.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Rewrites a recorded forward pass so that what repeats is computed once. Kernels that are cut from
 * a smaller block repeat whole filters and, within filters, input channels ({@link Tile}):
 *
 * <ul>
 *   <li>A convolution has as many distinct output channels as there are distinct filters. What
 *       treats channels alike, such as batch norm with gains and offsets of the same period, keeps
 *       them equal, so that they are computed once there too.
 *   <li>Input channels that meet the same weights are summed before they are multiplied: Σ_i w[i
 *       mod s]·x[i] = Σ_j w[j]·Σ_{i ≡ j} x[i]. Where channels are equal, their weights are summed
 *       instead.
 *   <li>What needs all channels gets copies.
 * </ul>
 *
 * <p>Copies are equal bit by bit, sums up to rounding. The gradients of the rewritten program are
 * those of the recorded one, and as short.
 */
public final class Repetition {
  private final Program program = new Program();
  private final DistinctFilters filters = new DistinctFilters(program);
  private final Map<Integer, Form> forms = new HashMap<>();
  private final Map<Integer, Value> wholes = new HashMap<>();

  private Repetition() {}

  /**
   * Rewrites a program.
   *
   * @param parts what stands for inputs that repeat: records into the rewritten program a value p
   *     with input[o, i, ..] = p[o mod s₀, i mod s₁, ..], where p has the input's sides but for the
   *     first two
   */
  public static Repetition of(Program recorded, Map<Value, Function<Program, Value>> parts) {
    Repetition repetition = new Repetition();
    Program program = repetition.program;
    recorded
        .variables()
        .forEach((variable, value) -> repetition.plain(value, program.variable(variable)));
    for (Value value : recorded.values()) {
      Function<Program, Value> part = parts.get(value);
      if (part != null) {
        repetition.forms.put(value.id(), Form.tiled(part.apply(program), value.shape()));
      } else if (value.kind() == Value.Kind.INPUT) {
        repetition.plain(value, program.input(value.name(), value.shape()));
      }
    }
    recorded.applications().forEach(repetition::rewrite);
    return repetition;
  }

  /** The rewritten program, which has no outputs yet. */
  public Program program() {
    return program;
  }

  /** The value that equals one of the recorded program. */
  public Value whole(Value recorded) {
    return wholes.computeIfAbsent(recorded.id(), id -> form(recorded).whole(program));
  }

  /** The distinct part of a tensor that was cut from a block, in the sense of {@link #of}. */
  public Value part(Value recorded) {
    return form(recorded).part();
  }

  private void plain(Value recorded, Value value) {
    forms.put(recorded.id(), new Form.Plain(value));
  }

  private Form form(Value recorded) {
    Form form = forms.get(recorded.id());
    if (form == null) {
      throw new IllegalArgumentException("Value %s is of another program.".formatted(recorded));
    }
    return form;
  }

  private void rewrite(Application at) {
    switch (at.operation()) {
      case Layout.Tiles op -> tiles(at, op);
      case Convolution.Forward op -> put(at, filters.convolve(op, form(at.in(0)), form(at.in(1))));
      case Matrix.Product op when !op.transposeA() && op.transposeB() ->
          put(at, filters.multiply(op, form(at.in(0)), form(at.in(1))));
      case Normalisation.BatchNorm op -> together(at);
      case Normalisation.FixedNorm op -> together(at);
      case Normalisation.LayerNorm op -> layerNorm(at);
      case Attention.Forward op when at.inputs().size() == 1 -> attention(at, op);
      case Elementwise.Add op -> together(at);
      case Elementwise.ChannelScale op when keepsChannels(at.in(0), at.in(1)) -> together(at);
      case Elementwise.AddRepeated op when keepsChannels(at.in(0), at.in(1)) -> together(at);
      case Elementwise.Apply op -> first(at, op);
      case Elementwise.Scale op -> first(at, op);
      case Elementwise.DropPath op -> first(at, op);
      case Pooling.Max op -> first(at, op);
      case Pooling.Average op -> first(at, op);
      case Pooling.Adaptive op -> first(at, op);
      case Layout.Subsample op -> first(at, op);
      case Layout.Reshape op -> reshape(at, op);
      case Layout.Transpose op -> transpose(at, op);
      case Layout.Concat op -> concat(at, op);
      default -> unchanged(at);
    }
  }

  private void put(Application at, Form result) {
    forms.put(at.out(0).id(), result);
  }

  /** What knows nothing of repetition reads all channels. */
  private void unchanged(Application at) {
    Value[] inputs = at.inputs().stream().map(this::whole).toArray(Value[]::new);
    List<Value> results = program.applyAll(at.operation(), inputs);
    for (int i = 0; i < results.size(); i++) {
      plain(at.out(i), results.get(i));
    }
  }

  /** Cuts the distinct parts only. */
  private void tiles(Application at, Layout.Tiles op) {
    List<Tile> parts = op.tiles().stream().map(Tile::distinct).toList();
    List<Value> results = program.applyAll(new Layout.Tiles(parts), whole(at.in(0)));
    for (int t = 0; t < parts.size(); t++) {
      forms.put(at.out(t).id(), Form.tiled(results.get(t), at.out(t).shape()));
    }
  }

  /** Channels stay equal that are equal in all operands. */
  private void together(Application at) {
    List<Form> in = at.inputs().stream().map(this::form).toList();
    if (in.stream().noneMatch(Form.Mapped.class::isInstance)) {
      unchanged(at);
      return;
    }
    Channels common = common(in);
    List<Value> results = refined(at.operation(), in, common);
    for (int i = 0; i < results.size(); i++) {
      forms.put(at.out(i).id(), Form.of(results.get(i), common));
    }
  }

  /** Means over all channels are those over one of each class if each has as many. */
  private void layerNorm(Application at) {
    List<Form> in = at.inputs().stream().map(this::form).toList();
    Channels common = common(in);
    if (!(in.getFirst() instanceof Form.Mapped) || !common.even()) {
      unchanged(at);
      return;
    }
    List<Value> results = refined(at.operation(), in, common);
    put(at, Form.of(results.get(0), common));
    plain(at.out(1), results.get(1));
    plain(at.out(2), results.get(2));
  }

  private void attention(Application at, Attention.Forward op) {
    Form qkv = form(at.in(0));
    if (!(qkv instanceof Form.Mapped)) {
      unchanged(at);
      return;
    }
    DistinctHeads.Result result = DistinctHeads.of(op, qkv.channels()).record(program, qkv.part());
    put(at, result.y());
    plain(at.out(1), result.probabilities());
  }

  private static Channels common(List<Form> in) {
    return Channels.common(in.stream().map(Form::channels).toList());
  }

  private List<Value> refined(Operation operation, List<Form> in, Channels finer) {
    Value[] operands = in.stream().map(form -> refined(form, finer)).toArray(Value[]::new);
    return program.applyAll(operation, operands);
  }

  /** One channel of each class of a finer division. */
  private Value refined(Form form, Channels finer) {
    if (form instanceof Form.Tiled) {
      return form.whole(program);
    }
    Channels own = form.channels();
    int[] members = finer.members();
    for (int i = 0; i < members.length; i++) {
      members[i] = own.of(members[i]);
    }
    return Form.chosen(program, form.part(), -1, members);
  }

  /** Channel by channel of the first operand; the others are no maps. */
  private void first(Application at, Operation operation) {
    Form x = form(at.in(0));
    if (!(x instanceof Form.Mapped)) {
      unchanged(at);
      return;
    }
    List<Value> inputs = new ArrayList<>(at.inputs().stream().skip(1).map(this::whole).toList());
    inputs.addFirst(x.part());
    put(at, Form.of(program.apply(operation, inputs.toArray(Value[]::new)), x.channels()));
  }

  private static boolean keepsChannels(Value x, Value y) {
    Shape from = x.shape();
    Shape to = y.shape();
    return from.rank() > 0 && to.rank() > 0 && from.side(-1) == to.side(-1);
  }

  private void reshape(Application at, Layout.Reshape op) {
    Form x = form(at.in(0));
    Shape shape = op.shape();
    if (x instanceof Form.Tiled(Value part, Shape whole)
        && shape.rank() > 2
        && shape.side(0) == whole.side(0)
        && shape.side(1) == whole.side(1)) {
      Shape sides = shape.with(0, part.shape().side(0)).with(1, part.shape().side(1));
      put(at, Form.tiled(program.apply(new Layout.Reshape(sides), part), shape));
    } else if (x instanceof Form.Mapped && keepsChannels(at.in(0), at.out(0))) {
      first(at, new Layout.Reshape(shape.withLast(x.channels().count())));
    } else {
      unchanged(at);
    }
  }

  /** The repeated rows [1, C, p] of a positional encoding become channels [1, p, C]. */
  private void transpose(Application at, Layout.Transpose op) {
    if (form(at.in(0)) instanceof Form.Tiled(Value part, Shape whole) && whole.side(0) == 1) {
      Channels channels = Channels.periodic(whole.side(1), part.shape().side(1));
      put(at, Form.of(program.apply(op, part), channels));
    } else {
      unchanged(at);
    }
  }

  private void concat(Application at, Layout.Concat op) {
    List<Form> in = at.inputs().stream().map(this::form).toList();
    if (in.stream().noneMatch(Form.Mapped.class::isInstance)) {
      unchanged(at);
      return;
    }
    Value[] parts = new Value[in.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = in.get(i) instanceof Form.Mapped mapped ? mapped.part() : whole(at.in(i));
    }
    Channels channels = Channels.concat(in.stream().map(Form::channels).toList());
    put(at, Form.of(program.apply(op, parts), channels));
  }
}
