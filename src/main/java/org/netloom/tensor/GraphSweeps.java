package org.netloom.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * One forward and one backward sweep of a gated graph network over a DAG (Zhang, Ren and Urtasun
 * 2018; with virtual edges Knyazev et al. 2021, equation 4).
 *
 * <p>m_v = Σ_{u: D=1} MLP(h_u) + Σ_{u: D≥1} MLP_ve(h_u)/D over the sources u of v (targets in the
 * backward sweep), h_v ← GRU(m_v, h_v), nodes in topological order (reversed in the backward
 * sweep), states updated in place. Without virtual edges the second sum is absent.
 */
public sealed interface GraphSweeps extends Operation {
  /** Number of weight tensors of one MLP or of the GRU. */
  int BLOCK = 4;

  GraphEdges edges();

  /** Whether MLP_ve is present. */
  boolean virtual();

  /**
   * (x [N,H], MLP: w1 [K,H], b1, w2 [H,K], b2; where virtual MLP_ve likewise; GRU: W_i [3H,H], W_h
   * [3H,H], b_i, b_h) → (h after the backward sweep [N,H], h after the forward sweep [N,H], tape).
   */
  record Forward(GraphEdges edges, boolean virtual) implements GraphSweeps {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shapes.count(this, inputs, 1 + BLOCK * (virtual ? 3 : 2));
      Shape x = inputs.getFirst();
      Shapes.check(x.rank() == 2 && x.side(0) == edges.nodes(), this, "needs NxH", inputs);
      int hidden = inputs.get(1).side(0) + (virtual ? inputs.get(1 + BLOCK).side(0) : 0);
      int tape = hidden + (virtual ? 2 : 1) * x.side(1) + 5 * x.side(1);
      return List.of(x, x, Shape.of(2, x.side(0), tape));
    }

    @Override
    public void backward(Application at, Gradients gradients) {
      List<Value> operands = new ArrayList<>(List.of(gradients.ofOutput(at)));
      operands.addAll(at.inputs());
      operands.addAll(at.outputs());
      List<Value> g =
          gradients
              .program()
              .applyAll(new Gradient(edges, virtual), operands.toArray(Value[]::new));
      for (int i = 0; i < g.size(); i++) {
        if (gradients.needs(at.in(i))) {
          gradients.add(at.in(i), g.get(i));
        }
      }
    }
  }

  /** (∂h, inputs.., outputs..) of {@link Forward} → gradients of all its inputs. */
  record Gradient(GraphEdges edges, boolean virtual) implements GraphSweeps {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      int count = 1 + BLOCK * (virtual ? 3 : 2);
      Shapes.count(this, inputs, 1 + count + 3);
      return inputs.subList(1, 1 + count);
    }
  }
}
