package dev.baton.cli.suite;

import dev.baton.cli.artefact.FunctionPackage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The backends there are, what they lack, and why one of them is not to be had here.
final class Backends {
    private static final String UNPACKED =
            "the deployed jar was not packaged; mvn package makes it, and mvn verify needs it";
    /// What has a missing LocalStack fail: for machines that are known to run Docker.
    static final String NEEDS_LOCALSTACK = "baton.test.localstack";

    private Backends() {}

    /// A backend, or why there is none.
    ///
    /// @param lacks what it cannot do, each with the reason
    /// @param missing the reason; empty where it can be opened
    /// @param required whether its absence is a failure
    record Offer(
            String name,
            Map<Capability, String> lacks,
            Optional<String> missing,
            boolean required,
            Supplier<Backend> open) {
        Offer {
            lacks = Map.copyOf(lacks);
        }
    }

    static List<Offer> all() {
        return all(System.getenv());
    }

    /// @param variables of the process. `CI`, which every service for continuous integration sets, makes the backends
    ///     that need nothing but a build mandatory
    static List<Offer> all(Map<String, String> variables) {
        var built = "true".equals(variables.get("CI"));
        return List.of(
                new Offer("embedded, in process", Map.of(), Optional.empty(), true, EmbeddedBackend::inProcess),
                new Offer("embedded, --lambda process", Map.of(), unlessPackaged(), built, EmbeddedBackend::processes),
                new Offer("given, over HTTPS", Map.of(), unlessPackaged(), built, GivenBackend::overHttps),
                localStack(first(LocalStackBackend.missing(), unlessPackaged()), Boolean.getBoolean(NEEDS_LOCALSTACK)),
                given(variables),
                account(variables));
    }

    static Offer localStack(Optional<String> missing, boolean required) {
        return new Offer("LocalStack", LocalStackBackend.LACKS, missing, required, LocalStackBackend::new);
    }

    private static Offer given(Map<String, String> variables) {
        var address = variables.getOrDefault("BATON_TEST_ENDPOINT", "");
        return new Offer(
                "BATON_TEST_ENDPOINT",
                GivenBackend.lacks(variables),
                address.isEmpty() ? Optional.of("BATON_TEST_ENDPOINT is not set") : unlessPackaged(),
                !address.isEmpty(),
                () -> GivenBackend.of(URI.create(address), variables));
    }

    private static Offer account(Map<String, String> variables) {
        var wanted = "1".equals(variables.get("BATON_TEST_AWS"));
        return new Offer(
                "AWS account",
                Map.of(),
                wanted ? unlessPackaged() : Optional.of("BATON_TEST_AWS=1 is not set: it would cost money"),
                wanted,
                () -> GivenBackend.account(variables));
    }

    private static Optional<String> unlessPackaged() {
        return FunctionPackage.deployedJar() == null ? Optional.of(UNPACKED) : Optional.empty();
    }

    private static Optional<String> first(Optional<String> one, Optional<String> other) {
        return one.isPresent() ? one : other;
    }
}
