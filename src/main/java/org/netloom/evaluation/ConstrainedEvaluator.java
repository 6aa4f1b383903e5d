package org.netloom.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.netloom.architecture.Architecture;
import org.netloom.config.InputException;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.Cost;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.Constraint;
import org.netloom.space.Constraint.Violation;

/**
 * Rejects candidates that break a constraint before anything is computed; the others go on to
 * another evaluator. The excess of a rejected candidate is the sum over all broken constraints,
 * each as a fraction of its limit (Deb 2002, section VI).
 */
public final class ConstrainedEvaluator implements Evaluator {
  private final List<Constraint> constraints;
  private final Evaluator next;

  public ConstrainedEvaluator(List<Constraint> constraints, Evaluator next) {
    this.constraints = List.copyOf(constraints);
    this.next = next;
  }

  @Override
  public List<EvaluationResult> evaluate(List<? extends Architecture> batch)
      throws InterruptedException {
    if (constraints.isEmpty()) {
      return next.evaluate(batch);
    }
    List<Optional<EvaluationResult>> refused = new ArrayList<>();
    List<Architecture> fitting = new ArrayList<>();
    for (Architecture architecture : batch) {
      Optional<EvaluationResult> refusal = check(architecture, constraints);
      refused.add(refusal);
      if (refusal.isEmpty()) {
        fitting.add(architecture);
      }
    }
    List<EvaluationResult> measured =
        fitting.isEmpty() ? Collections.emptyList() : next.evaluate(fitting);
    List<EvaluationResult> all = new ArrayList<>();
    int at = 0;
    for (Optional<EvaluationResult> refusal : refused) {
      all.add(refusal.isPresent() ? refusal.get() : measured.get(at++));
    }
    return all;
  }

  /**
   * Why the architecture cannot be measured, if so: a broken constraint, or an impossible graph.
   */
  public static Optional<EvaluationResult> check(
      Architecture architecture, List<Constraint> constraints) {
    ComputationalGraph graph;
    try {
      graph = GraphBuilder.build(architecture);
    } catch (InputException impossible) {
      return Optional.of(new EvaluationResult.Failed(String.valueOf(impossible.getMessage())));
    }
    Cost cost = Cost.of(graph);
    List<Violation> broken =
        constraints.stream().flatMap(c -> c.check(graph, cost).stream()).toList();
    if (broken.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new EvaluationResult.Rejected(
            broken.stream().map(Violation::rule).collect(Collectors.joining(", ")),
            broken.stream()
                .map(violation -> String.valueOf(violation.actual()))
                .collect(Collectors.joining(", ")),
            broken.stream().mapToDouble(Violation::excess).sum(),
            cost.macs(),
            cost.parameters()));
  }
}
