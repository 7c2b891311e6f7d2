package dev.baton.cdk.account;

import dev.baton.cdk.NodeRuntime;
import dev.baton.local.EmbeddedAws;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder in which the project's command runs as in a clone of it, but that has environments and state machines of
/// its own: the rest are links.
///
/// @param environments the text of `cdk/environments.json`
record Clone(Path root, Path folder, String environments) {
    /// What is needed and not there.
    static Optional<String> missing(Path root) {
        if (!Files.isDirectory(root.resolve("src/cli/target/lib"))) {
            return Optional.of("the command is not packaged (mvn package)");
        }
        return NodeRuntime.problem()
                .or(() -> Stream.of("npm", "npx", "aws", "sh")
                        .filter(program -> !Shell.has(program))
                        .findFirst()
                        .map(program -> "there is no " + program));
    }

    /// A shell in it, whose user is the administrator of the account.
    Shell shell(EmbeddedAws aws) throws IOException {
        for (var linked : new String[] {"src", "lambda", "pom.xml"}) {
            Files.createSymbolicLink(folder.resolve(linked), root.resolve(linked));
        }
        Files.copy(root.resolve("baton"), folder.resolve("baton"));
        copy(root.resolve("statemachines"), folder.resolve("statemachines"));
        Files.createDirectories(folder.resolve(".baton"));
        Files.createFile(folder.resolve(".baton/built"));
        var target = Files.createDirectories(folder.resolve("cdk/target"));
        app(target.resolve("app.jar"));
        Files.writeString(folder.resolve("cdk/environments.json"), environments);

        var key = aws.administrator();
        var config = Files.writeString(
                folder.resolve(".baton/config"),
                "[profile dev]\nregion = " + aws.account().region() + "\n");
        var credentials = Files.writeString(folder.resolve(".baton/credentials"), """
                [dev]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                """.formatted(key.accessKeyId(), key.secretAccessKey()));
        var variables = new HashMap<String, String>();
        variables.put("AWS_CONFIG_FILE", config.toString());
        variables.put("AWS_SHARED_CREDENTIALS_FILE", credentials.toString());
        variables.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        // Short processes: what the second compiler makes never pays.
        variables.put("BATON_TIER", "1");
        // Nor does an archive of classes, where hardly any command comes twice.
        variables.put("BATON_JAVA_OPTIONS", "-XX:-AutoCreateSharedArchive -XX:SharedArchiveFile=" + archive());
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20");
        variables.put("CDK_DISABLE_CLI_TELEMETRY", "true");
        variables.put("NODE_NO_WARNINGS", "1");
        variables.put("npm_config_update_notifier", "false");
        variables.put("npm_config_prefer_offline", "true");
        return new Shell(folder, variables);
    }

    /// The JVM's own archive of classes.
    private static Path archive() {
        return Path.of(System.getProperty("java.home"), "lib", "server", "classes.jsa");
    }

    /// The CDK app as this process has it, in the place of `mvn package`, which comes after this test.
    private static void app(Path jar) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        var needed = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Clone::isOfTheApp)
                .map(entry -> entry.toAbsolutePath().toUri().toString())
                .collect(Collectors.joining(" "));
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, needed);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    /// Pipelines come with `--jar`.
    private static boolean isOfTheApp(Path entry) {
        var path = entry.toString();
        return Files.exists(entry)
                && !path.contains("weather")
                && !path.endsWith("test")
                && !path.contains("test-classes");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path there, BasicFileAttributes is) throws IOException {
                var here = to.resolve(from.relativize(there).toString());
                if (there.endsWith("target")) {
                    Files.createSymbolicLink(here, there);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(here);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path there, BasicFileAttributes is) throws IOException {
                Files.copy(there, to.resolve(from.relativize(there).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
