package org.netloom.exchange.picture;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netloom.exchange.picture.Diagram.Box;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Node;
import org.netloom.graph.Operator;
import org.netloom.graph.ParameterSpec;

/**
 * What a picture of a network shows: the whole network with one box for each repeated part (a cell,
 * a residual block), and the inside of each different part once.
 *
 * @param whole the network
 * @param panels the different parts
 */
record NetworkPicture(Diagram whole, List<Panel> panels) {

  /**
   * The inside of parts that are alike.
   *
   * @param members their names; shapes are those of the first
   */
  record Panel(List<String> members, Diagram diagram) {}

  private static final int FEW = 2;

  static NetworkPicture of(ComputationalGraph graph) {
    return new Maker(graph).run();
  }

  /** Gathers boxes while the frames are found. */
  private static final class Maker {
    private final ComputationalGraph graph;
    private final Blocks blocks;
    private final List<Panel> panels = new ArrayList<>();
    private final List<List<Node>> groups = new ArrayList<>();
    private final Map<List<Node>, Box> boxes = new IdentityHashMap<>();
    private final Map<Integer, String> names = new LinkedHashMap<>();

    Maker(ComputationalGraph graph) {
      this.graph = graph;
      this.blocks = new Blocks(graph);
    }

    NetworkPicture run() {
      List<Node> loose = new ArrayList<>();
      Map<String, List<Node>> frames = new LinkedHashMap<>();
      for (List<Node> frame : Blocks.grouped(graph.nodes(), node -> Blocks.frame(node.name()))) {
        String name = Blocks.frame(frame.getFirst().name());
        if (name.isEmpty() || blocks.exits(frame) != 1 || frame.size() <= FEW) {
          loose.addAll(frame);
        } else {
          frames.put(name, frame);
          frame.forEach(node -> names.put(node.index(), name));
        }
      }
      loose.sort((a, b) -> Integer.compare(a.index(), b.index()));
      for (List<Node> group : blocks.boxes(loose, true)) {
        group.forEach(node -> names.put(node.index(), Blocks.part(node.name()).replace("/", "")));
        add(group, box(group, -1, BoxText.title(group)));
      }
      frames.forEach(this::frame);
      groups.sort((a, b) -> Integer.compare(a.getLast().index(), b.getLast().index()));
      return new NetworkPicture(
          Diagram.of(groups, groups.stream().map(boxes::get).toList(), Map.of()), panels);
    }

    private void add(List<Node> group, Box box) {
      groups.add(group);
      boxes.put(group, box);
    }

    private void frame(String name, List<Node> frame) {
      List<List<Node>> inside = blocks.boxes(frame, true);
      if (inside.size() <= FEW) {
        inside = blocks.boxes(frame, false);
      }
      if (inside.size() <= FEW) {
        add(frame, box(frame, -1, BoxText.title(frame)));
        return;
      }
      List<Box> own = inside.stream().map(g -> box(g, -1, BoxText.title(g))).toList();
      Diagram diagram = Diagram.of(inside, own, names);
      int panel = 0;
      while (panel < panels.size() && !panels.get(panel).diagram().isLike(diagram)) {
        panel++;
      }
      if (panel == panels.size()) {
        panels.add(new Panel(new ArrayList<>(), diagram));
      }
      panels.get(panel).members().add(name);
      add(frame, box(frame, panel, name));
    }

    private Box box(List<Node> group, int frame, String title) {
      Node exit = group.getLast();
      boolean circle = group.size() == 1 && exit.operator() instanceof Operator.Sum;
      if (frame < 0) {
        return new Box(
            Kind.of(group),
            circle ? "" : title,
            circle ? "" : BoxText.shape(exit.shape()),
            BoxText.details(group),
            frame);
      }
      long size =
          group.stream()
              .flatMap(node -> node.parameters().stream())
              .mapToLong(ParameterSpec::size)
              .sum();
      String tooltip =
          "%s: %d operators, %d parameters → %s"
              .formatted(title, group.size(), size, BoxText.shape(exit.shape()));
      return new Box(Kind.OTHER, title, BoxText.shape(exit.shape()), tooltip, frame);
    }
  }
}
