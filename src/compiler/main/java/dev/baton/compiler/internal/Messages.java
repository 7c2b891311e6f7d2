package dev.baton.compiler.internal;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import java.util.List;

/// The wording of everything that the compiler finds, each with its code and page.
public final class Messages {
    /// Every code of this module.
    public static final List<String> CODES = List.of(
            "CMP001", "CMP002", "CMP003", "CMP004", "CMP005", "CMP007", "CMP008", "CMP009", "CMP020");

    private Messages() {}

    static Diagnostic wildcard(String place, String what) {
        return error(
                "CMP001",
                place,
                "uses() asks for \"" + what + "\", which names nothing in particular",
                "name the actions and resources that the task needs, each by itself");
    }

    static Diagnostic identity(String place, String action) {
        return error(
                "CMP002",
                place,
                "uses() asks for " + action + ": a task that may change identities or assume them has no bounds",
                "take it out; whoever deploys gives roles, and no task does");
    }

    static Diagnostic writesInput(String place, String prefix, String owner, String template) {
        return error(
                "CMP003",
                place,
                "uses() writes under " + prefix + ", where " + owner + " has its objects (" + template + ")",
                "write under a prefix of its own, or make the object the output of a task");
    }

    static Diagnostic expands(String place) {
        return error(
                "CMP005",
                place,
                "it expands when it runs, which this compiler does not emit yet",
                "require the tasks one by one as far as they are known when the pipeline is compiled");
    }

    static Diagnostic fargate(String place) {
        return error(
                "CMP004",
                place,
                "it runs on Fargate, which this compiler does not emit yet",
                "take @Compute(on = FARGATE) off, or cut the task into pieces of at most 15 minutes");
    }

    static Diagnostic placeholder(String pipeline, String one, String other) {
        return error(
                "CMP007",
                pipeline,
                "the buckets " + one + " and " + other + " would both be ${" + Names.bucketPlaceholder(one)
                        + "} in definition and policies",
                "give one of the logical buckets another name");
    }

    static Diagnostic policySize(String role, String which, int length, int most) {
        return error(
                "CMP008",
                role,
                "its " + which + " has " + length + " characters, but IAM takes at most " + most,
                "let the task require fewer kinds of inputs, or put an intermediate task between");
    }

    static Diagnostic limits(String machine, String proof) {
        return error(
                "CMP009",
                machine,
                "at worst it leaves the limits of Step Functions: " + proof,
                "give the tasks shorter names and intents or fewer retries, or split the pipeline in two");
    }

    public static Diagnostic workload(String source, String problem) {
        return error(
                "CMP020",
                source,
                problem,
                "give {\"name\": …, \"tasks\": [[id, kind, seconds, [indexes of the tasks it requires]], …]} without cycles");
    }

    private static Diagnostic error(String code, String place, String message, String remedy) {
        return Diagnostic.error(code, Location.named(place), message, remedy);
    }
}
