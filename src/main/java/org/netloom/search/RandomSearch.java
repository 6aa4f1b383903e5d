package org.netloom.search;

/**
 * Draws distinct architectures from the space until the budget is spent (Li and Talwalkar 2020):
 * the baseline that every strategy has to beat.
 */
public final class RandomSearch implements SearchStrategy {
  @Override
  public SearchResult run(SearchProblem problem, SearchListener listener)
      throws InterruptedException {
    Campaign campaign = new Campaign(problem, listener);
    Draws sample = new Draws(campaign, problem);
    while (!campaign.isOver()) {
      var _ = sample.draw(Streams.of(problem.settings().seed(), campaign.generation()));
      campaign.endGeneration();
    }
    return campaign.result();
  }

  @Override
  public String describe(SearchSettings settings) {
    return "random search";
  }
}
