package dev.baton.lambda.people;

import dev.baton.json.Json;
import dev.baton.run.PersonSession;
import dev.baton.run.RightsGrant;
import dev.baton.run.RightsRequest;
import dev.baton.run.StrictFields;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The role that people have for a while: its rights by the actions of policies, as its pipeline was deployed.
///
/// @param arn the role's
/// @param hash of all that it may do, in hex
/// @param rights by the word of the action
record PeopleRole(String arn, String hash, SortedMap<String, List<Right>> rights) {
    /// The variable that tells the access function of it.
    static final String VARIABLE = "BATON_PEOPLE_RIGHTS";

    /// The longest that STS takes.
    static final int LONGEST_POLICY = 2_048;

    private static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);
    private static final Duration LONGEST_SESSION = Duration.ofHours(1);
    /// A function that is beginning a session when it is revoked has ended by then.
    private static final Duration MARGIN = Duration.ofMinutes(2);
    /// All inline policies of a role together have at most 10,240 characters.
    private static final int MOST_DENIALS = 8;

    /// Actions on resources, both as IAM names them. The role's own policy narrows them further.
    record Right(List<String> actions, List<String> resources) {}

    /// @throws dev.baton.task.InvalidInput when this is not what the compiler says
    static PeopleRole of(String arn, String text) {
        var fields = StrictFields.of(VARIABLE, Json.parse(text));
        var rights = new TreeMap<String, List<Right>>();
        var actions = fields.object("actions");
        for (var action : actions.values().keySet()) {
            rights.put(
                    action,
                    actions.objectList(action).stream()
                            .map(right -> new Right(right.stringList("actions"), right.stringList("resources")))
                            .toList());
        }
        return new PeopleRole(arn, fields.string("hash"), rights);
    }

    /// The session policy for what was granted: exactly its actions, to the second until they end.
    String sessionPolicy(RightsGrant grant) {
        var statements = new ArrayList<Object>();
        var ends = grant.ends().orElseThrow().truncatedTo(ChronoUnit.SECONDS).toString();
        var merged = new LinkedHashMap<List<String>, List<String>>();
        for (var action : grant.request().actions()) {
            for (var right : rights.getOrDefault(action, List.of())) {
                merged.computeIfAbsent(right.resources(), any -> new ArrayList<>())
                        .addAll(right.actions());
            }
        }
        merged.forEach((resources, actions) -> {
            var statement = new LinkedHashMap<String, Object>();
            statement.put("Effect", "Allow");
            statement.put("Action", actions.stream().distinct().sorted().toList());
            statement.put("Resource", resources);
            statement.put("Condition", Map.of("DateLessThan", Map.of("aws:CurrentTime", ends)));
            statements.add(statement);
        });
        return Json.print(document(statements));
    }

    /// The name of the role, as IAM's API calls it.
    String name() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /// How long a session lives: no longer than the rights, as far as STS lets it be so short.
    static int sessionSeconds(RightsGrant grant, Instant now) {
        var left = Duration.between(now, grant.ends().orElseThrow());
        var seconds = Math.clamp(left.toSeconds(), SHORTEST_SESSION.toSeconds(), LONGEST_SESSION.toSeconds());
        return Math.toIntExact(seconds);
    }

    /// The policy that ends sessions before their time: those of each grant that was revoked. A session is called like
    /// its grant, which never holds again, so that one that was begun at the very moment ends too. With many at once, all
    /// sessions end that were begun before the last was revoked: who still has rights takes them up again.
    ///
    /// @param revoked each with its revocation, one at least
    static String denial(Collection<RightsGrant> revoked) {
        return Json.print(document(
                revoked.size() > MOST_DENIALS
                        ? List.of(denial(Map.of("DateLessThan", Map.of("aws:TokenIssueTime", last(revoked)))))
                        : revoked.stream().map(PeopleRole::denial).toList()));
    }

    private static Object denial(RightsGrant grant) {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put(
                "StringEquals",
                Map.of("aws:SourceIdentity", session(grant.request()).sourceIdentity()));
        conditions.put("StringLike", Map.of("aws:userid", "*:" + grant.request().id()));
        return denial(conditions);
    }

    private static Object denial(Map<String, Object> conditions) {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Effect", "Deny");
        statement.put("Action", "*");
        statement.put("Resource", "*");
        statement.put("Condition", conditions);
        return statement;
    }

    private static String last(Collection<RightsGrant> revoked) {
        return revoked.stream()
                .map(grant -> grant.revocation().orElseThrow().at())
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plus(MARGIN)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    /// How long after a revocation sessions may live that it has to end.
    static Duration longestSession() {
        return LONGEST_SESSION.plus(MARGIN);
    }

    static PersonSession session(RightsRequest request) {
        return new PersonSession(request.id(), request.requester());
    }

    private static Map<String, Object> document(List<Object> statements) {
        var document = new LinkedHashMap<String, Object>();
        document.put("Version", "2012-10-17");
        document.put("Statement", statements);
        return document;
    }
}
