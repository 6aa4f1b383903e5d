package org.netloom.tensor.opencl;

/** All kernels as one, because a buffer belongs to one Aparapi kernel and cannot be shared. */
class ArenaKernel extends UpdateKernels {

  ArenaKernel() {
    setExplicit(true);
  }

  /** Java threads only: a range for them alone does not keep Aparapi from OpenCL devices. */
  @SuppressWarnings("deprecation")
  void runInJava() {
    setExecutionMode(EXECUTION_MODE.JTP);
  }

  /** An arena by its number. */
  float[] arena(int which) {
    return arena;
  }

  /** Replaces an arena. */
  void arena(int which, float[] values) {
    arena = values;
  }

  @Override
  public void run() {
    if (transfer == 0) {
      int q = p[start + getPassId()];
      step(q, p[q]);
    } else {
      transfer();
    }
  }

  private void step(int q, int op) {
    if (op < Op.GATHER) {
      element(q, op);
    } else if (op < Op.MAXIMUM) {
      layout(q, op);
    } else if (op < Op.COLUMNS) {
      pooled(q, op);
    } else if (op < Op.PRODUCT) {
      reduced(q, op);
    } else if (op < Op.SOFTMAX) {
      multiplied(q, op);
    } else if (op < Op.SQUARES) {
      sequential(q, op);
    } else {
      updated(q, op);
    }
  }

  private void element(int q, int op) {
    if (op == Op.FILL) {
      fill(q);
    } else if (op == Op.APPLY) {
      applyRows(q);
    } else if (op == Op.APPLY_GRADIENT) {
      applyRowsGradient(q);
    } else if (op == Op.ADD) {
      addRows(q);
    } else if (op == Op.SCALE) {
      scale(q);
    } else if (op == Op.ADD_REPEATED) {
      addRepeated(q);
    } else if (op == Op.CHANNEL_SCALE) {
      channelScale(q);
    } else if (op == Op.DROPOUT) {
      dropout(q);
    } else if (op == Op.DROP_PATH) {
      dropPath(q);
    } else if (op == Op.BLEND) {
      blend(q);
    }
  }

  private void layout(int q, int op) {
    if (op == Op.GATHER) {
      move(q, 0);
    } else if (op == Op.SCATTER) {
      move(q, 1);
    } else if (op == Op.TILE) {
      tile(q);
    } else if (op == Op.TILE_GRADIENT) {
      tileGradient(q);
    } else if (op == Op.GATHER_ROWS) {
      gatherRows(q);
    } else if (op == Op.SCATTER_ROWS) {
      scatterRows(q);
    } else if (op == Op.SUM_ALONG) {
      sumAlong(q);
    }
  }

  private void pooled(int q, int op) {
    if (op == Op.MAXIMUM) {
      maxima(q, 0);
    } else if (op == Op.WHERE_MAXIMUM) {
      maxima(q, 1);
    } else if (op == Op.MAXIMUM_GRADIENT) {
      maximaGradient(q);
    } else if (op == Op.AVERAGE) {
      averages(q);
    } else if (op == Op.AVERAGE_GRADIENT) {
      averagesGradient(q);
    }
  }

  private void reduced(int q, int op) {
    if (op == Op.COLUMNS) {
      columnSums(q);
    } else if (op == Op.COMBINE) {
      combine(q);
    } else if (op == Op.NORMALISE) {
      normaliseRows(q);
    } else if (op == Op.NORMALISE_GRADIENT) {
      normaliseRowsGradient(q);
    } else if (op == Op.LAYER_NORM) {
      layerNorm(q);
    } else if (op == Op.LAYER_NORM_GRADIENT) {
      layerNormGradient(q);
    } else if (op == Op.TOTAL) {
      total(q);
    } else if (op == Op.CROSS_ENTROPY) {
      crossEntropy(q);
    } else if (op == Op.CROSS_ENTROPY_GRADIENT) {
      crossEntropyGradient(q);
    } else if (op == Op.IMAGE_DOTS) {
      imageDots(q);
    }
  }

  private void multiplied(int q, int op) {
    if (op == Op.PRODUCT) {
      if (spread != 0) {
        product(q);
      } else {
        rowProduct(q);
      }
    } else if (op == Op.PACK) {
      pack(q);
    } else if (op == Op.SUM_SLICES) {
      sumSlices(q);
    } else if (op == Op.DEPTHWISE) {
      depthwise(q, 0);
    } else if (op == Op.DEPTHWISE_INPUT_GRADIENT) {
      depthwise(q, 1);
    } else if (op == Op.DEPTHWISE_WEIGHT_GRADIENT) {
      depthwiseWeightGradient(q);
    }
  }

  private void sequential(int q, int op) {
    if (op == Op.SOFTMAX) {
      softmax(q);
    } else if (op == Op.SOFTMAX_GRADIENT) {
      softmaxGradient(q);
    } else if (op == Op.SWEEPS) {
      sweeps(q);
    } else if (op == Op.SWEEPS_GRADIENT) {
      sweepsGradient(q);
    }
  }

  private void updated(int q, int op) {
    if (op == Op.SQUARES) {
      squares(q);
    } else if (op == Op.ROOT) {
      root(q);
    } else if (op == Op.ADAM) {
      adam(q);
    } else if (op == Op.SGD) {
      sgd(q);
    }
  }
}
