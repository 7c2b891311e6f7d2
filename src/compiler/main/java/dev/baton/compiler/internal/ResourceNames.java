package dev.baton.compiler.internal;

import dev.baton.name.Sha256;
import dev.baton.run.Prefix;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The names of everything that a pipeline becomes: decided here and nowhere else.
///
/// A name has at most 64 characters of `[A-Za-z0-9-]`; a longer one is cut and ends in a hash of the whole.
public final class ResourceNames {
    private static final int LONGEST = 64;
    private static final int CUT_DIGITS = 8;
    /// The end of the name of a runner's role, and of no other role's.
    public static final String RUNNER = "-runner";

    /// What [#childVersion] calls a child machine.
    private static final Pattern PART = Pattern.compile("part[0-9]+");

    private static final String SERVICE = "-called";

    private final Prefix prefix;
    private final String pipeline;
    private final Map<Class<?>, String> tasks = new HashMap<>();

    /// @param prefix that of the environment
    /// @param taskClasses all classes of the pipeline's tasks: of equal simple names all but the first (by full name)
    ///     get a hash
    public ResourceNames(Prefix prefix, String pipeline, Collection<? extends Class<?>> taskClasses) {
        this.prefix = prefix;
        this.pipeline = pipeline;
        var taken = new TreeSet<String>();
        // What Baton itself adds to a pipeline. Names are compared without case, as people do.
        taken.add("pin");
        taken.add("start");
        taken.add("await");
        taken.add("callback");
        taken.add("states");
        taken.add("containers");
        taken.add("deploy");
        taken.add("boundary");
        taskClasses.stream()
                .distinct()
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .forEach(task -> {
                    var simple = task.getSimpleName();
                    var plain = simple.replaceAll("[^A-Za-z0-9]", "");
                    var lower = plain.toLowerCase(Locale.ROOT);
                    var told = plain.equals(simple) && !PART.matcher(lower).matches() && taken.add(lower)
                            ? plain
                            : plain + hash(task.getName(), 6);
                    tasks.put(task, told);
                });
    }

    /// The task class as it stands in names: its simple name, told apart where that is needed.
    public String task(Class<?> task) {
        var name = tasks.get(task);
        if (name == null) {
            throw new IllegalArgumentException(task + " is not a task of " + pipeline);
        }
        return name;
    }

    /// The function that runs the tasks of a class, and the role that these tasks have.
    public String taskRole(Class<?> task) {
        var name = base() + "-" + task(task);
        var longest = LONGEST - RUNNER.length();
        // Without a hyphen: one more is the mark of another pipeline's.
        return name.length() <= longest ? name : name.substring(0, longest - CUT_DIGITS) + hash(name, CUT_DIGITS);
    }

    /// The function that runs the tasks of a class.
    public String function(Class<?> task) {
        return taskRole(task);
    }

    /// The role that the function itself has.
    public String runnerRole(Class<?> task) {
        return taskRole(task) + RUNNER;
    }

    /// The role with which Step Functions calls the service that does the tasks of a class.
    public String serviceRole(Class<?> task) {
        return taskRole(task) + SERVICE;
    }

    /// `pin`, `start`, `await`, `callback`, `states`, `containers`, `deploy` or `boundary` of this pipeline.
    public String own(String what) {
        return cut(base() + "-" + what, LONGEST);
    }

    public String machine() {
        return cut(base(), LONGEST);
    }

    /// A child machine, counted from 1.
    public String child(int number) {
        return cut(base() + "-part-" + number, LONGEST);
    }

    /// The machine, role and rule that rotate a secret.
    ///
    /// @param hash of the secret's name
    public String rotation(String hash) {
        return cut(base() + "-rotation-" + hash, LONGEST);
    }

    /// The placeholder of the version of a child machine, counted from 1: `Part1Version`.
    public static String childVersion(int number) {
        return version("part" + number);
    }

    /// The version of a child machine that definitions start.
    public String childVersionArn(int number) {
        return machineArn(child(number)) + ":${" + childVersion(number) + "}";
    }

    /// Every child machine.
    public String children() {
        return cut(base() + "-part-*", LONGEST);
    }

    public String rolePath() {
        return prefix.rolePath(pipeline);
    }

    /// The path of the role that deploys the pipeline.
    public String deployPath() {
        return prefix.deployPath();
    }

    /// The source of the pipeline's events.
    public String source() {
        return prefix.source(pipeline);
    }

    /// The beginning of the sources of the events of all pipelines that are deployed beside this one.
    public String sources() {
        return prefix.sources();
    }

    /// The prefix that it all begins with.
    public Prefix prefix() {
        return prefix;
    }

    /// The stack of the pipeline, and those in it: what a stack makes begins with a capital, as no pipeline's name
    /// does.
    public List<String> stackArns() {
        return Stream.of("/*", "-Pipeline*/*")
                .map(tail -> "arn:${Partition}:cloudformation:${Region}:${AccountId}:stack/" + base() + tail)
                .toList();
    }

    /// What begins as names of this pipeline do and is of another, whose name begins with this one's: in what follows
    /// is a hyphen, and there is none in the name of a task or of one of Baton's own functions. A log group is asked
    /// for by itself, with a final `*`, or with a stream, in whose name hyphens mean nothing. It is for refusals: it
    /// says of no account or Region that it is not meant.
    ///
    /// @param containers whether there are task definitions
    public List<String> ofOthers(boolean containers) {
        var others = base() + "-*-*";
        var own = Stream.of("arn:*:lambda:*:*:function:" + others);
        var run = Stream.of("arn:*:ecs:*:*:task-definition/" + others);
        // Of state machines this is not to be said: those of parts have a further hyphen.
        var services = containers ? List.of("lambda", "ecs") : List.of("lambda");
        var logs = services.stream()
                .flatMap(service -> Stream.of(":${*}", ":log-stream:*")
                        .map(tail -> "arn:*:logs:*:*:log-group:/aws/" + service + "/" + others + tail));
        return Stream.of(own, containers ? run : Stream.<String>of(), logs)
                .flatMap(each -> each)
                .toList();
    }

    /// The permissions boundary of all roles.
    public String boundary() {
        return own("boundary");
    }

    public String boundaryArn() {
        return "arn:${Partition}:iam::${AccountId}:policy" + rolePath() + boundary();
    }

    public String roleArn(String role) {
        return "arn:${Partition}:iam::${AccountId}:role" + rolePath() + role;
    }

    /// Roles of any pipeline of the environment.
    ///
    /// @param tail from the pipeline on, a pattern
    public String rolesArn(String tail) {
        return "arn:${Partition}:iam::${AccountId}:role" + prefix.rolePath() + tail;
    }

    /// The cluster that containers run in.
    public String cluster() {
        return machine();
    }

    public String clusterArn() {
        return "arn:${Partition}:ecs:${Region}:${AccountId}:cluster/" + cluster();
    }

    /// A container, or all that a pattern means.
    public String containerArn(String id) {
        return "arn:${Partition}:ecs:${Region}:${AccountId}:task/" + cluster() + "/" + id;
    }

    /// A family of task definitions, without revision.
    public static String taskDefinitionArn(String family) {
        return "arn:${Partition}:ecs:${Region}:${AccountId}:task-definition/" + family;
    }

    /// The revision of a class's task definition that definitions name.
    public String revisionArn(Class<?> task) {
        return taskDefinitionArn(function(task)) + ":${" + revision(task) + "}";
    }

    /// The placeholder of the revision of a task definition: `SimulateRevision`.
    public String revision(Class<?> task) {
        return task(task) + "Revision";
    }

    public static String functionArn(String function) {
        return "arn:${Partition}:lambda:${Region}:${AccountId}:function:" + function;
    }

    /// The version of a class's function that definitions name.
    public String functionVersionArn(Class<?> task) {
        return functionArn(function(task)) + ":${" + version(task) + "}";
    }

    /// The version of one of Baton's own functions that definitions name.
    public static String functionVersionArn(String function, String what) {
        return functionArn(function) + ":${" + version(what) + "}";
    }

    public static String machineArn(String machine) {
        return "arn:${Partition}:states:${Region}:${AccountId}:stateMachine:" + machine;
    }

    public static String executionArn(String machine) {
        return "arn:${Partition}:states:${Region}:${AccountId}:execution:" + machine;
    }

    /// The placeholder of how many iterations of a Map over a class run at a time: `JarsConcurrency`.
    public String concurrency(Class<?> task) {
        return task(task) + "Concurrency";
    }

    /// The placeholder of the version of a function: `CleanObservationsVersion`.
    public String version(Class<?> task) {
        return task(task) + "Version";
    }

    /// The placeholder of the version of `pin`, `start`, `await` or `callback`, or of a child machine: `PinVersion`.
    public static String version(String what) {
        return camel(what) + "Version";
    }

    /// The placeholder of a logical bucket: `LakeBucket` for `lake`.
    public static String bucketPlaceholder(String logical) {
        return camel(logical) + "Bucket";
    }

    /// The placeholder of the key of a logical bucket: `LakeKey` for `lake`.
    public static String keyPlaceholder(String logical) {
        return camel(logical) + "Key";
    }

    private static String camel(String text) {
        var camel = new StringBuilder();
        for (var word : text.split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                camel.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return camel.toString();
    }

    private String base() {
        return prefix.of(pipeline);
    }

    /// The name if it is short enough, else its beginning and a hash of the whole.
    public static String cut(String name, int length) {
        return name.length() <= length
                ? name
                : name.substring(0, length - CUT_DIGITS - 1) + "-" + hash(name, CUT_DIGITS);
    }

    /// The first hexadecimal digits of a text's SHA-256.
    public static String hash(String text, int digits) {
        return Sha256.hex(text).substring(0, digits);
    }
}
