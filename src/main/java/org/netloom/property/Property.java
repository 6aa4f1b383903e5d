package org.netloom.property;

/**
 * A property that can be predicted.
 *
 * @param validation mean τ of the cross-validation that chose the hyper-parameters
 */
public record Property(
    Target target, HyperParameters chosen, double validation, SupportVectors regressor) {

  /** Number of networks that a prediction looks at. */
  public int supportVectors() {
    return regressor.coefficients().length;
  }

  /** The prediction for an embedding in the unit of the target, not rounded. */
  public double predict(float[] embedding) {
    return regressor.predict(embedding);
  }
}
