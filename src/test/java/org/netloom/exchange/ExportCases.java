package org.netloom.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.CellOperation;
import org.netloom.architecture.DeepNetsArchitecture;
import org.netloom.architecture.DeepNetsArchitecture.Norm;
import org.netloom.architecture.Genotype;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;

/** Architectures that together use every operation, stem, head and size class. */
final class ExportCases {
  private ExportCases() {}

  static SequencedMap<String, Architecture> all() {
    SequencedMap<String, Architecture> all = new LinkedHashMap<>();
    for (CellOperation operation : CellOperation.values()) {
      all.put("op_" + operation.label(), of(operation, 0, false, InputShape.CIFAR));
      all.put("odd_" + operation.label(), of(operation, 1, true, new InputShape(3, 29, 35)));
    }
    all.put("large", of(CellOperation.SEP_CONV_5X5, 1, false, new InputShape(3, 75, 97)));
    all.put("large_vit", of(CellOperation.MSA, 0, false, new InputShape(3, 75, 97)));
    all.put("vit", new PresetArchitecture("vit", 10, InputShape.CIFAR));
    for (String preset :
        List.of("resnet18", "mobilenet_v2", "mobilenet_v3_small", "shufflenet_v2_x0_5")) {
      all.put(preset, new PresetArchitecture(preset, 10, InputShape.CIFAR));
    }
    Sampler sampler = new Sampler(everything());
    SplittableRandom random = new SplittableRandom(21);
    for (int i = 0; i < 12; i++) {
      all.put("sampled_" + i, sampler.sample(random));
    }
    return all;
  }

  /** Networks that torchvision has too, for images that take their full form. */
  static SequencedMap<String, Architecture> published() {
    SequencedMap<String, Architecture> all = new LinkedHashMap<>();
    for (String preset :
        List.of(
            "resnet18",
            "resnext50_32x4d",
            "densenet121",
            "mobilenet_v2",
            "mobilenet_v3_small",
            "mobilenet_v3_large",
            "efficientnet_b0",
            "mnasnet0_5",
            "regnet_y_400mf",
            "squeezenet1_1",
            "shufflenet_v2_x0_5",
            "googlenet",
            "inception_v3",
            "convnext_tiny",
            "swin_t")) {
      all.put(preset, new PresetArchitecture(preset, 10, new InputShape(3, 96, 80)));
    }
    all.put("vit_b_16", new PresetArchitecture("vit_b_16", 10, new InputShape(3, 96, 96)));
    return all;
  }

  /**
   * Three narrow cells; the odd ones flatten, have two linear layers, no norm and no preprocessing.
   */
  private static DeepNetsArchitecture of(
      CellOperation operation, int stemType, boolean odd, InputShape input) {
    boolean twoSteps = !odd;
    Genotype.Edge edge = new Genotype.Edge(operation, 1);
    Genotype.Edge other = new Genotype.Edge(CellOperation.CONV_3X3, 0);
    Genotype genotype =
        twoSteps
            ? new Genotype(
                List.of(edge, other, new Genotype.Edge(operation, 2), edge),
                List.of(2, 3),
                List.of(new Genotype.Edge(operation, 0), edge, edge, other),
                List.of(2, 3))
            : new Genotype(List.of(edge, other), List.of(2), List.of(other, edge), List.of(2));
    return new DeepNetsArchitecture(
        16,
        3,
        3,
        odd ? Norm.NONE : Norm.BATCH_NORM,
        stemType,
        stemType == 0,
        twoSteps,
        twoSteps ? 2 : 1,
        odd ? 2 : 1,
        24,
        !odd,
        genotype,
        7,
        input);
  }

  private static SearchSpace everything() {
    List<CellOperation> operations = List.of(CellOperation.values());
    return new SearchSpace(
        List.of(8, 16),
        List.of(3, 4),
        List.of(1, 2, 3),
        operations,
        operations,
        new SearchSpace.Stem(List.of(0, 1), List.of(3, 5), List.of(true, false)),
        List.of(1, 2),
        List.of(Norm.BATCH_NORM, Norm.NONE),
        List.of(true, false),
        SearchSpace.Concat.ANY,
        new SearchSpace.Head(List.of(1, 2), List.of(64), List.of(true, false)),
        10,
        InputShape.CIFAR);
  }
}
