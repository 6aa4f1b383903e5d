package org.netloom.exchange.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.InputShape;
import org.netloom.architecture.PresetArchitecture;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class GraphSvgTest {
  private static final int MOST_BYTES = 150_000;

  private static List<Architecture> architectures() {
    List<Architecture> all = new ArrayList<>();
    for (String preset : List.of("vit", "darts")) {
      all.add(new PresetArchitecture(preset, 10, InputShape.CIFAR));
    }
    Sampler sampler = new Sampler(SearchSpace.quickstart(10));
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 10; i++) {
      all.add(sampler.sample(random));
    }
    return all;
  }

  private static String picture(Architecture architecture) {
    return GraphSvg.write(GraphBuilder.build(architecture), architecture.id());
  }

  private static Element parse(String svg) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    return document.getDocumentElement();
  }

  private static List<Element> all(Element root, String name) {
    NodeList list = root.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < list.getLength(); i++) {
      elements.add((Element) list.item(i));
    }
    return elements;
  }

  @Test
  void everyPictureIsSmallWellFormedAndSelfContained() throws Exception {
    for (Architecture architecture : architectures()) {
      String svg = picture(architecture);
      assertThat(svg.getBytes(StandardCharsets.UTF_8).length).isLessThan(MOST_BYTES);
      assertThat(svg).doesNotContain("<script", "href", "@import", "url(http", "NaN");
      assertThat(svg).isEqualTo(picture(architecture));
      Element root = parse(svg);
      assertThat(root.getTagName()).isEqualTo("svg");
      assertThat(all(root, "desc").getFirst().getTextContent()).contains("3×32×32 in, 10 classes");
    }
  }

  @Test
  void idsStartWithTheNetworksIdAndAreAllThatIsReferredTo() throws Exception {
    for (Architecture architecture : architectures()) {
      String prefix = "n" + architecture.id().substring(0, 8);
      String svg = picture(architecture);
      List<String> ids = new ArrayList<>();
      Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(svg);
      while (id.find()) {
        ids.add(id.group(1));
      }
      assertThat(ids).doesNotHaveDuplicates().allMatch(one -> one.startsWith(prefix));
      Set<String> used = new HashSet<>();
      Matcher url = Pattern.compile("url\\(#([^)]*)\\)").matcher(svg);
      while (url.find()) {
        used.add(url.group(1));
      }
      assertThat(ids).containsAll(used);
      Matcher rule = Pattern.compile("(?m)^([^@{\n]*)\\{").matcher(svg);
      while (rule.find()) {
        assertThat(rule.group(1)).startsWith("#" + prefix);
      }
    }
  }

  @Test
  void everyBoxHasATooltipAndLiesInsideThePicture() throws Exception {
    for (Architecture architecture : architectures()) {
      Element root = parse(picture(architecture));
      String[] view = root.getAttribute("viewBox").split(" ");
      List<Element> boxes = all(root, "g");
      assertThat(boxes).isNotEmpty();
      for (Element box : boxes) {
        assertThat(all(box, "title").getFirst().getTextContent()).isNotBlank();
      }
      for (Element rect : all(root, "rect")) {
        double right = number(rect, "x") + number(rect, "width");
        double bottom = number(rect, "y") + number(rect, "height");
        assertThat(number(rect, "x")).isNotNegative();
        assertThat(right).isLessThanOrEqualTo(Double.parseDouble(view[2]));
        assertThat(bottom).isLessThanOrEqualTo(Double.parseDouble(view[3]));
      }
    }
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void aRepeatedCellIsDrawnOnceAndNamesItsCopies() {
    String svg = picture(new PresetArchitecture("darts", 10, InputShape.CIFAR));
    assertThat(svg)
        .contains("B · cells.1–5, cells.8–12, cells.15–19 (shapes of cells.1)")
        .contains("C · cells.6, cells.13")
        .contains(">D · cells.14</text>")
        .contains(">2 × sep conv 3×3</text>", ">dil conv 3×3</text>", ">max pool 3×3 /2</text>")
        .contains("cells.1._ops.0.op.1: dw conv 3×3 → 36×32×32, 324 parameters");
  }

  @Test
  void everyOperatorOfANetworkIsInSomeBox() {
    Architecture architecture =
        new Sampler(SearchSpace.quickstart(10)).sample(new SplittableRandom(8));
    ComputationalGraph graph = GraphBuilder.build(architecture);
    NetworkPicture picture = NetworkPicture.of(graph);
    StringBuilder tooltips = new StringBuilder();
    picture.whole().boxes().forEach(box -> tooltips.append(box.tooltip()).append('\n'));
    picture
        .panels()
        .forEach(
            panel ->
                panel
                    .diagram()
                    .boxes()
                    .forEach(box -> tooltips.append(box.tooltip()).append('\n')));
    Set<String> shown = new HashSet<>();
    picture.panels().forEach(panel -> shown.add(panel.members().getFirst()));
    graph.nodes().stream()
        .filter(
            node ->
                Blocks.frame(node.name()).isEmpty() || shown.contains(Blocks.frame(node.name())))
        .forEach(node -> assertThat(tooltips.toString()).contains(node.name() + ": "));
  }

  @Test
  void namesOfNetworksWithMarkupAreEscaped() throws Exception {
    ComputationalGraph vit =
        GraphBuilder.build(new PresetArchitecture("vit", 10, InputShape.CIFAR));
    ComputationalGraph odd =
        new ComputationalGraph("<a> & \"b\"", vit.nodes(), vit.unreachableParameters());
    Element root = parse(GraphSvg.write(odd, "x"));
    assertThat(all(root, "title").getFirst().getTextContent()).contains("<a> & \"b\"");
  }

  @Test
  void namesTellFrameAndPart() {
    assertThat(Blocks.frame("cells.3._ops.0.op.1")).isEqualTo("cells.3");
    assertThat(Blocks.part("cells.3._ops.0.op.1")).isEqualTo("cells.3/_ops.0");
    assertThat(Blocks.frame("layer1.0.conv1")).isEqualTo("layer1.0");
    assertThat(Blocks.frame("features.denseblock1.denselayer2.conv1"))
        .isEqualTo("features.denseblock1");
    assertThat(Blocks.frame("encoder.layers.encoder_layer_0.mlp.0"))
        .isEqualTo("encoder.layers.encoder_layer_0");
    for (String whole : List.of("stem.0", "stem0", "stem0.1", "conv1", "classifier", "input")) {
      assertThat(Blocks.frame(whole)).isEmpty();
    }
  }

  @Test
  void countsAreShort() {
    assertThat(List.of(999L, 1000L, 23_000L, 999_499L, 999_600L, 3_349_342L, 7_000_000_000_000L))
        .map(BoxText::count)
        .containsExactly("999", "1.00k", "23.0k", "999k", "1.00M", "3.35M", "7.00T");
  }
}
