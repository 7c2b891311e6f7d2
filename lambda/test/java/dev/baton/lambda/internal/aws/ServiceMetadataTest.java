package dev.baton.lambda.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.GeneratedServiceMetadataProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/// What stands in the place of the SDK's own class knows all that this one does.
class ServiceMetadataTest {
    private static final String PROVIDER = GeneratedServiceMetadataProvider.class.getName();

    /// What the SDK's jar itself has, by the beginnings of the names of hosts.
    private static Map<?, ?> known(ClassLoader sdk) throws ReflectiveOperationException {
        var field = sdk.loadClass(PROVIDER).getDeclaredField("SERVICE_METADATA");
        field.setAccessible(true);
        return (Map<?, ?>) field.get(null);
    }

    @Test
    void every_service_that_the_sdk_knows_is_found_by_its_name() throws Exception {
        var jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("baton-"))
                .map(Path::of)
                .filter(Files::exists)
                .map(ServiceMetadataTest::url)
                .toArray(URL[]::new);
        var ours = new GeneratedServiceMetadataProvider();
        try (var sdk = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
            var there = new TreeMap<String, String>();
            var here = new TreeMap<String, String>();
            known(sdk).forEach((service, metadata) -> {
                var name = String.valueOf(service);
                there.put(name, metadata.getClass().getName());
                var found = ours.serviceMetadata(name);
                here.put(name, found == null ? "none" : found.getClass().getName());
            });
            assertThat(there).hasSizeGreaterThan(300);
            assertThat(here).isEqualTo(there);
        }
    }

    @Test
    void clients_ask_what_stands_in_its_place() {
        assertThat(GeneratedServiceMetadataProvider.class.getDeclaredFields())
                .extracting(field -> field.getName())
                .doesNotContain("SERVICE_METADATA");
        assertThat(ServiceMetadata.of("iam").signingRegion(Region.AWS_GLOBAL)).isEqualTo(Region.US_EAST_1);
        assertThat(ServiceMetadata.of("states").endpointFor(Region.EU_WEST_1))
                .hasToString("states.eu-west-1.amazonaws.com");
        assertThat(ServiceMetadata.of("nobodys").endpointFor(Region.EU_WEST_1))
                .hasToString("nobodys.eu-west-1.amazonaws.com");
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
