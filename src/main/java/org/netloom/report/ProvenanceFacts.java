package org.netloom.report;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.netloom.store.Provenance;
import org.netloom.store.Provenance.Artefact;
import org.netloom.store.Provenance.Device;
import org.netloom.store.Provenance.Machine;

/** Provenance as names and values for people. */
final class ProvenanceFacts {
  private ProvenanceFacts() {}

  static SequencedMap<String, String> of(Provenance provenance) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    Machine machine = provenance.machine();
    facts.put(
        "Netloom",
        "%s, commit %s".formatted(provenance.build().version(), provenance.build().commit()));
    facts.put("Started", provenance.started().toString());
    facts.put("Command", "netloom " + String.join(" ", provenance.commandLine()));
    facts.put(
        "Seeds",
        provenance.seeds().entrySet().stream()
            .map(seed -> seed.getKey() + " " + seed.getValue())
            .collect(Collectors.joining(", ")));
    facts.put("Data set", artefact(provenance.dataset()));
    Artefact hypernetwork = provenance.hypernetwork();
    if (hypernetwork != null) {
      facts.put("Hypernetwork", artefact(hypernetwork));
    }
    facts.put("Java", machine.jvm());
    facts.put(
        "Machine",
        "%s, %d cores, %s MB for Java"
            .formatted(machine.system(), machine.cores(), Text.whole(machine.memoryMegabytes())));
    for (Device device : provenance.devices()) {
      facts.put(
          "Backend " + device.name(), (device.used() ? "used: " : "not used: ") + device.reason());
    }
    return facts;
  }

  private static String artefact(Artefact artefact) {
    return "%s, SHA-256 %s".formatted(artefact.name(), artefact.sha256());
  }
}
