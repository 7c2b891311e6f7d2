package dev.baton.run;

import java.util.Map;
import java.util.TreeMap;

/// The name of an execution, computed from what the execution would do: equal starts get equal names, and Step
/// Functions refuses the second.
public final class ExecutionName {
    /// The longest readable part; with `-` and 32 digits the whole is at most 80 characters, the service's limit.
    private static final int READABLE = 47;

    private static final int LONGEST = 80;

    private ExecutionName() {}

    /// @param pipeline the pipeline's name
    /// @param parameters of the root task, canonically printed
    /// @param versions the version id of each external input by logical URI
    /// @param code which code the execution runs: the version of the state machine that it starts
    public static String of(
            String pipeline, Map<String, String> parameters, Map<String, String> versions, String code) {
        var digest = new FieldDigest().add(pipeline);
        add(digest, parameters);
        add(digest, versions);
        digest.add(code);
        var readable = new StringBuilder(pipeline);
        new TreeMap<>(parameters).forEach((name, value) -> readable.append('-').append(value));
        var safe = readable.toString().replaceAll("[^A-Za-z0-9_-]", "_");
        return safe.substring(0, Math.min(READABLE, safe.length())) + "-"
                + digest.hex().substring(0, 32);
    }

    /// The name of a later execution of what an execution of the name did: it ends in `-r2`, `-r3` and so on.
    ///
    /// @param number from 1, which is the name itself
    public static String repeated(String name, int number) {
        if (number == 1) {
            return name;
        }
        var suffix = "-r" + number;
        return name.substring(0, Math.min(name.length(), LONGEST - suffix.length())) + suffix;
    }

    private static void add(FieldDigest digest, Map<String, String> fields) {
        digest.count(fields.size());
        new TreeMap<>(fields).forEach((name, value) -> digest.add(name).add(value));
    }
}
