package org.netloom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
  @TempDir private Path folder;

  private Path jar(String commit) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2.3");
    main.putValue("Netloom-Commit", commit);
    Path jar = folder.resolve("netloom.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  @Test
  void aJarNamesItsVersionAndCommit() throws IOException {
    assertThat(Build.of(jar("0123abc-dirty"))).isEqualTo(new Build("1.2.3", "0123abc-dirty"));
  }

  @Test
  void aJarThatWasNotBuiltFromARepositoryHasNoCommit() throws IOException {
    assertThat(Build.of(jar("${git.commit.id.describe}"))).isEqualTo(new Build("1.2.3", "unknown"));
  }

  @Test
  void outsideAJarNothingIsKnown() throws IOException {
    Build unknown = new Build("(development)", "unknown");
    assertThat(Build.of(folder)).isEqualTo(unknown);
    assertThat(Build.of(null)).isEqualTo(unknown);
    assertThat(Build.of(Files.writeString(folder.resolve("a.jar"), "no jar"))).isEqualTo(unknown);
  }
}
