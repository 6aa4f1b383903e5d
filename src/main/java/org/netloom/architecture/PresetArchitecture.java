package org.netloom.architecture;

import java.util.Locale;

/** A network of the literature by its usual name, for example {@code resnet50}. */
public record PresetArchitecture(String name, int classes, InputShape input)
    implements Architecture {

  @Override
  public PresetArchitecture with(int classes, InputShape input) {
    return new PresetArchitecture(name, classes, input);
  }

  @Override
  public String canonical() {
    return String.format(
        Locale.ROOT,
        "{\"kind\":\"preset\",\"name\":\"%s\",\"classes\":%d,\"input\":\"%s\"}",
        name,
        classes,
        input);
  }
}
