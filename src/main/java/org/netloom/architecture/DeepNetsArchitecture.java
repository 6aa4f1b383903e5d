package org.netloom.architecture;

/**
 * A network of the DeepNets-1M family (Knyazev et al. 2021): a stem, a stack of normal and
 * reduction cells, a head. The fields are the family's arguments under their published meaning.
 *
 * @param channels C, the width of the first cells
 * @param stemKernel ks, the kernel side of the stem's first convolution
 * @param norm batch norm or nothing after convolutions
 * @param channelMultiplier C_mult, by which a reduction cell multiplies the width
 * @param fcLayers linear layers of the head, 1 or 2 (0 means 1)
 * @param fcDim hidden width of a two-layer head
 * @param globalAverage global average before the head, else flattening
 */
public record DeepNetsArchitecture(
    int channels,
    int cells,
    int stemKernel,
    Norm norm,
    int stemType,
    boolean stemPool,
    boolean preprocess,
    int channelMultiplier,
    int fcLayers,
    int fcDim,
    boolean globalAverage,
    Genotype genotype,
    int classes,
    InputShape input)
    implements Architecture {

  /** What follows a convolution. */
  public enum Norm {
    BATCH_NORM,
    NONE
  }

  /** Whether any edge is self-attention: such networks have a patch stem and never subsample. */
  public boolean isVit() {
    return genotype.uses(CellOperation.MSA);
  }

  @Override
  public DeepNetsArchitecture with(int classes, InputShape input) {
    return new DeepNetsArchitecture(
        channels,
        cells,
        stemKernel,
        norm,
        stemType,
        stemPool,
        preprocess,
        channelMultiplier,
        fcLayers,
        fcDim,
        globalAverage,
        genotype,
        classes,
        input);
  }

  /** This network with other widths: its first channels and the hidden layer of its head. */
  public DeepNetsArchitecture widened(int channels, int fcDim) {
    return new DeepNetsArchitecture(
        channels,
        cells,
        stemKernel,
        norm,
        stemType,
        stemPool,
        preprocess,
        channelMultiplier,
        fcLayers,
        fcDim,
        globalAverage,
        genotype,
        classes,
        input);
  }

  @Override
  public String canonical() {
    return DeepNetsFormat.canonical(this);
  }
}
