package org.netloom.property;

import java.util.ArrayList;
import java.util.List;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;

/**
 * Training of ε-support-vector regressors with an RBF kernel by libsvm (Chang and Lin 2011), on
 * parts of one table. Many threads may train at the same time: of what libsvm shares between
 * threads, its generator is used for probabilities alone, which are not asked for.
 */
final class SupportVectorRegression {
  /** libsvm's own tolerance of the stopping criterion. */
  private static final double TOLERANCE = 1e-3;

  private static final double CACHE_MEGABYTES = 100;

  static {
    svm.svm_set_print_string_function(text -> {}); // standard output belongs to results
  }

  private final List<float[]> rows;
  private final double[] targets;
  private final svm_node[][] nodes;

  /**
   * A table to train on.
   *
   * @param rows embeddings, all of one length
   * @param targets a finite number for each row
   */
  SupportVectorRegression(List<float[]> rows, double[] targets) {
    this.rows = rows;
    this.targets = targets;
    this.nodes = rows.stream().map(SupportVectorRegression::nodes).toArray(svm_node[][]::new);
  }

  private static svm_node[] nodes(float[] row) {
    svm_node[] nodes = new svm_node[row.length];
    for (int i = 0; i < row.length; i++) {
      nodes[i] = new svm_node();
      nodes[i].index = i + 1;
      nodes[i].value = row[i];
    }
    return nodes;
  }

  /** Trains on some rows, in the order given. */
  SupportVectors train(int[] members, HyperParameters chosen) {
    svm_problem problem = new svm_problem();
    problem.l = members.length;
    problem.x = new svm_node[members.length][];
    problem.y = new double[members.length];
    for (int i = 0; i < members.length; i++) {
      problem.x[i] = nodes[members[i]];
      problem.y[i] = targets[members[i]];
    }
    svm_parameter parameter = new svm_parameter();
    parameter.svm_type = svm_parameter.EPSILON_SVR;
    parameter.kernel_type = svm_parameter.RBF;
    parameter.C = chosen.c();
    parameter.gamma = chosen.gamma();
    parameter.p = chosen.epsilon();
    parameter.eps = TOLERANCE;
    parameter.cache_size = CACHE_MEGABYTES;
    parameter.shrinking = 1;
    svm_model model = svm.svm_train(problem, parameter);
    List<float[]> vectors = new ArrayList<>();
    for (int index : model.sv_indices) { // libsvm counts from 1
      vectors.add(rows.get(members[index - 1]));
    }
    return new SupportVectors(chosen.gamma(), vectors, model.sv_coef[0], -model.rho[0]);
  }

  /** f(x) of some rows. */
  double[] predict(SupportVectors trained, int[] members) {
    double[] predicted = new double[members.length];
    for (int i = 0; i < members.length; i++) {
      predicted[i] = trained.predict(rows.get(members[i]));
    }
    return predicted;
  }

  /** The targets of some rows. */
  double[] targets(int[] members) {
    double[] chosen = new double[members.length];
    for (int i = 0; i < members.length; i++) {
      chosen[i] = targets[members[i]];
    }
    return chosen;
  }
}
