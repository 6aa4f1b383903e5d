package org.netloom.exchange.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.netloom.exchange.picture.LayeredLayout.Placed;

class LayeredLayoutTest {
  private static final double GAP = 10;

  private static Placed place(int boxes, int[]... edges) {
    double[] sides = new double[boxes];
    Arrays.fill(sides, 40);
    return LayeredLayout.place(sides, sides, List.of(edges), GAP, GAP);
  }

  @Test
  void aChainIsAStraightLineDown() {
    Placed placed = place(3, new int[] {0, 1}, new int[] {1, 2});
    assertThat(placed.x()).containsExactly(20, 20, 20);
    assertThat(placed.y()).containsExactly(0, 50, 100);
    assertThat(placed.width()).isEqualTo(40);
    assertThat(placed.height()).isEqualTo(140);
  }

  @Test
  void twoBranchesThatCouldCrossDoNot() {
    // 0 → 2, 1 → 3 in the wrong order: 3 is named before 2 in the layer of both.
    Placed placed =
        place(
            6,
            new int[] {0, 1},
            new int[] {0, 2},
            new int[] {2, 3},
            new int[] {1, 4},
            new int[] {3, 5},
            new int[] {4, 5});
    assertThat(placed.x()[1] < placed.x()[2]).isEqualTo(placed.x()[4] < placed.x()[3]);
  }

  @Test
  void boxesOfRandomGraphsNeverOverlapAndEdgesLeadDown() {
    SplittableRandom random = new SplittableRandom(3);
    for (int graph = 0; graph < 40; graph++) {
      int boxes = random.nextInt(1, 30);
      double[] widths = random.doubles(boxes, 10, 120).toArray();
      double[] heights = random.doubles(boxes, 10, 60).toArray();
      List<int[]> edges = new ArrayList<>();
      for (int target = 1; target < boxes; target++) {
        for (int source = 0; source < target; source++) {
          if (random.nextDouble() < 2.0 / target) {
            edges.add(new int[] {source, target});
          }
        }
      }
      Placed placed = LayeredLayout.place(widths, heights, edges, GAP, GAP);
      for (int a = 0; a < boxes; a++) {
        assertThat(placed.x()[a] - widths[a] / 2).isGreaterThan(-1e-6);
        assertThat(placed.x()[a] + widths[a] / 2).isLessThan(placed.width() + 1e-6);
        assertThat(placed.y()[a] + heights[a]).isLessThan(placed.height() + 1e-6);
        for (int b = 0; b < a; b++) {
          boolean apart =
              Math.abs(placed.x()[a] - placed.x()[b]) > (widths[a] + widths[b]) / 2 + GAP - 1e-6
                  || placed.y()[a] >= placed.y()[b] + heights[b] + GAP - 1e-6
                  || placed.y()[b] >= placed.y()[a] + heights[a] + GAP - 1e-6;
          assertThat(apart).as("boxes %d and %d of graph %d", a, b, graph).isTrue();
        }
      }
      for (int e = 0; e < edges.size(); e++) {
        double[] route = placed.routes().get(e);
        for (int i = 3; i < route.length; i += 2) {
          assertThat(route[i]).isGreaterThan(route[i - 2] - 1e-6);
        }
        int target = edges.get(e)[1];
        assertThat(route[route.length - 2]).isEqualTo(placed.x()[target]);
        assertThat(route[route.length - 1]).isEqualTo(placed.y()[target]);
      }
    }
  }
}
