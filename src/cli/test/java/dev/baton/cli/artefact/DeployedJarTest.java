package dev.baton.cli.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.compiler.pipeline.CompiledFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The one jar that all functions are deployed from.
class DeployedJarTest {
    private static final long MAX_BYTES = 15_000_000;

    private static Path jar;
    private static Set<String> entries;

    @BeforeAll
    static void open() throws IOException {
        jar = FunctionPackage.deployedJar();
        assumeTrue(jar != null, "nothing was packaged: this runs with mvn verify");
        try (var zip = new ZipFile(jar.toFile())) {
            entries = zip.stream().map(entry -> entry.getName()).collect(Collectors.toSet());
        }
    }

    @Test
    void it_is_lean() throws IOException {
        assertThat(Files.size(jar)).isLessThanOrEqualTo(MAX_BYTES);
        assertThat(entries)
                .noneMatch(name -> name.startsWith("io/netty/"))
                .noneMatch(name -> name.startsWith("software/amazon/awssdk/crt/"))
                .noneMatch(name -> name.startsWith("com/fasterxml/jackson/databind/"))
                .noneMatch(name -> name.startsWith("dev/baton/local/"))
                .noneMatch(name -> name.startsWith("dev/baton/compiler/"))
                .noneMatch(name -> name.startsWith("io/opentelemetry/sdk/"));
    }

    @Test
    void it_has_every_handler_and_the_hooks_of_snapshots_and_spans() {
        assertThat(entries)
                .containsAll(Arrays.stream(CompiledFunction.Kind.values())
                        .filter(kind -> !kind.isOfPeople())
                        .map(kind -> kind.handler().replace('.', '/') + ".class")
                        .toList())
                .contains("org/crac/Resource.class", "io/opentelemetry/api/GlobalOpenTelemetry.class");
    }

    @Test
    void it_loads_the_metadata_of_one_service_and_not_of_all() throws IOException {
        var name = "software/amazon/awssdk/regions/GeneratedServiceMetadataProvider.class";
        try (var zip = new ZipFile(jar.toFile())) {
            // The SDK's own names 307 classes.
            assertThat(zip.getEntry(name).getSize()).isLessThan(8_000);
        }
    }

    @Test
    void what_functions_have_besides_that_people_ask_is_what_it_has_not() throws IOException {
        var people = FunctionPackage.peopleJar();
        assumeTrue(people != null, "nothing was packaged: this runs with mvn verify");
        assertThat(Files.size(people)).isLessThanOrEqualTo(MAX_BYTES);
        try (var zip = new ZipFile(people.toFile())) {
            var classes = zip.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") || name.endsWith(".so"))
                    .toList();
            assertThat(classes)
                    .contains(
                            "dev/baton/lambda/people/GovernedStartFunction.class",
                            "dev/baton/lambda/people/ApprovalFunction.class",
                            "dev/baton/lambda/people/AccessFunction.class",
                            "com/nimbusds/jwt/SignedJWT.class",
                            "jne/linux/x86_64/libcedar_java_ffi.so",
                            "jne/linux/aarch64/libcedar_java_ffi.so")
                    .doesNotContainAnyElementsOf(entries)
                    .noneMatch(name -> name.endsWith(".dylib") || name.endsWith(".dll"));
        }
    }

    @Test
    void its_log_is_json_lines() throws IOException {
        try (var zip = new ZipFile(jar.toFile());
                var in = zip.getInputStream(zip.getEntry("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .isEqualTo("dev.baton.lambda.log.JsonLinesProvider");
        }
    }
}
