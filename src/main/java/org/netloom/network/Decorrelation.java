package org.netloom.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.ParameterSpec;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

/**
 * What makes predicted weights, whose filters repeat, a better start of SGD (Knyazev, "Pretraining
 * a neural network before knowing its architecture", 2022): noise that tells filters apart, and
 * orthogonal filters. Each weight of a convolution or linear layer is seen as the tall one of the
 * matrix (out, rest) and its transpose. The last such layer is left as it is.
 *
 * @param noise β ≥ 0: β·s·N(0, 1) is added, where s is the standard deviation of all entries of the
 *     correlation matrix of the tall matrix's rows; a row of equal values correlates with nothing
 * @param orthogonal whether the weight is replaced by Q of its QR decomposition, each column with
 *     the sign that makes R's diagonal positive
 * @param from the first layer that is changed, counted from 1 in the order of the network
 * @param above only weights with more input or more output channels than this are changed
 * @param seed of the noise
 */
public record Decorrelation(float noise, boolean orthogonal, int from, int above, long seed) {
  /** Checks the ranges. */
  public Decorrelation {
    if (!(noise >= 0) || Float.isInfinite(noise)) {
      throw new IllegalArgumentException("noise (%s) must be 0 or more.".formatted(noise));
    }
    if (from < 1 || above < 0) {
      throw new IllegalArgumentException(
          "from (%d) must be at least 1 and above (%d) at least 0.".formatted(from, above));
    }
  }

  /** The same changes with noise of another seed. */
  public Decorrelation withSeed(long seed) {
    return new Decorrelation(noise, orthogonal, from, above, seed);
  }

  /** The parameters with the weights of the chosen layers changed. */
  public Parameters apply(ComputationalGraph graph, Parameters parameters) {
    SequencedMap<String, Tensor> changed = new LinkedHashMap<>();
    List<ParameterSpec> weights =
        graph.nodes().stream().filter(Decorrelation::hasWeight).map(Decorrelation::weight).toList();
    for (int layer = from; layer < weights.size(); layer++) {
      ParameterSpec spec = weights.get(layer - 1);
      boolean large = Math.max(spec.shape().get(0), spec.shape().get(1)) > above;
      if (large && parameters.has(spec.name())) {
        changed.put(spec.name(), change(spec, parameters.require(spec.name(), spec.shape())));
      }
    }
    return parameters.with(changed);
  }

  /** Number of convolutions and linear layers. */
  public static int layers(ComputationalGraph graph) {
    return (int) graph.nodes().stream().filter(Decorrelation::hasWeight).count();
  }

  private static boolean hasWeight(Node node) {
    return node.operator() instanceof Operator.Convolution
        || node.operator() instanceof Operator.Linear;
  }

  private static ParameterSpec weight(Node node) {
    return node.parameters().getFirst();
  }

  private Tensor change(ParameterSpec spec, Tensor weight) {
    Shape shape = weight.shape();
    int out = shape.side(0);
    DMatrixRMaj matrix = new DMatrixRMaj(out, shape.size() / out);
    for (int i = 0; i < matrix.data.length; i++) {
      matrix.data[i] = weight.data()[i];
    }
    boolean wide = matrix.numRows < matrix.numCols;
    if (wide) {
      CommonOps_DDRM.transpose(matrix);
    }
    if (noise > 0) {
      addNoise(matrix, RandomStreams.of(seed, spec.name()));
    }
    DMatrixRMaj result = orthogonal ? orthogonalised(matrix) : matrix;
    if (wide) {
      CommonOps_DDRM.transpose(result);
    }
    float[] values = new float[result.data.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) result.data[i];
    }
    return new Tensor(shape, values);
  }

  private void addNoise(DMatrixRMaj tall, SplittableRandom random) {
    float[] numbers = new float[tall.getNumElements()];
    RandomStreams.normal(numbers, noise * correlationDeviation(tall), random);
    for (int i = 0; i < numbers.length; i++) {
      tall.data[i] += numbers[i];
    }
  }

  /**
   * The standard deviation (n − 1) of all entries of the rows' correlation matrix R = Z·Zᵀ, where a
   * row of Z is a centred row over its norm. R is never formed: the sum of its entries is |Σ z|²,
   * the sum of their squares that of Zᵀ·Z.
   */
  static double correlationDeviation(DMatrixRMaj tall) {
    int rows = tall.numRows;
    int columns = tall.numCols;
    DMatrixRMaj z = new DMatrixRMaj(rows, columns);
    double[] sums = new double[columns];
    for (int i = 0; i < rows; i++) {
      double mean = 0;
      for (int j = 0; j < columns; j++) {
        mean += tall.get(i, j) / columns;
      }
      double square = 0;
      for (int j = 0; j < columns; j++) {
        double centred = tall.get(i, j) - mean;
        square += centred * centred;
      }
      for (int j = 0; j < columns && square > 0; j++) {
        z.set(i, j, (tall.get(i, j) - mean) / StrictMath.sqrt(square));
        sums[j] += z.get(i, j);
      }
    }
    DMatrixRMaj inner = new DMatrixRMaj(columns, columns);
    CommonOps_DDRM.multInner(z, inner);
    double total = 0;
    for (double sum : sums) {
      total += sum * sum;
    }
    double squares = 0;
    for (double value : inner.data) {
      squares += value * value;
    }
    double count = (double) rows * rows;
    return StrictMath.sqrt(Math.max(0, squares - total * total / count) / Math.max(1, count - 1));
  }

  /** Q [rows, columns] of a tall matrix, its columns with the signs of R's diagonal. */
  static DMatrixRMaj orthogonalised(DMatrixRMaj tall) {
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(tall.numRows, tall.numCols);
    if (!qr.decompose(tall.copy())) {
      throw new IllegalArgumentException("The weight has no QR decomposition.");
    }
    DMatrixRMaj q = qr.getQ(null, true);
    DMatrixRMaj r = qr.getR(null, true);
    for (int j = 0; j < q.numCols; j++) {
      if (r.get(j, j) < 0) {
        for (int i = 0; i < q.numRows; i++) {
          q.set(i, j, -q.get(i, j));
        }
      }
    }
    return q;
  }
}
