package dev.baton.cli.suite;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.baton.cli.suite.Backends.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The end-to-end tests on every backend that can be had. What a backend cannot do is skipped with its reason, and
/// the log tells for each backend what ran and what did not.
///
/// `-Dbaton.test.localstack=true` makes a missing LocalStack a failure; `-Dbaton.test.backend=TEXT` leaves those out
/// whose names have no such part.
class SuiteTest {
    private static final List<String> LOG = new ArrayList<>();

    @AfterAll
    static void tell() {
        LOG.forEach(System.out::println);
    }

    @TestFactory
    Stream<DynamicNode> every_backend() {
        var wanted = System.getProperty("baton.test.backend", "");
        return Backends.all().stream()
                .filter(offer -> offer.name().contains(wanted))
                .map(SuiteTest::on);
    }

    static DynamicNode on(Offer offer) {
        if (offer.missing().isPresent()) {
            var reason = offer.missing().get();
            return dynamicContainer(offer.name(), Stream.of(dynamicTest("can be had", () -> {
                LOG.add("backend " + offer.name() + ": nothing ran: " + reason + "; it " + capabilities(offer));
                if (offer.required()) {
                    throw new AssertionError(offer.name() + " is required, but " + reason);
                }
                Assumptions.abort(reason);
            })));
        }
        var report = new Report(offer);
        return dynamicContainer(offer.name(), tests(offer, report));
    }

    /// What a backend can do of that which not every backend can, and what it lacks, with the reasons.
    static String capabilities(Offer offer) {
        var has = Stream.of(Capability.values())
                .filter(capability -> !offer.lacks().containsKey(capability))
                .map(Capability::name)
                .collect(joining(" "));
        var lacks = Stream.of(Capability.values())
                .filter(offer.lacks()::containsKey)
                .map(capability -> capability + " (" + offer.lacks().get(capability) + ")")
                .collect(joining(", "));
        return "can " + has + ", lacks " + (lacks.isEmpty() ? "nothing" : lacks);
    }

    /// One after the other, on one deployment; the last takes it away.
    private static Stream<DynamicTest> tests(Offer offer, Report report) {
        var opened = new Opened(offer);
        return Stream.concat(
                Stream.of(Scenario.values()).map(scenario -> dynamicTest(scenario.sentence(), () -> {
                    var lacking = scenario.needs().stream()
                            .filter(offer.lacks()::containsKey)
                            .map(capability -> capability + ": " + offer.lacks().get(capability))
                            .toList();
                    if (!lacking.isEmpty()) {
                        report.skipped(scenario, String.join("; ", lacking));
                        Assumptions.abort(String.join("; ", lacking));
                    }
                    report.begun(scenario);
                    var suite = opened.suite();
                    scenario.run(suite);
                    report.ran(scenario);
                })),
                Stream.of(dynamicTest("what was made is taken away again", () -> {
                    LOG.add(report.line());
                    opened.close();
                })));
    }

    /// A backend with the pipeline on it, made for the first test that asks.
    private static final class Opened {
        private final Offer offer;
        private Suite suite;
        private Throwable failure;

        Opened(Offer offer) {
            this.offer = offer;
        }

        Suite suite() {
            if (failure != null) {
                throw new AssertionError(offer.name() + " could not be opened", failure);
            }
            if (suite == null) {
                try {
                    suite = Suite.on(offer.open().get());
                } catch (RuntimeException | Error e) {
                    failure = e;
                    throw e;
                }
            }
            return suite;
        }

        void close() {
            if (suite != null) {
                suite.close();
            }
        }
    }

    /// What ran on a backend.
    private static final class Report {
        private final Offer backend;
        private final List<String> ran = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();
        private final List<String> skipped = new ArrayList<>();

        Report(Offer backend) {
            this.backend = backend;
        }

        void begun(Scenario scenario) {
            failed.add(scenario.name());
        }

        void ran(Scenario scenario) {
            failed.remove(scenario.name());
            ran.add(scenario.name());
        }

        void skipped(Scenario scenario, String reason) {
            skipped.add(scenario.name() + " (" + reason + ")");
        }

        String line() {
            return "backend " + backend.name() + " " + capabilities(backend) + ": passed " + ran + (failed.isEmpty() ? "" : ", failed " + failed) + ", skipped "
                    + (skipped.isEmpty() ? "nothing" : skipped);
        }
    }
}
