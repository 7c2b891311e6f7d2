package dev.baton.cli.suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A `baton local --tls` in a process of its own, known by nothing but the variables that it has people export.
final class ServedLocal implements AutoCloseable {
    private static final Pattern VARIABLE = Pattern.compile("([A-Z_]+)=(\\S+)");
    private static final String LAST = "export AWS_CA_BUNDLE";
    private static final long PATIENCE_SECONDS = 30;

    private final Path home;
    private final Process process;
    private final Map<String, String> variables;

    private ServedLocal(Path home, Process process, Map<String, String> variables) {
        this.home = home;
        this.process = process;
        this.variables = Map.copyOf(variables);
    }

    static ServedLocal start() {
        try {
            var home = Files.createTempDirectory("baton-home-");
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "-Dbaton.home=" + home,
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.baton.cli.Baton",
                            "local",
                            "--tls",
                            "--bare",
                            "--port",
                            "0")
                    .redirectErrorStream(true)
                    .start();
            return new ServedLocal(home, process, exported(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> exported(Process process) throws IOException {
        var said = new ArrayList<String>();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.startsWith(LAST)) {
                // What functions print is not waited for, but must not fill the pipe.
                Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
                return variables(said);
            }
        }
        throw new IllegalStateException("baton local ended: " + String.join("\n", said));
    }

    private static Map<String, String> variables(List<String> said) {
        var variables = new LinkedHashMap<String, String>();
        said.stream()
                .filter(line -> line.startsWith("export "))
                .flatMap(line -> VARIABLE.matcher(line).results())
                .forEach(found -> variables.put(found.group(1), found.group(2)));
        return variables;
    }

    Map<String, String> variables() {
        return variables;
    }

    URI address() {
        return URI.create(variables.get("AWS_ENDPOINT_URL"));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (var inside = Files.walk(home)) {
                for (var path : inside.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
