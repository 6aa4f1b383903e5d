package org.netloom.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.netloom.property.HyperParameters;
import org.netloom.property.PropertyFit;
import org.netloom.property.PropertyModel;
import org.netloom.property.Target;
import org.netloom.store.Csv;

/**
 * What {@code fit-properties} says.
 *
 * @param networks number of networks learned from
 * @param known number of held-out networks that were left out, as they are among these
 * @param names of the held-out networks
 * @param ids of the held-out networks
 * @param values of the held-out networks by property, as they stand in the table
 */
record PropertyReport(
    List<PropertyFit> fits,
    long networks,
    int known,
    List<String> names,
    List<String> ids,
    List<double[]> values) {

  /**
   * A line for each held-out network: what was measured, in the unit of the target, and predicted.
   */
  String csv() {
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("network", "id"));
    for (PropertyFit fit : fits) {
      header.add(fit.target().name());
      header.add("predicted_" + fit.target().name());
    }
    lines.add(header);
    for (int i = 0; i < names.size(); i++) {
      List<String> line = new ArrayList<>(List.of(names.get(i), ids.get(i)));
      for (int t = 0; t < fits.size(); t++) {
        Target target = fits.get(t).target();
        line.add(Csv.number(target.taken(values.get(t)[i])));
        line.add(Csv.number(fits.get(t).heldOut()[i]));
      }
      lines.add(line);
    }
    return Csv.write(lines);
  }

  String json(PropertyModel.Source source, Path out) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("ghn", source.ghn());
    facts.put("networks", networks);
    facts.put("test_networks", names.size());
    facts.put("test_networks_left_out", known);
    facts.put("out", out.toString());
    List<Map<String, Object>> targets = new ArrayList<>();
    for (PropertyFit fit : fits) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", fit.target().name());
      one.put("form", fit.target().form().label());
      put(one, fit.chosen());
      one.put("validation_tau", fit.validation());
      one.put("support_vectors", fit.property().supportVectors());
      if (!names.isEmpty()) {
        one.put("test_tau", fit.test());
        one.put("test_tau_deviation", fit.deviation());
      }
      List<Map<String, Object>> permutations = new ArrayList<>();
      for (PropertyFit.Permutation permutation : fit.permutations()) {
        Map<String, Object> p = new LinkedHashMap<>();
        put(p, permutation.chosen());
        p.put("validation_tau", permutation.validation());
        if (!names.isEmpty()) {
          p.put("test_tau", permutation.test());
        }
        permutations.add(p);
      }
      one.put("permutations", permutations);
      targets.add(one);
    }
    facts.put("targets", targets);
    return JsonMapper.builder().build().writeValueAsString(facts);
  }

  private static void put(Map<String, Object> facts, HyperParameters chosen) {
    facts.put("c", chosen.c());
    facts.put("gamma", chosen.gamma());
    facts.put("epsilon", chosen.epsilon());
  }

  String prose(Path out) {
    StringBuilder text = new StringBuilder();
    for (PropertyFit fit : fits) {
      HyperParameters chosen = fit.chosen();
      text.append(
          String.format(
              Locale.ROOT,
              "%s (%s): C %s, gamma %s, epsilon %s, %d support vectors%n",
              fit.target().name(),
              fit.target().form().label(),
              shown(chosen.c()),
              shown(chosen.gamma()),
              shown(chosen.epsilon()),
              fit.property().supportVectors()));
      text.append(
          String.format(
              Locale.ROOT,
              "  Kendall τ %.3f in cross-validation on %d networks%n",
              fit.validation(),
              networks));
      if (!names.isEmpty()) {
        text.append(
            String.format(
                Locale.ROOT,
                "  Kendall τ %.3f ± %.3f on %d test networks (%d permutations: %s)%n",
                fit.test(),
                fit.deviation(),
                names.size(),
                fit.permutations().size(),
                fit.permutations().stream()
                    .map(p -> String.format(Locale.ROOT, "%.3f", p.test()))
                    .collect(Collectors.joining(", "))));
      }
    }
    if (known > 0) {
      text.append(
          "%d test networks were left out: they are among those to learn from%n".formatted(known));
    }
    return text.append("Model of all networks: ").append(out).toString();
  }

  private static String shown(double value) {
    return String.format(Locale.ROOT, "%.6f", value).replaceAll("\\.?0+$", "");
  }
}
