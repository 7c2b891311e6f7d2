package dev.baton.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.run.Requester;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may do what, by the default policies and by some that a team wrote.
class DecisionTableTest {
    private static final PeoplePolicies DEFAULT = Facts.policies(null);
    private static final PeoplePolicies WRITTEN = Facts.policies("""
            @id("forecasters") permit(principal in Baton::Team::"forecast", action, resource)
              when { resource has owner && resource.owner == Baton::Team::"forecast" };
            @id("readers") permit(principal is Baton::Person, action == Baton::Action::"read", resource);
            @id("operators") permit(principal in Baton::Team::"platform",
              action in [Baton::Action::"redrive", Baton::Action::"stop", Baton::Action::"deploy"],
              resource in Baton::Environment::"prod");
            @id("uploads") permit(principal == Baton::Event::"upload", action == Baton::Action::"start", resource);
            @id("chained") permit(principal in Baton::Event::"completion", action == Baton::Action::"start",
              resource == Baton::Pipeline::"weather");
            @id("small-backfills") forbid(principal, action == Baton::Action::"backfill", resource)
              unless { context has runs && context.runs <= 31 };
            @id("night") forbid(principal, action == Baton::Action::"deploy", resource)
              when { context has at && context.at.toTime() >= duration("20h") };
            @id("no-self") forbid(principal is Baton::Person, action == Baton::Action::"approve", resource)
              when { context has starter && context.starter == "okta:ada@example.com" };
            """);

    private static final Map<String, Requester> PEOPLE = Map.of(
            "ada", Facts.ADA,
            "bob", Facts.BOB,
            "eve", Facts.EVE,
            "sue", Facts.STEWARD,
            "operator", Facts.OPERATOR,
            "upload", Requester.event(Requester.EventKind.UPLOAD),
            "schedule", Requester.event(Requester.EventKind.SCHEDULE),
            "recovery", Requester.event(Requester.EventKind.RECOVERY),
            "completion", Requester.event(Requester.EventKind.COMPLETION, "radar"),
            "nobody", Requester.NOBODY);

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "ada, start, weather, owners",
        "ada, rerun, weather, owners",
        "ada, backfill, weather, owners",
        "ada, redrive, weather, owners",
        "ada, stop, weather, owners",
        "ada, deploy, weather, owners",
        "ada, read, weather, owners",
        "ada, force, weather, owners",
        "ada, force, weather/Forecast, owners",
        "ada, approve, weather/Forecast, owners",
        "ada, force, weather/CleanObservations,",
        "ada, read, weather/CleanObservations,",
        "ada, approve, weather/CleanObservations,",
        "ada, deploy, prod,",
        "ada, start, scratch,",
        "bob, start, weather,",
        "bob, read, weather,",
        "bob, force, weather/CleanObservations, owners",
        "bob, approve, weather/CleanObservations,",
        "bob, force, weather/Forecast,",
        "sue, approve, weather/CleanObservations, approvers",
        "sue, approve, weather/Forecast,",
        "sue, force, weather/CleanObservations,",
        "sue, start, weather,",
        "eve, start, weather,",
        "eve, read, weather,",
        "eve, start, scratch,",
        "operator, deploy, prod, owners",
        "operator, deploy, weather,",
        "operator, start, weather,",
        "upload, start, weather, events",
        "upload, rerun, weather, events",
        "recovery, redrive, weather, events",
        "schedule, start, scratch, events",
        "completion, start, weather, events",
        "upload, deploy, weather,",
        "upload, approve, weather/CleanObservations,",
        "upload, force, weather,",
        "upload, stop, weather,",
        "nobody, start, weather,",
        "nobody, read, weather,",
    })
    void by_default_owners_may_and_events_start(String who, String action, String resource, String by) {
        decide(DEFAULT, who, action, resource, Map.of(), by);
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "ada, start, weather, forecasters",
        "ada, force, weather/Forecast, forecasters",
        "ada, force, weather/CleanObservations,",
        "ada, read, weather/CleanObservations, readers",
        "ada, backfill, weather, -small-backfills",
        "bob, read, weather, readers",
        "bob, start, weather,",
        "eve, read, scratch, readers",
        "eve, stop, scratch,",
        "operator, redrive, weather, operators",
        "operator, stop, scratch, operators",
        "operator, deploy, prod, operators",
        "operator, read, weather,",
        "operator, approve, weather/Forecast,",
        "upload, start, weather, uploads",
        "upload, rerun, weather,",
        "schedule, start, weather,",
        "completion, start, weather, chained",
        "completion, start, scratch,",
    })
    void written_policies_stand_in_the_place_of_the_default(String who, String action, String resource, String by) {
        decide(WRITTEN, who, action, resource, Map.of(), by);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} {4}: {5}")
    @CsvSource({
        "ada, backfill, weather, runs, 31, forecasters",
        "ada, backfill, weather, runs, 32, -small-backfills",
        "operator, deploy, weather, at, 2026-12-01T19:59:59.123456Z, operators",
        "operator, deploy, weather, at, 2026-12-01T20:00:00Z, -night",
        "ada, approve, weather/Forecast, starter, okta:bob@example.com, forecasters",
        "ada, approve, weather/Forecast, starter, okta:ada@example.com, -no-self",
        "ada, start, weather, mood, good,",
        "ada, start, weather, at, yesterday,",
    })
    void the_context_decides_too(String who, String action, String resource, String name, String value, String by) {
        Object given = name.equals("runs") ? (Object) Long.valueOf(value) : value;
        decide(WRITTEN, who, action, resource, Map.of(name, given), by);
    }

    /// @param by the policy that allows it; with a hyphen the one that forbids it; null where none allows it
    private static void decide(
            PeoplePolicies policies,
            String who,
            String action,
            String resource,
            Map<String, Object> context,
            @Nullable String by) {
        var answer = policies.ask(Facts.question(
                Objects.requireNonNull(PEOPLE.get(who)),
                PolicyAction.valueOf(action.toUpperCase(Locale.ROOT)),
                resource,
                context));
        assertThat(answer.allowed()).as(answer.reason()).isEqualTo(by != null && !by.startsWith("-"));
        assertThat(answer.policies())
                .as(answer.reason())
                .isEqualTo(by == null ? List.of() : List.of(by.startsWith("-") ? by.substring(1) : by));
        assertThat(answer.hash()).hasSize(64).isEqualTo(policies.hash());
    }
}
