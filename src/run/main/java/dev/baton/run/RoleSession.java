package dev.baton.run;

import dev.baton.name.Sha256;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The session of a task's role for one attempt, as STS is told of it. Names, source identity and tags keep every limit
/// of [AssumeRole](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html), whatever the execution and
/// the task are called; trust policies ask for the same texts.
///
/// @param pipeline its name
/// @param execution the execution's ARN; its name may hold characters that STS takes nowhere
/// @param task the simple name of the task's class
/// @param work which work of that class it is: the node's id, with the item where it is one of many. Two tasks of one
///     class in one execution differ here
/// @param attempt counted from 0
/// @param owner the team that owns the task, if it says so
/// @param origin where the run comes from; null where no policies about people hold
public record RoleSession(
        String pipeline,
        String execution,
        String task,
        String work,
        long attempt,
        @Nullable String owner,
        @Nullable Origin origin) {
    /// The names of the tags, that of the owner being optional.
    public static final String PIPELINE_TAG = "baton:pipeline";

    /// The tag with the simple name of the task's class.
    public static final String TASK_TAG = "baton:task";

    /// The tag with the execution's ARN.
    public static final String EXECUTION_TAG = "baton:execution";

    /// The tag with the team's name.
    public static final String OWNER_TAG = "baton:owner";

    /// The names of the tags that may be transitive.
    public static final List<String> TRANSITIVE_TAGS =
            List.of(PIPELINE_TAG, OWNER_TAG, "baton:requester", "baton:revision");

    /// The tag that says who started the run.
    public static final String REQUESTER_TAG = "baton:requester";

    /// The tag with the revision of the code.
    public static final String REVISION_TAG = "baton:revision";

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_TASK = 32;
    private static final int LONGEST_TAG = 256;
    private static final int EXECUTION_DIGITS = 16;
    private static final int WORK_DIGITS = 8;
    /// What is left of 64 characters: five.
    private static final int ATTEMPT_DIGITS = LONGEST_NAME - EXECUTION_DIGITS - LONGEST_TASK - WORK_DIGITS - 3;

    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_+=,.@-]");
    private static final Pattern NOT_IN_TAGS = Pattern.compile("[^\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]");
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// Who started a run, and which code it runs.
    ///
    /// @param revision as a log shows it
    public record Origin(Requester startedBy, String revision) {}

    /// A session of a run that does not say where it comes from.
    public RoleSession(
            String pipeline, String execution, String task, String work, long attempt, @Nullable String owner) {
        this(pipeline, execution, task, work, attempt, owner, null);
    }

    /// `<execution>.<task>.<work>.<attempt>`: who acted, as CloudTrail shows it. Execution and work are hashes.
    public String name() {
        return hash(execution, EXECUTION_DIGITS) + "." + taskInName(task) + "." + hash(work, WORK_DIGITS) + "."
                + attemptInName();
    }

    /// What the names of all sessions for tasks of a class look like, as `StringLike` takes it.
    ///
    /// @param task the simple name of the class
    public static String namePattern(String task) {
        return "?".repeat(EXECUTION_DIGITS) + "." + taskInName(task) + ".*";
    }

    private String attemptInName() {
        var number = Long.toString(attempt);
        return number.length() <= ATTEMPT_DIGITS ? number : hash(number, ATTEMPT_DIGITS);
    }

    private static String taskInName(String task) {
        return cut(inNames(task), LONGEST_TASK);
    }

    /// `<pipeline>.<execution>`: it stays with everything that the session does, and with what that does in turn.
    public String sourceIdentity() {
        return pipelineInName(pipeline) + "." + hash(execution, EXECUTION_DIGITS);
    }

    /// What the source identities of all sessions of a pipeline look like, as `StringLike` takes it.
    public static String sourceIdentityPattern(String pipeline) {
        return pipelineInName(pipeline) + "." + "?".repeat(EXECUTION_DIGITS);
    }

    private static String pipelineInName(String pipeline) {
        return cut(inNames(pipeline), LONGEST_NAME - EXECUTION_DIGITS - 1);
    }

    /// The tags by their names.
    public SequencedMap<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        tags.put(PIPELINE_TAG, tagValue(pipeline));
        tags.put(TASK_TAG, tagValue(task));
        tags.put(EXECUTION_TAG, tagValue(execution));
        if (owner != null) {
            tags.put(OWNER_TAG, tagValue(owner));
        }
        if (origin != null) {
            tags.put(REQUESTER_TAG, tagValue(origin.startedBy().shown()));
            tags.put(REVISION_TAG, tagValue(origin.revision()));
        }
        return Collections.unmodifiableSequencedMap(tags);
    }

    /// The names of the tags that also sessions have that this one assumes further roles for. None where the run does
    /// not say where it comes from: a further role has to let sessions be tagged then.
    public List<String> transitiveTags() {
        return origin == null
                ? List.of()
                : tags().keySet().stream().filter(TRANSITIVE_TAGS::contains).toList();
    }

    /// The text as a tag may hold it. What had to be changed or cut ends in a hash, so that two texts stay two.
    public static String tagValue(String text) {
        var allowed = NOT_IN_TAGS.matcher(text).replaceAll("_");
        return allowed.equals(text) && allowed.length() <= LONGEST_TAG
                ? text
                : cut(allowed, LONGEST_TAG - EXECUTION_DIGITS - 1) + "." + hash(text, EXECUTION_DIGITS);
    }

    private static String inNames(String text) {
        return NOT_IN_NAMES.matcher(text).replaceAll("-");
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    /// The first digits, five bits each, of the text's SHA-256.
    private static String hash(String text, int digits) {
        var sha256 = Sha256.of(text);
        var printed = new StringBuilder(digits);
        for (var bit = 0; printed.length() < digits; bit += 5) {
            var two = ((sha256[bit / 8] & 0xff) << 8) | (sha256[bit / 8 + 1] & 0xff);
            printed.append(BASE32.charAt((two >> (11 - bit % 8)) & 31));
        }
        return printed.toString();
    }
}
