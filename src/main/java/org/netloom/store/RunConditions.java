package org.netloom.store;

/**
 * What the results of a run follow from beside its configuration and inputs. A run that goes on
 * under other conditions may find other results: a candidate without memory fails, and kinds of
 * backend round differently.
 *
 * @param backend kind of backend, as {@code org.netloom.tensor.Backend#name} has it
 * @param memory most bytes of a plan; 0 is what the heap or the device allows
 */
public record RunConditions(String backend, long memory) {}
