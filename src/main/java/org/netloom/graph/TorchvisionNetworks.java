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
      case "swin_t" -> new SwinBuilder(a, List.of(2, 2, 6, 2), 96).build();
      case "vgg11" -> vgg(a, List.of(1, 1, 2, 2, 2), false);
      case "vgg13" -> vgg(a, List.of(2, 2, 2, 2, 2), false);
      case "vgg16" -> vgg(a, List.of(2, 2, 3, 3, 3), false);
      case "vgg19" -> vgg(a, List.of(2, 2, 4, 4, 4), false);
      case "vgg11_bn" -> vgg(a, List.of(1, 1, 2, 2, 2), true);
      case "vgg13_bn" -> vgg(a, List.of(2, 2, 2, 2, 2), true);
      case "vgg16_bn" -> vgg(a, List.of(2, 2, 3, 3, 3), true);
      case "vgg19_bn" -> vgg(a, List.of(2, 2, 4, 4, 4), true);
      case "vit_b_16" -> new VisionTransformerBuilder(a).build();
      case "convnext_tiny" -> new ConvNeXtBuilder(a, List.of(3, 3, 9, 3), 96).build();
      case "densenet121" -> densenet(a, List.of(6, 12, 24, 16), 32, 64);
      case "densenet161" -> densenet(a, List.of(6, 12, 36, 24), 48, 96);
      case "densenet169" -> densenet(a, List.of(6, 12, 32, 32), 32, 64);
      case "densenet201" -> densenet(a, List.of(6, 12, 48, 32), 32, 64);
      case "mobilenet_v2" -> new MobileNetV2Builder(a).build();
      case "mobilenet_v3_large" -> new MobileNetV3Builder(a, true).build();
      case "mobilenet_v3_small" -> new MobileNetV3Builder(a, false).build();
      case "efficientnet_b0" -> new EfficientNetBuilder(a, 0).build();
      case "efficientnet_b1" -> new EfficientNetBuilder(a, 1).build();
      case "efficientnet_b2" -> new EfficientNetBuilder(a, 2).build();
      case "efficientnet_b3" -> new EfficientNetBuilder(a, 3).build();
      case "efficientnet_b4" -> new EfficientNetBuilder(a, 4).build();
      case "efficientnet_b5" -> new EfficientNetBuilder(a, 5).build();
      case "efficientnet_b6" -> new EfficientNetBuilder(a, 6).build();
      case "efficientnet_b7" -> new EfficientNetBuilder(a, 7).build();
      case "googlenet" -> new GoogLeNetBuilder(a).build();
      case "inception_v3" -> new InceptionV3Builder(a).build();
      case "mnasnet0_5" -> new MnasNetBuilder(a, 0.5).build();
      case "mnasnet0_75" -> new MnasNetBuilder(a, 0.75).build();
      case "mnasnet1_0" -> new MnasNetBuilder(a, 1.0).build();
      case "mnasnet1_3" -> new MnasNetBuilder(a, 1.3).build();
      case "regnet_x_400mf" -> regnet(a, 22, 24, 24.48, 2.54, 16);
      case "regnet_x_800mf" -> regnet(a, 16, 56, 35.73, 2.28, 16);
      case "regnet_x_1_6gf" -> regnet(a, 18, 80, 34.01, 2.25, 24);
      case "regnet_x_3_2gf" -> regnet(a, 25, 88, 26.31, 2.25, 48);
      case "regnet_x_8gf" -> regnet(a, 23, 80, 49.56, 2.88, 120);
      case "regnet_x_16gf" -> regnet(a, 22, 216, 55.59, 2.1, 128);
      case "regnet_x_32gf" -> regnet(a, 23, 320, 69.86, 2.0, 168);
      case "regnet_y_400mf" -> regnet(a, 16, 48, 27.89, 2.09, 8);
      case "regnet_y_800mf" -> regnet(a, 14, 56, 38.84, 2.4, 16);
      case "regnet_y_1_6gf" -> regnet(a, 27, 48, 20.71, 2.65, 24);
      case "regnet_y_3_2gf" -> regnet(a, 21, 80, 42.63, 2.66, 24);
      case "regnet_y_8gf" -> regnet(a, 17, 192, 76.82, 2.19, 56);
      case "regnet_y_16gf" -> regnet(a, 18, 200, 106.23, 2.48, 112);
      case "regnet_y_32gf" -> regnet(a, 20, 232, 115.89, 2.53, 232);
      case "shufflenet_v2_x0_5" -> new ShuffleNetV2Builder(a, 48, 1024).build();
      case "shufflenet_v2_x1_0" -> new ShuffleNetV2Builder(a, 116, 1024).build();
      case "shufflenet_v2_x1_5" -> new ShuffleNetV2Builder(a, 176, 1024).build();
      case "shufflenet_v2_x2_0" -> new ShuffleNetV2Builder(a, 244, 2048).build();
      case "squeezenet1_0" -> new SqueezeNetBuilder(a, false).build();
      case "squeezenet1_1" -> new SqueezeNetBuilder(a, true).build();
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

  private static ComputationalGraph regnet(
      PresetArchitecture a, int depth, int start, double slope, double step, int groupWidth) {
    boolean squeeze = a.name().startsWith("regnet_y");
    return new RegNetBuilder(a, depth, start, slope, step, groupWidth, squeeze).build();
  }
}
