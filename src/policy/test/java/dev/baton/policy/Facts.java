package dev.baton.policy;

import dev.baton.run.Requester;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A pipeline of the team forecast, in which one task is of the team data and waits for stewards, and people.
final class Facts {
    static final Requester ADA = Requester.person("okta", "ada@example.com", List.of("forecast"));
    static final Requester BOB = Requester.person("okta", "bob@example.com", List.of("data"));
    static final Requester EVE = Requester.person("github", "eve", List.of());
    static final Requester STEWARD = Requester.person("okta", "sue@example.com", List.of("stewards"));
    static final Requester OPERATOR =
            Requester.role("arn:aws:iam::111111111111:role/operators", "olga", List.of("platform"));

    private Facts() {}

    static GovernedPipeline weather(String environment) {
        return new GovernedPipeline(
                environment,
                Optional.of("platform"),
                "weather",
                Optional.of("forecast"),
                new TreeSet<>(),
                new TreeMap<>(Map.of(
                        "Forecast", new GovernedTask(Optional.of("forecast"), new TreeSet<>()),
                        "CleanObservations",
                                new GovernedTask(Optional.of("data"), new TreeSet<>(List.of("stewards"))))));
    }

    static GovernedPipeline unowned(String environment) {
        return new GovernedPipeline(
                environment, Optional.empty(), "scratch", Optional.empty(), new TreeSet<>(), new TreeMap<>());
    }

    static PeoplePolicies policies(@Nullable String text) {
        return PeoplePolicies.over(text, List.of(weather("prod"), unowned("prod")));
    }

    static PolicyResource resource(String id) {
        var parts = Arrays.asList(id.split("/"));
        return id.equals("prod") || id.equals("dev")
                ? new PolicyResource.OfEnvironment(id)
                : parts.size() == 2
                        ? new PolicyResource.OfTask(parts.getFirst(), parts.getLast())
                        : new PolicyResource.OfPipeline(id);
    }

    static PolicyQuestion question(Requester who, PolicyAction action, String resource, Map<String, Object> context) {
        return new PolicyQuestion(who, action, resource(resource), "prod", context);
    }
}
