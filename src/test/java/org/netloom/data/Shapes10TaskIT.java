package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That {@code shapes10} is a real task: pixels alone do not tell the classes apart. */
class Shapes10TaskIT {
  private static final int BATCH = 50;
  private static final int EPOCHS = 10;

  @Test
  void logisticRegressionOnPixelsStaysBelowFortyPercent() {
    Dataset shapes = Datasets.open("shapes10");
    ImageSet train = shapes.split(Split.TRAIN);
    Normalisation normalisation = Normalisation.of(train);

    SoftmaxRegression model = new SoftmaxRegression(train.imageBytes(), train.classes());
    model.train(Batches.of(train, normalisation), train.imageBytes());

    double fitted = model.accuracy(train, normalisation);
    double test = model.accuracy(shapes.split(Split.TEST), normalisation);
    assertThat(fitted).as("training accuracy: the model must have learned").isGreaterThan(0.15);
    assertThat(test).as("test accuracy").isLessThan(0.40);
  }

  /** Multinomial logistic regression trained by SGD; weights [class][pixel], the bias last. */
  private static final class SoftmaxRegression {
    private final float[][] weights;

    SoftmaxRegression(int pixels, int classes) {
      this.weights = new float[classes][pixels + 1];
    }

    void train(Batches batches, int imageBytes) {
      float[] pixels = new float[BATCH * imageBytes];
      float[] labels = new float[BATCH];
      double[] probabilities = new double[weights.length];
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        int[] order = Batches.permutation(batches.size(), 1, epoch);
        float rate = 2e-4f * (EPOCHS - epoch) / EPOCHS;
        for (int from = 0; from + BATCH <= order.length; from += BATCH) {
          batches.fill(order, from, from + BATCH, epoch, pixels, labels);
          for (int i = 0; i < BATCH; i++) {
            step(pixels, i * imageBytes, imageBytes, (int) labels[i], rate, probabilities);
          }
        }
      }
    }

    private void step(
        float[] x, int from, int length, int label, float rate, double[] probabilities) {
      softmax(x, from, length, probabilities);
      for (int k = 0; k < weights.length; k++) {
        float move = rate * (float) ((k == label ? 1 : 0) - probabilities[k]);
        float[] row = weights[k];
        for (int j = 0; j < length; j++) {
          row[j] += move * x[from + j];
        }
        row[length] += move;
      }
    }

    private void softmax(float[] x, int from, int length, double[] probabilities) {
      double max = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < weights.length; k++) {
        float[] row = weights[k];
        float sum = row[length];
        for (int j = 0; j < length; j++) {
          sum += row[j] * x[from + j];
        }
        probabilities[k] = sum;
        max = Math.max(max, sum);
      }
      double total = 0;
      for (int k = 0; k < probabilities.length; k++) {
        probabilities[k] = Math.exp(probabilities[k] - max);
        total += probabilities[k];
      }
      for (int k = 0; k < probabilities.length; k++) {
        probabilities[k] /= total;
      }
    }

    double accuracy(ImageSet images, Normalisation normalisation) {
      Batches batches = Batches.of(images, normalisation);
      float[] pixels = new float[images.imageBytes()];
      float[] label = new float[1];
      double[] probabilities = new double[weights.length];
      int right = 0;
      for (int i = 0; i < images.size(); i++) {
        batches.fill(i, i + 1, pixels, label);
        softmax(pixels, 0, pixels.length, probabilities);
        int best = 0;
        for (int k = 1; k < probabilities.length; k++) {
          best = probabilities[k] > probabilities[best] ? k : best;
        }
        right += best == images.label(i) ? 1 : 0;
      }
      return (double) right / images.size();
    }
  }
}
