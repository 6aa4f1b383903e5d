package org.netloom.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.netloom.architecture.Architecture;
import org.netloom.architecture.ArchitectureReader;
import org.netloom.exchange.PyTorchModule;
import org.netloom.graph.ComputationalGraph;
import org.netloom.graph.GraphBuilder;
import org.netloom.space.Sampler;
import org.netloom.space.SearchSpace;

/** The networks of the comparison with PyTorch, and the modules that run them there. */
final class ComparedNetworks {
  private static final int CANDIDATES = 100;

  private ComparedNetworks() {}

  /** The ten of {@code benchmarks/networks}, by name. */
  static SequencedMap<String, ComputationalGraph> fixed() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("benchmarks/networks"))) {
      files = all.sorted().toList();
    }
    SequencedMap<String, ComputationalGraph> graphs = new LinkedHashMap<>();
    for (Path file : files) {
      String name = file.getFileName().toString().replaceFirst("\\..*", "");
      Architecture architecture = ArchitectureReader.read(file.toString()).architecture();
      graphs.put(name, GraphBuilder.build(architecture));
    }
    return graphs;
  }

  /** A hundred candidates of the quick-start space. */
  static List<Architecture> candidates() {
    Sampler sampler = new Sampler(SearchSpace.quickstart(10));
    SplittableRandom random = new SplittableRandom(100);
    List<Architecture> all = new ArrayList<>();
    for (int i = 0; i < CANDIDATES; i++) {
      all.add(sampler.sample(random));
    }
    return all;
  }

  /** Writes a module of each network and of each candidate into two folders. */
  static void export(Path folder) throws IOException {
    Path networks = Files.createDirectories(folder.resolve("networks"));
    for (var entry : fixed().entrySet()) {
      write(networks.resolve(entry.getKey() + ".py"), entry.getValue());
    }
    Path candidates = Files.createDirectories(folder.resolve("candidates"));
    int index = 0;
    for (Architecture candidate : candidates()) {
      Path file = candidates.resolve("candidate_%03d.py".formatted(index++));
      write(file, GraphBuilder.build(candidate));
    }
  }

  private static void write(Path file, ComputationalGraph graph) throws IOException {
    Files.writeString(file, PyTorchModule.write(graph, graph.name()));
  }
}
