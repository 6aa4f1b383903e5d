package org.netloom.graph;

import java.util.List;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.architecture.Presets;
import org.netloom.config.InputException;

/**
 * Networks of the literature as torchvision defines them under the same names: same tensor names
 * and shapes, without auxiliary heads. Images of up to 64 pixels take the small-image form of each
 * family.
 */
final class TorchvisionNetworks {
  private TorchvisionNetworks() {}

  static ComputationalGraph build(PresetArchitecture a) {
    return switch (a.name()) {
      case "resnet18" -> resnet(a, List.of(2, 2, 2, 2), false, 1, 64);
      case "resnet34" -> resnet(a, List.of(3, 4, 6, 3), false, 1, 64);
      case "resnet50" -> resnet(a, List.of(3, 4, 6, 3), true, 1, 64);
      case "resnet101" -> resnet(a, List.of(3, 4, 23, 3), true, 1, 64);
      case "resnet152" -> resnet(a, List.of(3, 8, 36, 3), true, 1, 64);
      case "wide_resnet50_2" -> resnet(a, List.of(3, 4, 6, 3), true, 1, 128);
      case "wide_resnet101_2" -> resnet(a, List.of(3, 4, 23, 3), true, 1, 128);
      case "resnext50_32x4d" -> resnet(a, List.of(3, 4, 6, 3), true, 32, 4);
      case "resnext101_32x8d" -> resnet(a, List.of(3, 4, 23, 3), true, 32, 8);
      case "vgg11" -> vgg(a, List.of(1, 1, 2, 2, 2), false);
      case "vgg13" -> vgg(a, List.of(2, 2, 2, 2, 2), false);
      case "vgg16" -> vgg(a, List.of(2, 2, 3, 3, 3), false);
      case "vgg19" -> vgg(a, List.of(2, 2, 4, 4, 4), false);
      case "vgg11_bn" -> vgg(a, List.of(1, 1, 2, 2, 2), true);
      case "vgg13_bn" -> vgg(a, List.of(2, 2, 2, 2, 2), true);
      case "vgg16_bn" -> vgg(a, List.of(2, 2, 3, 3, 3), true);
      case "vgg19_bn" -> vgg(a, List.of(2, 2, 4, 4, 4), true);
      case "densenet121" -> densenet(a, List.of(6, 12, 24, 16), 32, 64);
      case "densenet161" -> densenet(a, List.of(6, 12, 36, 24), 48, 96);
      case "densenet169" -> densenet(a, List.of(6, 12, 32, 32), 32, 64);
      case "densenet201" -> densenet(a, List.of(6, 12, 48, 32), 32, 64);
      case "mobilenet_v2" -> new MobileNetV2Builder(a).build();
      case "mobilenet_v3_large" -> new MobileNetV3Builder(a, true).build();
      case "mobilenet_v3_small" -> new MobileNetV3Builder(a, false).build();
      default ->
          throw new InputException(
              "There is no preset ('%s').%n  Allowed: %s"
                  .formatted(a.name(), String.join(", ", Presets.NAMES)));
    };
  }

  private static ComputationalGraph resnet(
      PresetArchitecture a, List<Integer> depths, boolean bottleneck, int groups, int width) {
    return new ResNetBuilder(a, depths, bottleneck, groups, width).build();
  }

  private static ComputationalGraph vgg(
      PresetArchitecture a, List<Integer> depths, boolean batchNorm) {
    return new VggBuilder(a, depths, batchNorm).build();
  }

  private static ComputationalGraph densenet(
      PresetArchitecture a, List<Integer> depths, int growth, int stem) {
    return new DenseNetBuilder(a, depths, growth, stem).build();
  }
}
