package dev.baton.policy;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.run.Requester;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A sentence that policies are tested by: who may, or may not, do what.
///
/// ```
/// okta:ada@example.com of forecast may start weather in prod
/// okta:eve may not force weather/CleanObservations in prod
/// arn:aws:iam::111111111111:role/operators of platform may deploy environment prod
/// event completion:radar may start weather in prod with {"parameters": ["day=2026-11-22"]}
/// ```
///
/// @param line in its file, counted from 1
/// @param text as it stands there
/// @param expected whether it is to be allowed
public record PolicyCase(int line, String text, PolicyQuestion question, boolean expected) {
    private static final Pattern SENTENCE =
            Pattern.compile("(?<event>event )?(?<who>\\S+)(?: of (?<teams>[^,\\s]+(?:, ?[^,\\s]+)*))?"
                    + " may (?<not>not )?(?<action>[a-z]+) (?:environment (?<environment>\\S+)"
                    + "|(?<pipeline>[^\\s/]+)(?:/(?<task>\\S+))? in (?<in>\\S+))(?: with (?<context>\\{.*\\}))?");

    /// The sentences of a text: one a line, and comments behind `#`.
    ///
    /// @param file the name of the text
    /// @throws DiagnosticException POL020 for all lines that are none
    public static List<PolicyCase> parse(String file, String text) {
        var cases = new ArrayList<PolicyCase>();
        var problems = new Diagnostics();
        var number = 0;
        for (var line : text.lines().toList()) {
            number++;
            var sentence = line.replaceFirst("(^|\\s)#.*", "").strip().replaceAll("\\s+", " ");
            if (!sentence.isEmpty()) {
                var place = new Location.InText(file, number, 1, "");
                try {
                    cases.add(new PolicyCase(number, sentence, question(sentence), !sentence.contains(" may not ")));
                } catch (IllegalArgumentException e) {
                    problems.add(problem(place, e.getMessage()));
                }
            }
        }
        if (cases.isEmpty() && !problems.hasErrors()) {
            problems.add(problem(new Location.InText(file, 1, 1, ""), "there is no sentence in it"));
        }
        problems.throwIfErrors();
        return cases;
    }

    private static Diagnostic problem(Location place, @Nullable String what) {
        return Diagnostic.error(
                "POL020",
                place,
                "this says not who may do what: " + what,
                "write, for example, `okta:ada@example.com of forecast may not force weather/Forecast in prod`");
    }

    private static PolicyQuestion question(String sentence) {
        var match = SENTENCE.matcher(sentence);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "WHO [of TEAM, …] may [not] ACTION (PIPELINE[/TASK] in ENV | environment ENV) [with {…}]");
        }
        var environment = match.group("environment");
        var task = match.group("task");
        return new PolicyQuestion(
                requester(match.group("event") != null, match.group("who"), match.group("teams")),
                action(match.group("action")),
                environment != null
                        ? new PolicyResource.OfEnvironment(environment)
                        : task != null
                                ? new PolicyResource.OfTask(match.group("pipeline"), task)
                                : new PolicyResource.OfPipeline(match.group("pipeline")),
                environment == null ? match.group("in") : environment,
                context(match.group("context")));
    }

    private static Requester requester(boolean event, String who, @Nullable String teams) {
        var names = teams == null ? List.<String>of() : List.of(teams.split(", ?"));
        if (event) {
            return event(who);
        }
        if (who.startsWith("arn:")) {
            return Requester.role(who, null, names);
        }
        var colon = who.indexOf(':');
        if (colon <= 0 || colon == who.length() - 1) {
            throw new IllegalArgumentException(
                    "\"" + who + "\" is neither a person (PROVIDER:NAME), nor a role's ARN, nor `event KIND`");
        }
        return Requester.person(who.substring(0, colon), who.substring(colon + 1), names);
    }

    private static Requester event(String who) {
        for (var kind : Requester.EventKind.values()) {
            if (who.equals(kind.word())) {
                return Requester.event(kind);
            }
            if (who.startsWith(kind.word() + ":")) {
                return Requester.event(kind, who.substring(kind.word().length() + 1));
            }
        }
        throw new IllegalArgumentException(
                "an event is upload, completion, schedule, sweep or recovery, but was " + who);
    }

    private static PolicyAction action(String word) {
        for (var action : PolicyAction.values()) {
            if (action.word().equals(word)) {
                return action;
            }
        }
        throw new IllegalArgumentException(
                "an action is start, rerun, force, backfill, redrive, stop, approve, deploy or read, but was " + word);
    }

    private static Map<String, Object> context(@Nullable String json) {
        var context = new LinkedHashMap<String, Object>();
        if (json != null) {
            try {
                Json.parseObject(json).forEach((name, value) -> {
                    if (value != null) {
                        context.put(name, value);
                    }
                });
            } catch (JsonException e) {
                throw new IllegalArgumentException("what follows `with` is not JSON: " + e.getMessage(), e);
            }
        }
        return context;
    }
}
