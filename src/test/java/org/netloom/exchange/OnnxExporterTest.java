package org.netloom.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.netloom.config.InputException;
import org.netloom.graph.Activation;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.FeatureShape;
import org.netloom.graph.Operator;
import org.netloom.graph.Padding;
import org.netloom.network.Parameters;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

/** ONNX Runtime's values against {@link ReferenceNetwork}'s, operator by operator. */
class OnnxExporterTest {
  private static final FeatureShape ODD = new FeatureShape(3, 7, 6);
  private static final ModelInfo INFO =
      new ModelInfo("1.2.3", new LinkedHashMap<>(Map.of("netloom.id", "abc")));

  @ParameterizedTest
  @CsvSource({
    // out, kernel, stride, top, left, bottom, right, dilation, groups, bias, height, width
    "5, 3,3, 1,1, 1,1,1,1, 1,1, 1, true,  7,6",
    "6, 5,5, 2,2, 2,2,2,2, 1,1, 3, false, 4,3",
    "4, 1,7, 1,2, 0,3,0,3, 1,1, 1, true,  7,3",
    "3, 3,3, 1,1, 2,2,2,2, 2,2, 3, false, 7,6",
    "4, 3,2, 2,1, 1,0,2,1, 1,1, 1, true,  4,6",
    "4, 1,1, 2,2, -1,-1,1,1, 1,1, 1, false, 4,3",
    "4, 1,1, 2,2, -1,-1,0,0, 1,1, 1, false, 3,3",
    "2, 3,3, 1,1, -2,1,-1,-3, 1,1, 1, true, 2,2"
  })
  void convolutionsOfAllPaddingsStridesDilationsAndGroups(
      int out,
      int kernelH,
      int kernelW,
      int strideH,
      int strideW,
      int top,
      int left,
      int bottom,
      int right,
      int dilationH,
      int dilationW,
      int groups,
      boolean bias,
      int height,
      int width) {
    HandMade net = new HandMade(ODD);
    Operator.Convolution convolution =
        new Operator.Convolution(
            out,
            kernelH,
            kernelW,
            strideH,
            strideW,
            new Padding(top, left, bottom, right),
            dilationH,
            dilationW,
            groups,
            bias);
    net.convolution("conv", convolution, new FeatureShape(out, height, width), 0);
    assertSameValues(net, 2);
  }

  @Test
  void linearLayersOnVectorsAndOnMapsWithAndWithoutBias() {
    HandMade net = new HandMade(ODD);
    int map = net.linear("pointwise", 4, true, 0);
    int mapWithoutBias = net.linear("pointwise2", 5, false, map);
    int pooled =
        net.add("pool", new Operator.GlobalAveragePool(), FeatureShape.vector(5), mapWithoutBias);
    int hidden = net.linear("hidden", 6, false, pooled);
    net.linear("classifier", 10, true, hidden);
    assertSameValues(net, 2);
  }

  @Test
  void normsOnMapsAndOnVectors() {
    HandMade net = new HandMade(ODD);
    int bn = net.norm("bn", Operator.BatchNorm.DEFAULT, 0);
    int ln = net.norm("ln", new Operator.LayerNorm(1e-6f), bn);
    int pooled = net.add("pool", new Operator.GlobalAveragePool(), FeatureShape.vector(3), ln);
    int linear = net.linear("fc", 8, true, pooled);
    int bn2 = net.norm("bn2", new Operator.BatchNorm(1e-3f, 0.01f), linear);
    net.norm("ln2", Operator.LayerNorm.DEFAULT, bn2);
    assertSameValues(net, 3);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activationsOnMapsAndOnVectors(Activation activation) {
    HandMade net = new HandMade(ODD);
    int a = net.add("a", new Operator.Activate(activation), ODD, 0);
    int flat = net.add("flat", new Operator.Flatten(), FeatureShape.vector(126), a);
    int fc = net.linear("fc", 9, true, flat);
    net.add("b", new Operator.Activate(activation), FeatureShape.vector(9), fc);
    assertSameValues(net, 2);
  }

  @ParameterizedTest
  @CsvSource({"3,1,1,7,6", "3,2,1,4,3", "2,2,0,3,3", "5,3,2,3,2", "1,1,0,7,6"})
  void poolsCountNoPadding(int kernel, int stride, int padding, int height, int width) {
    FeatureShape to = new FeatureShape(3, height, width);
    HandMade net = new HandMade(ODD);
    int max = net.add("max", new Operator.MaxPool(kernel, stride, padding), to, 0);
    int mean = net.add("avg", new Operator.AveragePool(kernel, stride, padding), to, 0);
    net.add("both", new Operator.Concat(), new FeatureShape(6, height, width), max, mean);
    assertSameValues(net, 2);
  }

  @Test
  void theLastWindowOfAPoolMayHangOverTheEnd() {
    HandMade net = new HandMade(ODD);
    FeatureShape to = new FeatureShape(3, 3, 3);
    net.add("max", new Operator.MaxPool(3, 2, 0, true), to, 0);
    assertSameValues(net, 2);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,6", "3,2", "4,4", "9,13", "7,7"})
  void adaptivePoolsOfAllSizesAlsoLargerThanTheMap(int height, int width) {
    HandMade net = new HandMade(ODD);
    net.add(
        "pool",
        new Operator.AdaptiveAveragePool(height, width),
        new FeatureShape(3, height, width),
        0);
    assertSameValues(net, 2);
  }

  @Test
  void sumsBroadcastPositionsAndConcatenationsHoldZeros() {
    HandMade net = new HandMade(ODD);
    int position = net.position("pos_enc", ODD);
    int sum = net.add("sum", new Operator.Sum(), ODD, 0, position);
    int three = net.add("sum3", new Operator.Sum(), ODD, sum, 0, sum);
    int zeros = net.add("zeros", new Operator.Zeros(ODD), ODD);
    int both =
        net.add("concat", new Operator.Concat(), new FeatureShape(9, 7, 6), three, zeros, sum);
    int dropped = net.add("drop", new Operator.Dropout(0.2f), new FeatureShape(9, 7, 6), both);
    net.add("half", new Operator.Subsample(2), new FeatureShape(9, 4, 3), dropped);
    assertSameValues(net, 3);
  }

  @Test
  void channelsAreSplitAndShuffledOnMapsAndOnVectors() {
    HandMade net = new HandMade(ODD);
    int map = net.linear("six", 6, true, 0);
    int shuffled =
        net.add("shuffle", new Operator.ChannelShuffle(2), new FeatureShape(6, 7, 6), map);
    int half =
        net.add("half", new Operator.ChannelSlice(2, 3), new FeatureShape(3, 7, 6), shuffled);
    int pooled = net.add("pool", new Operator.GlobalAveragePool(), FeatureShape.vector(3), half);
    net.add("last", new Operator.ChannelSlice(1, 2), FeatureShape.vector(2), pooled);
    assertSameValues(net, 2);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1, 9,8", "0,0,2,1, 9,7", "2,0,0,0, 9,6", "-1,-2,0,0, 6,4", "1,-1,-3,2, 5,7"})
  void padsAndCropsOfAllSides(int top, int left, int bottom, int right, int height, int width) {
    HandMade net = new HandMade(ODD);
    Padding padding = new Padding(top, left, bottom, right);
    net.add("pad", new Operator.Pad(padding), new FeatureShape(3, height, width), 0);
    assertSameValues(net, 2);
  }

  @Test
  void squeezeAndExcite() {
    HandMade net = new HandMade(ODD);
    int pooled = net.add("squeeze", new Operator.GlobalAveragePool(), FeatureShape.vector(3), 0);
    int fc1 = net.linear("fc1", 2, true, pooled);
    int relu = net.add("relu", new Operator.Activate(Activation.RELU), FeatureShape.vector(2), fc1);
    int fc2 = net.linear("fc2", 3, true, relu);
    int gate =
        net.add("gate", new Operator.Activate(Activation.SIGMOID), FeatureShape.vector(3), fc2);
    net.add("scale", new Operator.ChannelScale(), ODD, 0, gate);
    assertSameValues(net, 2);
  }

  @Test
  void learnedRowsStandBeforePositionsAndAreAddedToThem() {
    HandMade net = new HandMade(ODD);
    int token = net.tokens("class_token", 1, 1, 3);
    FeatureShape column = new FeatureShape(3, 43, 1);
    int both = net.add("tokens", new Operator.Prepend(), column, token, 0);
    int position = net.tokens("pos_embedding", 1, 43, 3);
    int sum = net.add("sum", new Operator.Sum(), column, both, position);
    int scaled = net.layerScale("layer_scale", sum);
    int first = net.add("first", new Operator.FirstToken(), FeatureShape.vector(3), scaled);
    int wide = net.linear("wide", 126, true, first);
    int flat = net.add("flat", new Operator.Flatten(), FeatureShape.vector(129), scaled);
    net.add("all", new Operator.Concat(), FeatureShape.vector(255), wide, flat);
    assertSameValues(net, 3);
  }

  @ParameterizedTest
  @CsvSource({"1,4,0,0", "3,2,1,1", "2,5,1,0", "2,3,0,1"})
  void attentionInShiftedWindows(int heads, int headSize, int shiftH, int shiftW) {
    HandMade net = new HandMade(new FeatureShape(3, 6, 9));
    int qkv = net.linear("qkv", 3 * heads * headSize, true, 0);
    int table = net.tokens("table", 25, heads);
    net.add(
        "attention",
        new Operator.WindowAttention(heads, headSize, 3, shiftH, shiftW),
        new FeatureShape(heads * headSize, 6, 9),
        qkv,
        table);
    assertSameValues(net, 2);
  }

  @ParameterizedTest
  @CsvSource({"1,4", "3,2", "2,5"})
  void selfAttention(int heads, int headSize) {
    HandMade net = new HandMade(ODD);
    int qkv = net.linear("qkv", 3 * heads * headSize, true, 0);
    net.add(
        "attention",
        new Operator.Attention(heads, headSize),
        new FeatureShape(heads * headSize, 7, 6),
        qkv);
    assertSameValues(net, 2);
  }

  @Test
  void nodesAndTensorsKeepTheirNamesEvenWhereTheyClash() throws InvalidProtocolBufferException {
    HandMade net = new HandMade(ODD);
    int first = net.linear("input", 4, true, 0);
    int second = net.norm("logits", Operator.BatchNorm.DEFAULT, first);
    int pooled = net.add("pool", new Operator.GlobalAveragePool(), FeatureShape.vector(4), second);
    net.linear("classifier", 10, true, pooled);

    GraphProto graph = ModelProto.parseFrom(export(net)).getGraph();

    assertThat(graph.getInitializerList().stream().map(TensorProto::getName))
        .contains(net.parameters().tensors().keySet().toArray(String[]::new));
    assertThat(graph.getNodeList().stream().map(NodeProto::getName))
        .contains("pool", "classifier")
        .doesNotHaveDuplicates();
    assertThat(graph.getInput(0).getName()).isEqualTo("input");
    assertThat(graph.getOutput(0).getName()).isEqualTo("logits");
    assertSameValues(net, 2);
  }

  @Test
  void theModelSaysWhereItComesFromAndRepeatsByteForByte() throws InvalidProtocolBufferException {
    HandMade net = new HandMade(ODD);
    net.linear("fc", 4, true, 0);
    ModelProto model = ModelProto.parseFrom(export(net));

    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
    assertThat(model.getProducerName()).isEqualTo("Netloom");
    assertThat(model.getProducerVersion()).isEqualTo("1.2.3");
    assertThat(model.getMetadataProps(0).getKey()).isEqualTo("netloom.id");
    assertThat(model.getMetadataProps(0).getValue()).isEqualTo("abc");
    assertThat(export(net)).isEqualTo(export(net));
  }

  @Test
  void aMissingTensorIsNamedAndSoIsAWrongShape() {
    HandMade net = new HandMade(ODD);
    net.norm("stem.bn", Operator.BatchNorm.DEFAULT, 0);
    ComputationalGraph graph = net.graph();
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(net.parameters().tensors());
    Tensor mean = tensors.remove("stem.bn.running_mean");

    assertThatThrownBy(() -> OnnxExporter.export(graph, new Parameters(tensors), INFO))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'stem.bn'")
        .hasMessageContaining("'stem.bn.running_mean'")
        .hasMessageContaining("calibrated");

    tensors.put("stem.bn.running_mean", Tensor.zeros(Shape.of(4)));
    assertThat(mean.shape().size()).isEqualTo(3);
    assertThatThrownBy(() -> OnnxExporter.export(graph, new Parameters(tensors), INFO))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has shape (4), but the graph needs (3)");
  }

  private static byte[] export(HandMade net) {
    return OnnxExporter.export(net.graph(), net.parameters(), INFO);
  }

  private static void assertSameValues(HandMade net, int batch) {
    FeatureShape shape = net.graph().input().shape();
    float[] images = net.images(batch, 4);
    byte[] model = export(net);
    ReferenceNetwork reference = new ReferenceNetwork(net.graph(), net.parameters());
    for (boolean optimised : new boolean[] {false, true}) {
      float[][] actual = OnnxRunner.run(model, images, shape, optimised);
      assertThat(actual.length).isEqualTo(batch);
      for (int n = 0; n < batch; n++) {
        int size = (int) shape.size();
        double[] image = new double[size];
        for (int i = 0; i < size; i++) {
          image[i] = images[n * size + i];
        }
        double[] expected = reference.run(image);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(actual[n]).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) actual[n][i])
              .as("image %d, value %d, optimised %s", n, i, optimised)
              .isCloseTo(expected[i], within(1e-5 * largest));
        }
      }
    }
  }
}
