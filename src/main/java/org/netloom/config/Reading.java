package org.netloom.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One pass over one document: its problems, the sections that were opened, what keys may hold. */
final class Reading {
  private final Problems problems;
  private final Map<String, Map<String, Object>> forms = new HashMap<>();
  private final List<Section> sections = new ArrayList<>();

  Reading(Problems problems) {
    this.problems = problems;
  }

  Problems problems() {
    return problems;
  }

  /** Notes what a key may hold, as JSON Schema. */
  void note(String path, Map<String, Object> form) {
    forms.put(path, form);
  }

  /** What a key may hold; anything if no reader said more. */
  Map<String, Object> form(String path) {
    return forms.getOrDefault(path, Map.of());
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
