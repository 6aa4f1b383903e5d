package org.netloom.exchange;

import java.util.Locale;

/** A form in which a network is handed to other tools. */
public enum ExportFormat {
  /** An ONNX model for inference; needs parameters with running statistics. */
  ONNX("model.onnx", true),
  /** The tensors, running statistics included where there are any. */
  SAFETENSORS("model.safetensors", true),
  /** A Python program with the network as a torch.nn.Module that loads the tensors. */
  PYTORCH("model.py", false),
  /** A DOT text of the operators for Graphviz. */
  DOT("graph.dot", false),
  /** A picture for people. */
  SVG("graph.svg", false);

  private final String file;
  private final boolean needsParameters;

  ExportFormat(String file, boolean needsParameters) {
    this.file = file;
    this.needsParameters = needsParameters;
  }

  /** Name of the file in an export folder. */
  public String file() {
    return file;
  }

  /** Whether a network without parameters cannot have this form. */
  public boolean needsParameters() {
    return needsParameters;
  }

  /** The name on the command line, for example {@code onnx}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
