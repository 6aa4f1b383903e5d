package org.netloom.exchange;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import org.netloom.graph.FeatureShape;

/** Runs an exported model with ONNX Runtime: the judge of exported files. */
public final class OnnxRunner {
  private OnnxRunner() {}

  /**
   * The logits [images][classes] of images in (image, channel, row, column) order.
   *
   * @param optimised whether ONNX Runtime may rewrite the graph before it runs
   */
  public static float[][] run(byte[] model, float[] images, FeatureShape shape, boolean optimised) {
    int batch = Math.toIntExact(images.length / shape.size());
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setOptimizationLevel(
          optimised
              ? OrtSession.SessionOptions.OptLevel.ALL_OPT
              : OrtSession.SessionOptions.OptLevel.NO_OPT);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      long[] sides = {batch, shape.channels(), shape.height(), shape.width()};
      try (OrtSession session = environment.createSession(model, options);
          OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), sides);
          OrtSession.Result result = session.run(Map.of(OnnxExporter.INPUT, input))) {
        return (float[][]) result.get(OnnxExporter.OUTPUT).orElseThrow().getValue();
      }
    } catch (OrtException e) {
      throw new AssertionError("ONNX Runtime refuses the model: " + e.getMessage(), e);
    }
  }
}
