package dev.baton.run;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Every key in the state bucket, and the patterns of keys that policies name.
///
/// | key | is |
/// |---|---|
/// | `runs/<pipeline>/<run>/pin.json` | a [Pin] |
/// | `runs/<pipeline>/<run>/awaits/<awaiter>` | an [Await] |
/// | `runs/<pipeline>/<run>/done/<Class>-<node>-<hash>` | a [TaskResult] |
/// | `runs/<pipeline>/<run>/items/<Class>-<node>-<hash>.json` | an [ItemList] |
/// | `runs/<pipeline>/<run>/items/<Class>-<node>-<hash>/…` | what Step Functions writes of the Map over them |
/// | `runs/<pipeline>/<run>/items/<Class>-<node>-<hash>.made.json` | an [ItemManifest] |
/// | `runs/<pipeline>/<run>/answers/<Class>-<node>-<hash>.json` | a [ContainerAnswer] |
/// | `completions/<class>/<parameters>-<hash>.json` | a [CompletionRecord] |
/// | `checks/<system>/<id>/<name>.json` | a [RevisionCheck] |
/// | `completions/<class>/<parameters>-<hash>.claim` | which run cares for the task's output |
/// | `starts/<pipeline>/<execution>.json` | who started an execution: a [Requester] and what was decided |
/// | `runs/<pipeline>/<run>/approvals/<Class>-<node>-<hash>/…` | an [ApprovalRequest], and what was decided |
/// | `runs/<pipeline>/<run>/approvals/tokens/<Class>-<node>-<hash>` | the token of the state that waits: a secret |
/// | `approvals/<pipeline>/…` | what is to be approved before there is a run |
/// | `access/<pipeline>/<id>/…` | rights that a person asked for |
/// | `policies/policies.cedar` | the policies about people |
/// | `policies/governed/<pipeline>.json` | what they may ask about a pipeline |
/// | `evidence/<year>/<month>/<day>/<time>-<kind>-<hash>.json` | an [EvidenceEntry] |
/// | `parts/<class>/<hash>.json` | the [dev.baton.run.code.CodeParts] of a code that was deployed |
///
/// Only `A-Z a-z 0-9 . _ -` and the `/` shown occur, and no key is longer than 400 characters. What stands readable
/// in a key may be cut or changed; its hash tells apart what then reads alike.
public final class StateKeys {
    /// The prefix of all completion records, and of the claims beside them, with its final `/`.
    public static final String COMPLETIONS = "completions/";

    /// The prefix of all checks of revisions, with its final `/`.
    public static final String CHECKS = "checks/";

    /// The prefix of the parts of all codes, with its final `/`.
    public static final String CODE_PARTS = "parts/";

    /// The prefix of who started executions, with its final `/`.
    public static final String STARTS = "starts/";

    /// The prefix of all that is to be approved, with its final `/`.
    public static final String APPROVALS = "approvals/";

    /// The prefix of the rights that people asked for, with its final `/`.
    public static final String ACCESS = "access/";

    /// The prefix of the policies about people, with its final `/`.
    public static final String POLICIES = "policies/";

    /// The prefix of all evidence, with its final `/`.
    public static final String EVIDENCE = "evidence/";

    private static final int READABLE = 96;
    private static final Pattern SEGMENT = Pattern.compile("(?!\\.+\\z)[A-Za-z0-9._-]{1,160}");
    private static final Pattern NOT_IN_SEGMENTS = Pattern.compile("[^A-Za-z0-9._-]");
    private static final Pattern NOT_IN_CLASSES = Pattern.compile("[^A-Za-z0-9._]");

    private StateKeys() {}

    /// The versions that a run reads.
    public static String pin(String pipeline, String run) {
        return run(pipeline, run) + "pin.json";
    }

    /// The prefix of everything that belongs to a run, with its final `/`.
    public static String run(String pipeline, String run) {
        return "runs/" + segment(pipeline) + "/" + segment(run) + "/";
    }

    /// The prefix of all rights that people asked for on a pipeline, with its final `/`.
    public static String access(String pipeline) {
        return ACCESS + segment(pipeline) + "/";
    }

    /// An object about a request for rights.
    ///
    /// @param id the request's
    /// @param what `request`, `verdict` or `revocation`
    public static String access(String pipeline, String id, String what) {
        return access(pipeline) + segment(id) + "/" + segment(what) + ".json";
    }

    /// The prefix of a run's redrives by policy, with its final `/`.
    public static String redrives(String pipeline, String run) {
        return run(pipeline, run) + "redrives/";
    }

    /// A run's redrive by policy.
    ///
    /// @param number from 1
    public static String redrive(String pipeline, String run, int number) {
        return redrives(pipeline, run) + number + ".json";
    }

    /// The prefix of a run's joins that wait.
    public static String awaits(String pipeline, String run) {
        return run(pipeline, run) + "awaits/";
    }

    /// One join that waits.
    ///
    /// @param awaiter unique in the run: the state's name, and in a Map the item's too
    public static String await(String pipeline, String run, String awaiter) {
        return awaits(pipeline, run) + readable(awaiter) + "-" + hash(awaiter, Map.of());
    }

    /// The prefix of a run's completed nodes.
    public static String done(String pipeline, String run) {
        return run(pipeline, run) + "done/";
    }

    /// A node's completion in a run.
    ///
    /// @param taskClass the node's task
    /// @param node the node's id
    /// @param parameters of the run's root, canonically printed, for a node has one task for them
    public static String done(
            String pipeline, String run, Class<?> taskClass, String node, Map<String, String> parameters) {
        return done(pipeline, run) + donePrefix(taskClass) + readable(node) + "-" + hash(node, parameters);
    }

    /// The list of items into which a node expanded.
    ///
    /// @param taskClass the expanding task's
    /// @param node the node's id
    /// @param parameters of the run's root, canonically printed
    public static String items(
            String pipeline, String run, Class<?> taskClass, String node, Map<String, String> parameters) {
        return expansion(pipeline, run, taskClass, node, parameters) + ".json";
    }

    /// The prefix, with its final `/`, under which Step Functions writes the results of the Map over [#items].
    public static String itemResults(
            String pipeline, String run, Class<?> taskClass, String node, Map<String, String> parameters) {
        return expansion(pipeline, run, taskClass, node, parameters) + "/";
    }

    /// What the items of [#items] have made, as far as they did.
    public static String itemsMade(
            String pipeline, String run, Class<?> taskClass, String node, Map<String, String> parameters) {
        return expansion(pipeline, run, taskClass, node, parameters) + ".made.json";
    }

    private static String expansion(
            String pipeline, String run, Class<?> taskClass, String node, Map<String, String> parameters) {
        return run(pipeline, run) + "items/" + donePrefix(taskClass) + readable(node) + "-" + hash(node, parameters);
    }

    /// The pattern of everything about the items into which a task class expands.
    public static String itemsPattern(String pipeline, Class<?> taskClass) {
        return "runs/" + segment(pipeline) + "/*/items/" + donePrefix(taskClass) + "*";
    }

    /// The pattern of all [#itemResults] of a task class.
    public static String itemResultsPattern(String pipeline, Class<?> taskClass) {
        return itemsPattern(pipeline, taskClass) + "/*";
    }

    /// The pattern (IAM's: `*` matches anything) of all keys at which a task class reports its completions.
    public static String donePattern(String pipeline, Class<?> taskClass) {
        return "runs/" + segment(pipeline) + "/*/done/" + donePrefix(taskClass) + "*";
    }

    /// What the container that did a node's own work answered.
    ///
    /// @param taskClass the node's task
    /// @param node the node's id
    /// @param parameters of the run's root, canonically printed
    public static String answer(
            String pipeline, String run, Class<?> taskClass, String node, Map<String, String> parameters) {
        return run(pipeline, run) + "answers/" + donePrefix(taskClass) + readable(node) + "-" + hash(node, parameters)
                + ".json";
    }

    /// What the container that did an item's work answered.
    ///
    /// @param itemClass the item's task
    /// @param node the id of the node that expanded into it
    /// @param parameters of the run's root, canonically printed
    /// @param item the item's parameters, canonically printed
    public static String answer(
            String pipeline,
            String run,
            Class<?> itemClass,
            String node,
            Map<String, String> parameters,
            Map<String, String> item) {
        return answer(pipeline, run, itemClass, node + "-" + hash("", item), parameters);
    }

    /// The pattern of all [#answer]s about a task class.
    public static String answersPattern(String pipeline, Class<?> taskClass) {
        return "runs/" + segment(pipeline) + "/*/answers/" + donePrefix(taskClass) + "*";
    }

    /// The run whose node is complete when there is an object under a key, if the key is one of [#done].
    public static Optional<String> runOfDone(String pipeline, String key) {
        var prefix = "runs/" + segment(pipeline) + "/";
        var end = key.indexOf("/done/", prefix.length());
        return key.startsWith(prefix) && end > 0 && key.indexOf('/', prefix.length()) == end
                ? Optional.of(key.substring(prefix.length(), end))
                : Optional.empty();
    }

    /// The prefix of the checks of a revision, with its final `/`.
    ///
    /// @param system `git` or `hg`
    /// @param id the whole id
    public static String checks(String system, String id) {
        return CHECKS + segment(system) + "/" + segment(id) + "/";
    }

    /// A check of a revision.
    public static String check(String system, String id, String name) {
        return checks(system, id) + segment(name) + ".json";
    }

    /// Who started an execution.
    ///
    /// @param execution its name
    public static String start(String pipeline, String execution) {
        return STARTS + segment(pipeline) + "/" + segment(execution) + ".json";
    }

    /// The prefix of what is to be approved in a run, with its final `/`.
    public static String approvals(String pipeline, String run) {
        return run(pipeline, run) + "approvals/";
    }

    /// The prefix of the approval of a node in a run, with its final `/`.
    ///
    /// @param taskClass the node's task
    /// @param node the node's id
    /// @param parameters of the run's root, canonically printed
    public static String approval(
            String pipeline, String run, Class<?> taskClass, String node, Map<String, String> parameters) {
        return approvals(pipeline, run) + donePrefix(taskClass) + readable(node) + "-" + hash(node, parameters) + "/";
    }

    /// The approvals of all nodes of a class, in all runs of a pipeline, as a pattern; not the tokens.
    public static String approvalPattern(String pipeline, Class<?> taskClass) {
        return "runs/" + segment(pipeline) + "/*/approvals/" + donePrefix(taskClass) + "*/" + ApprovalRecord.NAME;
    }

    /// The key of the token of the state that waits for an approval: nobody but the approval function reads it.
    ///
    /// @param approval what [#approval] answered
    public static String approvalToken(String approval) {
        var name = approval.lastIndexOf('/', approval.length() - 2) + 1;
        return approval.substring(0, name) + "tokens/" + approval.substring(name, approval.length() - 1);
    }

    /// The prefix of rights that somebody asked for, with its final `/`.
    public static String access(String pipeline, String id) {
        return ACCESS + segment(pipeline) + "/" + segment(id) + "/";
    }

    /// The policies about people.
    public static String policies() {
        return POLICIES + "policies.cedar";
    }

    /// What policies about people may ask about a pipeline.
    public static String governed(String pipeline) {
        return POLICIES + "governed/" + segment(pipeline) + ".json";
    }

    /// The completion record of a task.
    ///
    /// @param parameters of the task itself, canonically printed
    public static String completion(Class<?> taskClass, Map<String, String> parameters) {
        var values = String.join("_", new TreeMap<>(parameters).values());
        return completions(taskClass) + (values.isEmpty() ? "" : readable(values) + "-") + hash("", parameters)
                + ".json";
    }

    /// The claim of a task: which run was the last to care for its output. It stands beside the completion record,
    /// under [#completions] too.
    public static String claim(Class<?> taskClass, Map<String, String> parameters) {
        var record = completion(taskClass, parameters);
        return record.substring(0, record.length() - ".json".length()) + ".claim";
    }

    /// The prefix of the completion records of a task class, with its final `/`.
    public static String completions(Class<?> taskClass) {
        return COMPLETIONS + className(taskClass) + "/";
    }

    /// The parts of a code of a task class, kept when it was deployed.
    ///
    /// @param codeHash of all of that code
    public static String codeParts(Class<?> taskClass, String codeHash) {
        return codeParts(taskClass) + segment(codeHash) + ".json";
    }

    /// The prefix of the parts of all codes of a task class, with its final `/`.
    public static String codeParts(Class<?> taskClass) {
        return CODE_PARTS + className(taskClass) + "/";
    }

    /// Ends in `-`, which no name of a class holds: the pattern of one class never covers another's keys.
    private static String donePrefix(Class<?> taskClass) {
        return className(taskClass) + "-";
    }

    private static String className(Class<?> taskClass) {
        var name = taskClass.getName().replace('$', '.');
        var safe = NOT_IN_CLASSES.matcher(name).replaceAll("_");
        // A name of letters that a key cannot show, or a very long one, is told apart by its hash.
        return safe.equals(taskClass.getName().replace('$', '.')) && safe.length() <= READABLE
                ? safe
                : cut(safe, READABLE) + "." + hash(taskClass.getName(), Map.of());
    }

    private static String segment(String name) {
        if (!SEGMENT.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name that may stand in a key: " + name);
        }
        return name;
    }

    private static String readable(String text) {
        return cut(NOT_IN_SEGMENTS.matcher(text).replaceAll("_"), READABLE);
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(length, text.length()));
    }

    private static String hash(String name, Map<String, String> parameters) {
        var digest = new FieldDigest().add(name).count(parameters.size());
        new TreeMap<>(parameters).forEach((key, value) -> digest.add(key).add(value));
        return digest.hex().substring(0, 16);
    }
}
