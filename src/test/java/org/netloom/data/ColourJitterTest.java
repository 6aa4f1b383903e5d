package org.netloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.netloom.data.ColourJitter.Change;

/**
 * Expected values are those of torchvision 0.14's functional.adjust_brightness, adjust_contrast,
 * adjust_saturation and adjust_hue on the same eight pixels as floats.
 */
class ColourJitterTest {
  private static final Offset<Float> CLOSE = within(2e-6f);

  /** Eight pixels: colours with each channel as the largest one, a red, grey, black and white. */
  private static final int[] PIXELS = {
    0, 53, 106, 91, 144, 197, 182, 235, 32, 17, 70, 123, 250, 40, 40, 100, 100, 100, 0, 0, 0, 255,
    255, 255
  };

  private static float[] image() {
    float[] image = new float[PIXELS.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = PIXELS[i] / 255f;
    }
    return image;
  }

  private static float[] after(Change change, float amount) {
    float[] image = image();
    change.apply(amount, image, 0, image.length);
    return image;
  }

  @Test
  void brightnessIsAFactor() {
    assertImage(
        after(Change.BRIGHTNESS, 1.3f),
        0.000000f,
        0.270196f,
        0.540392f,
        0.463922f,
        0.734118f,
        1.000000f,
        0.927843f,
        1.000000f,
        0.163137f,
        0.086667f,
        0.356863f,
        0.627059f,
        1.000000f,
        0.203922f,
        0.203922f,
        0.509804f,
        0.509804f,
        0.509804f,
        0.000000f,
        0.000000f,
        0.000000f,
        1.000000f,
        1.000000f,
        1.000000f);
    assertImage(
        after(Change.BRIGHTNESS, 0.7f),
        0.000000f,
        0.145490f,
        0.290980f,
        0.249804f,
        0.395294f,
        0.540784f,
        0.499608f,
        0.645098f,
        0.087843f,
        0.046667f,
        0.192157f,
        0.337647f,
        0.686275f,
        0.109804f,
        0.109804f,
        0.274510f,
        0.274510f,
        0.274510f,
        0.000000f,
        0.000000f,
        0.000000f,
        0.700000f,
        0.700000f,
        0.700000f);
  }

  @Test
  void contrastIsTheDistanceFromTheMeanGrey() {
    assertImage(
        after(Change.CONTRAST, 0.7f),
        0.131073f,
        0.276563f,
        0.422053f,
        0.380877f,
        0.526367f,
        0.671857f,
        0.630681f,
        0.776171f,
        0.218916f,
        0.177740f,
        0.323230f,
        0.468720f,
        0.817348f,
        0.240877f,
        0.240877f,
        0.405583f,
        0.405583f,
        0.405583f,
        0.131073f,
        0.131073f,
        0.131073f,
        0.831073f,
        0.831073f,
        0.831073f);
    assertImage(
        after(Change.CONTRAST, 1.4f),
        0.000000f,
        0.116216f,
        0.407197f,
        0.324844f,
        0.615824f,
        0.906805f,
        0.824452f,
        1.000000f,
        0.000922f,
        0.000000f,
        0.209550f,
        0.500530f,
        1.000000f,
        0.044844f,
        0.044844f,
        0.374256f,
        0.374256f,
        0.374256f,
        0.000000f,
        0.000000f,
        0.000000f,
        1.000000f,
        1.000000f,
        1.000000f);
  }

  @Test
  void saturationIsTheDistanceFromThePixelsGrey() {
    assertImage(
        after(Change.SATURATION, 0.6f),
        0.067757f,
        0.192463f,
        0.317169f,
        0.424605f,
        0.549311f,
        0.674017f,
        0.735675f,
        0.860381f,
        0.382734f,
        0.134421f,
        0.259127f,
        0.383833f,
        0.749435f,
        0.255318f,
        0.255318f,
        0.392141f,
        0.392141f,
        0.392141f,
        0.000000f,
        0.000000f,
        0.000000f,
        0.999960f,
        0.999960f,
        0.999960f);
    assertImage(
        after(Change.SATURATION, 1.4f),
        0.000000f,
        0.223224f,
        0.514204f,
        0.289120f,
        0.580101f,
        0.871081f,
        0.691776f,
        0.982756f,
        0.000000f,
        0.000000f,
        0.289893f,
        0.580873f,
        1.000000f,
        0.058408f,
        0.058408f,
        0.392173f,
        0.392173f,
        0.392173f,
        0.000000f,
        0.000000f,
        0.000000f,
        1.000000f,
        1.000000f,
        1.000000f);
  }

  @Test
  void huesTurnAndGreysStay() {
    assertImage(
        after(Change.HUE, -0.15f),
        0.000000f,
        0.415686f,
        0.249412f,
        0.356863f,
        0.772549f,
        0.606274f,
        0.921569f,
        0.412941f,
        0.125490f,
        0.066667f,
        0.482353f,
        0.316078f,
        0.980392f,
        0.156863f,
        0.898039f,
        0.392157f,
        0.392157f,
        0.392157f,
        0.000000f,
        0.000000f,
        0.000000f,
        1.000000f,
        1.000000f,
        1.000000f);
    assertImage(
        after(Change.HUE, 0.2f),
        0.290980f,
        0.000000f,
        0.415686f,
        0.647843f,
        0.356863f,
        0.772549f,
        0.125490f,
        0.921569f,
        0.492549f,
        0.357647f,
        0.066667f,
        0.482353f,
        0.815686f,
        0.980392f,
        0.156863f,
        0.392157f,
        0.392157f,
        0.392157f,
        0.000000f,
        0.000000f,
        0.000000f,
        1.000000f,
        1.000000f,
        1.000000f);
  }

  private static void assertImage(float[] image, float... expected) {
    assertThat(image).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(image[i]).as("value %d", i).isCloseTo(expected[i], CLOSE);
    }
  }

  @Test
  void onlyTheGivenPixelsChange() {
    for (Change change : Change.values()) {
      float[] image = image();
      change.apply(0.15f, image, 3, 6);
      assertThat(Arrays.copyOf(image, 3)).isEqualTo(Arrays.copyOf(image(), 3));
      assertThat(Arrays.copyOfRange(image, 6, 24)).isEqualTo(Arrays.copyOfRange(image(), 6, 24));
      assertThat(image).isNotEqualTo(image());
    }
  }

  @Test
  void anImageGetsAllFourChangesOneAfterTheOtherInItsOrder() {
    for (long decisions = 0; decisions < 50; decisions++) {
      float[] expected = image();
      Change[] order = order(decisions);
      for (Change change : order) {
        change.apply(change.amount(decisions), expected, 0, expected.length);
      }
      float[] image = image();
      ColourJitter.apply(decisions, image, 0, image.length);
      assertThat(image).isEqualTo(expected);
    }
  }

  @Test
  void allOrdersAreEquallyLikelyAndAmountsFillTheirRanges() {
    Map<String, Integer> orders = new HashMap<>();
    double[] sums = new double[4];
    float[] smallest = {9, 9, 9, 9};
    float[] largest = {-9, -9, -9, -9};
    int draws = 24_000;
    for (int image = 0; image < draws; image++) {
      long decisions = Bits.of(5, 1, image);
      orders.merge(Arrays.toString(order(decisions)), 1, Integer::sum);
      for (Change change : Change.values()) {
        float amount = change.amount(decisions);
        sums[change.ordinal()] += amount;
        smallest[change.ordinal()] = Math.min(smallest[change.ordinal()], amount);
        largest[change.ordinal()] = Math.max(largest[change.ordinal()], amount);
      }
    }
    assertThat(orders).hasSize(24);
    // 1000 each on average, with a deviation of 31
    assertThat(orders.values()).allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    for (Change change : Change.values()) {
      float middle = change == Change.HUE ? 0 : 1;
      float spread = change == Change.HUE ? 0.2f : 0.4f;
      int i = change.ordinal();
      assertThat(sums[i] / draws).isCloseTo(middle, within(0.01));
      assertThat(smallest[i]).isBetween(middle - spread, middle - 0.99f * spread);
      assertThat(largest[i]).isBetween(middle + 0.99f * spread, middle + spread);
    }
  }

  private static Change[] order(long decisions) {
    Change[] order = new Change[4];
    for (Change change : Change.values()) {
      order[change.place(decisions)] = change;
    }
    return order;
  }
}
