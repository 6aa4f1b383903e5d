package org.netloom.run;

import org.netloom.ghn.GhnTraining;

/** Where a run's hypernetwork comes from. */
public sealed interface GhnChoice {
  /** A built-in one or a file: the GHN argument of the command line. */
  record Named(String argument) implements GhnChoice {}

  /** Trained by the run itself, before the search. */
  record Trained(GhnTraining training) implements GhnChoice {}
}
