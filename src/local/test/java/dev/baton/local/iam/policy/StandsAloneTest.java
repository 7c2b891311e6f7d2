package dev.baton.local.iam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The evaluator can be lifted out: it needs JSON, findings, names and the JDK.
class StandsAloneTest {

    @Test
    void the_evaluator_knows_nothing_of_the_embedded_aws() throws IOException {
        var imports = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(Path.of("main/java/dev/baton/local/iam/policy"), "*.java")) {
            for (var file : files) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("import "))
                        .map(line -> line.replaceFirst("import (static )?", "").replaceFirst("\\.[A-Z].*", ""))
                        .filter(name -> !name.startsWith("java."))
                        .forEach(imports::add);
            }
        }
        assertThat(imports)
                .containsExactlyInAnyOrder(
                        "dev.baton.diagnostic",
                        "dev.baton.json",
                        "dev.baton.local.iam.policy",
                        "dev.baton.name",
                        "org.jspecify.annotations");
    }
}
