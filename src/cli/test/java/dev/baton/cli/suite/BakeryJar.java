package dev.baton.cli.suite;

import dev.baton.cli.suite.bakery.Bakery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// The bakery as a jar of its own, as a project of somebody's would make it.
final class BakeryJar {
    private BakeryJar() {}

    static List<Path> alone() {
        try {
            var classes = Path.of(Bakery.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            var jar = Files.createTempDirectory("bakery-").resolve("bakery.jar");
            jar.toFile().deleteOnExit();
            var folder = classes.resolve(Bakery.class.getPackageName().replace('.', '/'));
            try (var out = new JarOutputStream(Files.newOutputStream(jar));
                    var inside = Files.list(folder)) {
                for (var file : inside.sorted().toList()) {
                    put(out, classes.relativize(file).toString(), Files.readAllBytes(file));
                }
                put(
                        out,
                        "META-INF/services/dev.baton.task.PipelineProvider",
                        Bakery.class.getName().getBytes(StandardCharsets.UTF_8));
            }
            return List.of(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        var entry = new JarEntry(name);
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
