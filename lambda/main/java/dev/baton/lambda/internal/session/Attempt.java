package dev.baton.lambda.internal.session;

import dev.baton.lambda.internal.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.Tag;

/// One attempt at one task, and how STS is told of it: every limit of AssumeRole is kept here.
///
/// @param execution the execution's ARN; its name may hold characters that STS takes nowhere
/// @param task the simple name of the task's class
/// @param number counted from 0
/// @param owner the team that owns the task, if it says so
public record Attempt(String pipeline, String execution, String task, long number, @Nullable String owner) {
    /// How much of a task's name a session's name holds; a trust policy that asks for the name cuts it the same way.
    public static final int TASK_LENGTH = 40;

    private static final int NAME_LENGTH = 64;
    private static final int TAG_LENGTH = 256;
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_+=,.@-]");
    private static final Pattern NOT_IN_TAGS = Pattern.compile("[^\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]");

    /// `<execution>.<task>.<attempt>`: who acted, as CloudTrail shows it.
    String sessionName() {
        var name = executionHash() + "." + cut(inNames(task), TASK_LENGTH) + "." + number;
        return cut(name, NAME_LENGTH);
    }

    /// `<pipeline>.<execution>`: it stays with everything that the session does, and what it does that for.
    String sourceIdentity() {
        return cut(inNames(pipeline), NAME_LENGTH - 17) + "." + executionHash();
    }

    List<Tag> tags() {
        var tags = new ArrayList<Tag>();
        tags.add(tag("baton:pipeline", pipeline));
        tags.add(tag("baton:task", task));
        tags.add(tag("baton:execution", execution));
        if (owner != null) {
            tags.add(tag("baton:owner", owner));
        }
        return tags;
    }

    private String executionHash() {
        return Hash.base32(execution).substring(0, 16);
    }

    /// The value as a tag may hold it. What had to be changed or cut ends in a hash, so that two values stay two.
    private static Tag tag(String key, String value) {
        var allowed = NOT_IN_TAGS.matcher(value).replaceAll("_");
        if (!allowed.equals(value) || allowed.length() > TAG_LENGTH) {
            allowed = cut(allowed, TAG_LENGTH - 17) + "." + Hash.base32(value).substring(0, 16);
        }
        return Tag.builder().key(key).value(allowed).build();
    }

    private static String inNames(String text) {
        return NOT_IN_NAMES.matcher(text).replaceAll("-");
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
