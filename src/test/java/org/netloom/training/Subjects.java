package org.netloom.training;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.data.Dataset;
import org.netloom.data.Datasets;
import org.netloom.data.ImageSet;
import org.netloom.data.Split;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;

/** Small networks and data sets that tests train on. */
public final class Subjects {
  private static final Dataset SHAPES = Datasets.open("shapes10");

  private Subjects() {}

  /** About a million multiply-accumulates for an image; batch norm, and dropout in its head. */
  public static Architecture smallArchitecture() {
    return architecture("\"bnorm\"", 2);
  }

  /** The graph of {@link #smallArchitecture}. */
  public static ComputationalGraph small() {
    return GraphBuilder.build(smallArchitecture());
  }

  /** The same network without batch norm. */
  public static ComputationalGraph withoutNorm() {
    return GraphBuilder.build(architecture("null", 2));
  }

  /** The same network with one linear layer as its head, and so without dropout. */
  public static ComputationalGraph withoutDropout() {
    return GraphBuilder.build(architecture("\"bnorm\"", 1));
  }

  private static Architecture architecture(String norm, int layers) {
    return ArchitectureReader.read(
            """
            {"kind":"deepnets1m","C":8,"n_cells":3,"ks":3,"norm":%s,"stem_type":0,\
            "stem_pool":true,"preproc":true,"C_mult":2,"fc_layers":%d,"fc_dim":64,"glob_avg":true,\
            "genotype":{"normal":[["dil_conv_3x3",0],["conv_1x1",1]],"normal_concat":[2],\
            "reduce":[["cse",0],["max_pool_3x3",1]],"reduce_concat":[2]},\
            "classes":10,"input":"3x32x32"}\
            """
                .formatted(norm, layers))
        .architecture();
  }

  /** The first images of each split of {@code shapes10}. */
  public static Dataset shapes(int train, int others) {
    Map<Split, ImageSet> splits = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      splits.put(split, SHAPES.split(split).first(split == Split.TRAIN ? train : others));
    }
    return new Part(SHAPES, splits);
  }

  private record Part(Dataset whole, Map<Split, ImageSet> splits) implements Dataset {
    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public List<String> classNames() {
      return whole.classNames();
    }

    @Override
    public int channels() {
      return whole.channels();
    }

    @Override
    public int height() {
      return whole.height();
    }

    @Override
    public int width() {
      return whole.width();
    }

    @Override
    public ImageSet split(Split split) {
      ImageSet images = splits.get(split);
      if (images == null) {
        throw new IllegalArgumentException("There is no split %s.".formatted(split));
      }
      return images;
    }

    @Override
    public String sha256() {
      return "first %d of %s".formatted(split(Split.TRAIN).size(), whole.sha256());
    }
  }
}
