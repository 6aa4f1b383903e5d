package org.netloom.ghn;

import java.util.List;
import org.netloom.graph.ComputationalGraph;

/**
 * What a hypernetwork learns from, as an endless row of groups of networks. A group depends on its
 * place in the row alone, so that a resumed training meets the same ones.
 */
public interface TrainingNetworks {

  /**
   * The networks of one step.
   *
   * @param dropoutSeed seeds the dropout masks of the step
   * @param next place behind the group
   */
  record Group(List<ComputationalGraph> networks, long dropoutSeed, long next) {
    public Group {
      networks = List.copyOf(networks);
    }
  }

  /**
   * The first group that may be used at or behind a place; places count from 0.
   *
   * @throws org.netloom.config.InputException if none may be
   */
  Group group(long place);

  /**
   * Whether images whose loss is no number are given to the next group, as published; else they are
   * passed over with their group.
   */
  boolean retries();
}
