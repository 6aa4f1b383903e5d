package org.netloom.config;

import java.util.ArrayList;
import java.util.List;

/** One pass over one document: its problems and the sections that were opened. */
final class Reading {
  private final Problems problems;
  private final List<Section> sections = new ArrayList<>();

  Reading(Problems problems) {
    this.problems = problems;
  }

  Problems problems() {
    return problems;
  }

  void opened(Section section) {
    sections.add(section);
  }

  /** Reports every key that no reader asked for. */
  void reportUnknownKeys() {
    // A key in the wrong section is told with its right place.
    List<String> everywhere = sections.stream().flatMap(s -> s.knownPaths().stream()).toList();
    sections.forEach(section -> section.reportUnknownKeys(everywhere));
  }

  List<String> knownPaths() {
    return sections.stream().flatMap(s -> s.knownPaths().stream()).toList();
  }
}
