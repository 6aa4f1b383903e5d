package org.netloom.run;

/** Hears of a run as it goes on. Calls come one at a time. */
public interface RunListener {
  /** A phase of so many units begins; the one before is over. */
  void phase(String name, long units);

  /** Some units of the phase are done. */
  void step(long units, String extra);

  /** Something worth a line. */
  void say(String line);
}
