package org.netloom.architecture;

/**
 * One point of a search space, or a preset of the literature. Two architectures are the same iff
 * their canonical forms are equal; the {@link #id()} is the SHA-256 of that form.
 */
public sealed interface Architecture permits DeepNetsArchitecture, PresetArchitecture {

  /** Number of classes of the last linear layer. */
  int classes();

  /** Image shape that the network takes. */
  InputShape input();

  /** This architecture for other images or another number of classes. */
  Architecture with(int classes, InputShape input);

  /**
   * Compact canonical text: one line of JSON with a fixed order of keys, accepted wherever an
   * architecture is asked for.
   */
  String canonical();

  /** Lower-case hexadecimal SHA-256 of {@link #canonical()} in UTF-8 (64 digits). */
  default String id() {
    return Sha256.hex(canonical());
  }
}
