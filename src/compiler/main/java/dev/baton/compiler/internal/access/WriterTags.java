package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.policy.KeyPrefixes;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.run.RoleSession;
import dev.baton.run.StateKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tags of a role that say which keys it writes, and the patterns by which the policy of a shared bucket reads
/// them: one statement then holds for every role of every pipeline, and grows with none.
///
/// | tag | is |
/// |---|---|
/// | `baton:pipeline` | the pipeline, as it stands in the keys of its runs |
/// | `baton:records` | the class whose completions the role records |
/// | `baton:keeps` | what it keeps of each run: `pin.json`, `awaits/`, `approvals/`, `items/` |
/// | `baton:writes-1` … `baton:writes-6` | what keys of outputs begin with |
/// | `baton:ends-1` … `baton:ends-6` | what the same keys end with |
///
/// They narrow, and grant nothing. A session may bring tags of the same names, which go before those of the role; so
/// tasks' trust policies let none of these in, `baton:pipeline` is held against the path of the role, which no session
/// chooses, and what a pipeline's roles may write at all stands in its boundary, in letters.
final class WriterTags {
    static final String RECORDS = "baton:records";
    static final String KEEPS = "baton:keeps";

    /// With more places than so many, what they begin with stands for some.
    static final int SLOTS = 6;

    /// What stands where a role has no such tag. No key of Baton's has it there.
    private static final String NOTHING = "-";

    /// See [Tagging IAM resources](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html).
    private static final int LONGEST = 256;

    private static final Pattern NOT_IN_TAGS = Pattern.compile("[^A-Za-z0-9 _.:/=+@-]");
    private static final String COMPLETIONS = StateObjects.arn("completions/");

    private WriterTags() {}

    /// The tags of a role, by what its policy lets it write.
    static SortedMap<String, String> of(String pipeline, CompiledRole role) {
        var tags = new TreeMap<String, String>();
        tags.put(RoleSession.PIPELINE_TAG, pipeline);
        var keys = new TreeSet<String>();
        for (var resource : written(role.policy())) {
            if (resource.startsWith(COMPLETIONS)) {
                tags.put(RECORDS, resource.substring(COMPLETIONS.length(), resource.lastIndexOf('/')));
            } else if (!resource.startsWith(StateObjects.BUCKET + "/") && resource.indexOf('/') > 0) {
                keys.add(resource.substring(resource.indexOf('/') + 1));
            }
        }
        keeps(role).forEach(value -> tags.put(KEEPS, value));
        var number = 0;
        for (var key : KeyPrefixes.atMost(SLOTS, keys, List.of())) {
            number++;
            tags.put(writes(number), head(key));
            tags.put(ends(number), tail(key));
        }
        return tags;
    }

    private static List<String> keeps(CompiledRole role) {
        return switch (role.kind()) {
            case PIN -> List.of("pin.json");
            case AWAIT, CALLBACK -> List.of("awaits/");
            case APPROVAL -> List.of("approvals/");
            case STATES -> List.of("items/");
            case START ->
                written(role.policy()).stream().anyMatch(resource -> resource.endsWith("/redrives/*"))
                        ? List.of("redrives/")
                        : List.of();
            case TASK, RUNNER, EXECUTION, SERVICE, SCHEDULE, ROTATION, RULE, ACCESS, PEOPLE, DEPLOY -> List.of();
        };
    }

    /// The resources on which a policy allows to put objects.
    private static List<String> written(Map<String, @Nullable Object> policy) {
        var resources = new ArrayList<String>();
        for (var each : texts(policy.get("Statement"))) {
            if (each instanceof Map<?, ?> statement
                    && "Allow".equals(statement.get("Effect"))
                    && texts(statement.get("Action")).contains("s3:PutObject")) {
                texts(statement.get("Resource")).forEach(resource -> resources.add(String.valueOf(resource)));
            }
        }
        return resources;
    }

    private static List<?> texts(@Nullable Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    private static String head(String pattern) {
        var literal = pattern.substring(0, KeyPrefixes.literal(pattern));
        var odd = NOT_IN_TAGS.matcher(literal);
        var plain = odd.find() ? literal.substring(0, odd.start()) : literal;
        return plain.substring(0, Math.min(LONGEST, plain.length()));
    }

    private static String tail(String pattern) {
        if (KeyPrefixes.literal(pattern) == pattern.length()) {
            return "";
        }
        var begin = 0;
        var odd = NOT_IN_TAGS.matcher(pattern);
        while (odd.find()) {
            begin = odd.end();
        }
        return pattern.substring(Math.max(begin, pattern.length() - LONGEST));
    }

    private static String writes(int number) {
        return "baton:writes-" + number;
    }

    private static String ends(int number) {
        return "baton:ends-" + number;
    }

    /// What a tag of whoever asks says, in a policy; [#NOTHING] where there is none.
    static String value(String tag) {
        return variable(tag, NOTHING);
    }

    private static String variable(String tag, String otherwise) {
        return "${aws:PrincipalTag/" + tag + ", '" + otherwise + "'}";
    }

    /// The keys of a bucket that are the outputs of whoever asks.
    static List<String> outputs() {
        var keys = new ArrayList<String>();
        for (var number = 1; number <= SLOTS; number++) {
            keys.add(value(writes(number)) + "*" + variable(ends(number), ""));
        }
        return keys;
    }

    /// The keys of the state bucket that whoever asks writes.
    static List<String> records() {
        var run = "runs/" + value(RoleSession.PIPELINE_TAG) + "/*/";
        var type = value(RECORDS);
        return List.of(
                "completions/" + type + "/*",
                run + "answers/" + type + "-*",
                run + "done/" + type + "-*",
                run + "items/" + type + "-*",
                run + value(KEEPS) + "*",
                StateKeys.ACCESS + value(RoleSession.PIPELINE_TAG) + "/*",
                StateKeys.EVIDENCE + "*",
                StateKeys.STARTS + value(RoleSession.PIPELINE_TAG) + "/*");
    }
}
