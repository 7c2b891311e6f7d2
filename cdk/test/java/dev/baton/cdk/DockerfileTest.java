package dev.baton.cdk;

import static dev.baton.cdk.Glacier.ICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The image of the docs.
@ExtendWith(Stacks.class)
class DockerfileTest {
    /// Builds what `docker build` would, without Docker, and runs in it what ECS would.
    @Test
    void the_dockerfile_of_the_docs_puts_the_code_where_the_containers_command_looks_for_it()
            throws IOException, InterruptedException {
        var context = FunctionAsset.staged(
                        List.of(jarThatSpeaks()), Stacks.folder().resolve("context"))
                .folder();
        var image = Stacks.folder().resolve("image");
        var place = image;
        for (var line : dockerfile()) {
            var words = line.split(" ");
            switch (words[0]) {
                case "FROM" -> assertThat(words[1]).contains("-jre");
                case "WORKDIR" -> place = image.resolve(words[1].substring(1));
                case "COPY" -> {
                    assertThat(words).hasSize(3);
                    var target = Files.createDirectories(place.resolve(words[2]));
                    try (var jars = Files.newDirectoryStream(context.resolve(words[1]))) {
                        for (var jar : jars) {
                            Files.copy(jar, target.resolve(jar.getFileName()));
                        }
                    }
                }
                case "USER" -> assertThat(words[1]).doesNotStartWith("0").doesNotStartWith("root");
                case "ENTRYPOINT" -> assertThat(words[1]).isEqualTo("[]");
                default -> throw new AssertionError("what does this do? " + line);
            }
        }
        var command = new ArrayList<>(ICE.containers().getFirst().command());
        assertThat(command.getFirst()).isEqualTo("java");
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());

        var process = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo("the container runs");
        assertThat(process.waitFor()).isZero();
    }

    private static List<String> dockerfile() throws IOException {
        var docs = Files.readString(Path.of("..", "src", "site", "markdown", "containers.md"));
        var block = Pattern.compile("```dockerfile\n(.*?)```", Pattern.DOTALL).matcher(docs);
        assertThat(block.find()).isTrue();
        return block.group(1).lines().toList();
    }

    /// A class of the name that containers start.
    private static Path jarThatSpeaks() throws IOException {
        var name = ICE.containers().getFirst().command().getLast();
        var simple = name.substring(name.lastIndexOf('.') + 1);
        var source = Stacks.folder().resolve(simple + ".java");
        Files.writeString(
                source,
                "package " + name.substring(0, name.lastIndexOf('.')) + "; public class " + simple
                        + " { public static void main(String[] a) { System.out.println(\"the container runs\"); } }");
        var classes = Files.createDirectories(Stacks.folder().resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString()))
                .isZero();
        var jar = Stacks.folder().resolve("speaks.jar");
        var entry = name.replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            Files.copy(classes.resolve(entry), out);
            out.closeEntry();
        }
        return jar;
    }
}
