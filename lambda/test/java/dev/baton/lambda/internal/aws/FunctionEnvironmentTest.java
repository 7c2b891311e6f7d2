package dev.baton.lambda.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.run.SourceRevision;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a function knows of the sources that it was built from.
class FunctionEnvironmentTest {
    private static final SourceRevision REVISION = new SourceRevision("hg", "9c0d1a2b3c4d", "stable", false);

    @TempDir
    private Path folder;

    private Map<String, ?> stamp(String... stamps) throws IOException {
        var places = new ArrayList<URL>();
        for (var stamp : stamps) {
            var classes = folder.resolve("classes" + places.size());
            var file = classes.resolve(SourceRevision.STAMP);
            Files.createDirectories(file.getParent());
            Files.writeString(file, stamp);
            places.add(classes.toUri().toURL());
        }
        try (var loader = new URLClassLoader(places.toArray(URL[]::new), null)) {
            return FunctionEnvironment.stamp(loader);
        }
    }

    @Test
    void what_the_deployment_tells_counts() {
        var environment = new FunctionEnvironment(Map.of("BATON_REVISION", Json.print(REVISION.toJson())));

        assertThat(SourceRevision.of(environment.revision())).isEqualTo(REVISION);
        assertThat(environment.shownRevision()).isEqualTo("9c0d1a2b3c4d");
    }

    @Test
    void where_it_tells_nothing_the_stamp_of_the_code_does() throws IOException {
        var stamp = Json.print(REVISION.toJson()).replaceFirst("\\{", "{\"form\":1,\"tags\":[],");

        assertThat(stamp(stamp)).isEqualTo(REVISION.toJson());
        assertThat(stamp()).isEmpty();
        assertThat(stamp(stamp, stamp)).as("of which jar?").isEmpty();
        for (var broken : List.of("", "[]", "{}", "{\"system\": 1}")) {
            assertThat(stamp(broken)).as(broken).isEmpty();
        }
        assertThat(new FunctionEnvironment(Map.of("BATON_REVISION", "${Revision}")).shownRevision())
                .isEqualTo("none");
    }
}
