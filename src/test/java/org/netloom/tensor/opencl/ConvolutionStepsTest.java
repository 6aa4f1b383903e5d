package org.netloom.tensor.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.netloom.tensor.ConvolutionGeometry;

/** Which terms of a convolution's sums are read in one go. */
class ConvolutionStepsTest {

  @Test
  void tapsOfOneRowOfTheFilterAreOneRun() {
    assertThat(run(3, 1, 1)).isEqualTo(new Products.Run(3 * 6, 1, 1, 6));
    assertThat(run(5, 1, 1)).isEqualTo(new Products.Run(5 * 6, 1, 1, 6));
  }

  @Test
  void tapsThatAreNotNeighboursAreARunEach() {
    Products.Run single = new Products.Run(6, 1, 0, 1);
    assertThat(run(1, 1, 1)).isEqualTo(single);
    assertThat(run(3, 2, 1)).isEqualTo(single);
  }

  @Test
  void aGroupsChannelsAreARunForEachTap() {
    assertThat(run(3, 1, 2)).isEqualTo(new Products.Run(3, 1, 0, 1));
  }

  /** A convolution of six channels. */
  private static Products.Run run(int kernel, int dilation, int groups) {
    ConvolutionGeometry g =
        ConvolutionGeometry.square(
            2, 9, 9, 6, 4, kernel, 1, kernel / 2 * dilation, dilation, groups);
    return ConvolutionSteps.run(g, ConvolutionSteps.taps(g), g.groupInputs());
  }
}
