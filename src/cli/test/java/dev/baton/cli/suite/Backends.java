package dev.baton.cli.suite;

import dev.baton.cli.deploy.FunctionPackage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The backends there are, and why one of them is not to be had here.
final class Backends {
    private static final String UNPACKED =
            "the deployed jar was not packaged; mvn package makes it, and mvn verify needs it";

    private Backends() {}

    /// A backend, or why there is none.
    ///
    /// @param missing the reason; empty where it can be opened
    /// @param required whether its absence is a failure
    record Offer(String name, Optional<String> missing, boolean required, Supplier<Backend> open) {}

    static List<Offer> all() {
        var offers = new ArrayList<Offer>();
        offers.add(new Offer("embedded, in process", Optional.empty(), true, EmbeddedBackend::inProcess));
        offers.add(new Offer("embedded, --lambda process", unlessPackaged(), false, EmbeddedBackend::processes));
        offers.add(new Offer("LocalStack", first(unlessPackaged(), LocalStackBackend.missing()),
                Boolean.getBoolean("baton.test.localstack"), LocalStackBackend::new));
        offers.add(given(System.getenv()));
        offers.add(account(System.getenv()));
        return offers;
    }

    private static Offer given(Map<String, String> variables) {
        var address = variables.getOrDefault("BATON_TEST_ENDPOINT", "");
        return new Offer(
                "BATON_TEST_ENDPOINT",
                address.isEmpty() ? Optional.of("BATON_TEST_ENDPOINT is not set") : unlessPackaged(),
                !address.isEmpty(),
                () -> GivenBackend.of(URI.create(address), variables));
    }

    private static Offer account(Map<String, String> variables) {
        var wanted = "1".equals(variables.get("BATON_TEST_AWS"));
        return new Offer(
                "AWS account",
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
