package dev.baton.lambda.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.run.DataProfile;
import dev.baton.run.profile.Profiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The classes of the sketch library that the deployed jar keeps are all that a profile needs.
class DeployedSketchTest {
    private static final Pattern INCLUDE = Pattern.compile("<include>(com/dynatrace/[^<]+)</include>");

    @Test
    void a_profile_needs_no_class_that_the_deployed_jar_leaves_out() throws Exception {
        var kept = INCLUDE.matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(found -> FileSystems.getDefault().getPathMatcher("glob:" + found.group(1)))
                .toList();
        assertThat(kept).isNotEmpty();
        var loader = new ClassLoader(DeployedSketchTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                var file = name.replace('.', '/') + ".class";
                var isSketch = name.startsWith("com.dynatrace.");
                if (!isSketch && !name.startsWith("dev.baton.run.")) {
                    return super.loadClass(name, resolve);
                }
                if (isSketch && kept.stream().noneMatch(pattern -> pattern.matches(Path.of(file)))) {
                    throw new ClassNotFoundException(name);
                }
                var known = findLoadedClass(name);
                try (var in = Objects.requireNonNull(getParent().getResourceAsStream(file), file)) {
                    var bytes = in.readAllBytes();
                    return known == null ? defineClass(name, bytes, 0, bytes.length) : known;
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        };
        var type = loader.loadClass(Profiler.class.getName());
        var profiler = type.getMethod("of", String.class, String.class).invoke(null, "s3://lake/a.csv", "");
        var rows = IntStream.range(0, 5_000).mapToObj(String::valueOf).collect(Collectors.joining("\n", "n\n", "\n"));
        var bytes = rows.getBytes(StandardCharsets.UTF_8);
        type.getMethod("write", byte[].class, int.class, int.class).invoke(profiler, bytes, 0, bytes.length);
        var profile = type.getMethod("finish").invoke(profiler);
        assertThat(profile.getClass()).isNotEqualTo(DataProfile.class);
        assertThat(profile.getClass().getMethod("problem").invoke(profile)).isNull();
        var column = ((List<?>) profile.getClass().getMethod("columns").invoke(profile)).getFirst();
        assertThat((Long) column.getClass().getMethod("distinct").invoke(column))
                .isBetween(4_750L, 5_250L);
    }
}
