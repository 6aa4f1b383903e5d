package org.netloom.architecture;

import java.util.List;
import java.util.stream.Stream;

/** Names of all networks of the literature that an ARCHITECTURE argument may name. */
public final class Presets {
  /** Networks that follow torchvision's definitions of the same names. */
  private static final List<String> TORCHVISION =
      List.of(
          "densenet121",
          "densenet161",
          "densenet169",
          "densenet201",
          "mobilenet_v2",
          "mobilenet_v3_large",
          "mobilenet_v3_small",
          "resnet101",
          "resnet152",
          "resnet18",
          "resnet34",
          "resnet50",
          "resnext101_32x8d",
          "resnext50_32x4d",
          "vgg11",
          "vgg11_bn",
          "vgg13",
          "vgg13_bn",
          "vgg16",
          "vgg16_bn",
          "vgg19",
          "vgg19_bn",
          "wide_resnet101_2",
          "wide_resnet50_2");

  /** The names, in alphabetical order. */
  public static final List<String> NAMES =
      Stream.concat(DeepNetsPresets.NAMES.stream(), TORCHVISION.stream()).sorted().toList();

  private Presets() {}
}
