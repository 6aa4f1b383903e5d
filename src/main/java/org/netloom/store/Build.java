package org.netloom.store;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Which Netloom this is, as its jar's manifest says.
 *
 * @param version for example {@code 0.1.0}; {@code (development)} outside a jar
 * @param commit abbreviated id of the commit it was built from, ending in {@code -dirty} if files
 *     had been changed; {@code unknown} where it was not built from a repository
 */
public record Build(String version, String commit) {
  private static final String COMMIT = "Netloom-Commit";

  /** The running program. */
  public static Build current() {
    return of(location());
  }

  static Build of(@Nullable Path jar) {
    if (jar == null || !Files.isRegularFile(jar)) {
      return new Build("(development)", "unknown");
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
      String version = main.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
      String commit = main.getValue(COMMIT);
      return new Build(
          version == null ? "(development)" : version,
          commit == null || commit.startsWith("$") ? "unknown" : commit);
    } catch (IOException e) {
      return new Build("(development)", "unknown"); // not a jar: classes from elsewhere
    }
  }

  private static @Nullable Path location() {
    CodeSource source = Build.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return null;
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null; // a class loader with locations of its own kind
    }
  }
}
