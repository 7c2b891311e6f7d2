package dev.baton.compiler.internal.finding;

import dev.baton.compiler.order.OrderBreach;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.run.Prefix;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The wording of everything that the compiler finds, each with its code and page.
public final class CompilerFindings {
    /// Every code of this module.
    public static final List<String> CODES = List.of(
            "CMP001", "CMP002", "CMP003", "CMP004", "CMP005", "CMP007", "CMP008", "CMP009", "CMP020", "CMP050",
            "CMP051", "CMP030", "CMP031", "CMP032", "CMP033", "CMP034", "CMP035", "CMP040", "CMP041", "CMP042",
            "CMP043", "CMP060", "GAT001", "GAT002", "GAT003", "GAT004", "GAT005", "GAT006", "GAT007", "GAT008",
            "GAT010", "GAT011", "GAT012", "GAT013", "GAT014", "GAT015", "GAT016", "ENV001", "ENV002", "ENV003",
            "ENV004", "ENV005", "ENV006", "ENV007", "ENV008", "ENV009", "ENV010", "ENV011", "ENV020", "ENV021",
            "ENV022", "ENV023", "ENV024", "ENV025", "ENV026", "ENV027", "ENV028", "ENV035", "ENV040", "ENV041",
            "ENV042", "ENV045", "ENV046", "ENV055");

    /// Where the compiler itself is at fault.
    private static final String ANOTHER_WAY =
            "report it with the graph, since the compiler is at fault; until it is mended, make two pipelines of it";

    private static final int MOST_SHARES = 5;

    private CompilerFindings() {}

    public static Diagnostic wildcard(String place, String what) {
        return error(
                "CMP001",
                place,
                "it asks for \"" + what + "\", which names nothing in particular",
                "name the actions and resources that the task needs, each by itself");
    }

    public static Diagnostic identity(String place, String action) {
        return error(
                "CMP002",
                place,
                "it asks for " + action + ": a task that may change identities or assume them has no bounds",
                "take it out: a deployment gives roles, a task does not");
    }

    public static Diagnostic everywhere(String place, String action, String forms) {
        return error(
                "CMP001",
                place,
                "it asks for " + action + " on \"*\", which names nothing in particular",
                "name resources; the action takes " + forms);
    }

    public static Diagnostic unknownAction(String place, String action, @Nullable String nearest) {
        return error(
                "CMP030",
                place,
                "there is no action " + action + " in IAM" + (nearest == null ? "" : "; there is " + nearest),
                "write the action as the service authorization reference has it");
    }

    public static Diagnostic wrongResource(String place, String action, String resource, String forms) {
        return error(
                "CMP031",
                place,
                action + " is never asked for on " + resource + ", only on " + forms,
                "name a resource that the action is about, and others in an access of their own");
    }

    public static Diagnostic noResource(String place, String action, String resource) {
        return error(
                "CMP031",
                place,
                action + " knows no resources, so that " + resource + " never fits",
                "take it out: a task can only be given rights on something in particular");
    }

    public static Diagnostic unknownKey(String place, String action, String key) {
        return error(
                "CMP032",
                place,
                action + " knows no condition key " + key + ": the condition never holds",
                "narrow the action by a key that it knows, or take it out");
    }

    public static Diagnostic allBut(String place, String statement, String element) {
        return error(
                "CMP033",
                place,
                statement + " allows all but what " + element + " names, also what is not there yet",
                "name what is allowed, with " + element.substring("Not".length()));
    }

    /// For pipelines that are to live in one account.
    public static Diagnostic namesOverlap(String pipeline, String longer) {
        return error(
                "CMP035",
                pipeline,
                longer + " is called as if it were one of its child machines, which are " + Prefix.BATON.of(pipeline)
                        + "-part-1 and so on",
                "give one of the pipelines another name");
    }

    /// @param shares the names of pipelines by how many bytes they take, the most first
    public static Diagnostic bucketPolicyTooLong(
            String bucket, int bytes, int most, SortedMap<Integer, String> shares) {
        return error(
                "CMP050",
                "bucket " + bucket,
                "the policy that its pipelines share would have " + bytes + " bytes, and S3 takes " + most
                        + "; of these take "
                        + shares.entrySet().stream()
                                .limit(MOST_SHARES)
                                .map(share -> share.getKey() + " " + share.getValue())
                                .collect(Collectors.joining("; "))
                        + (shares.size() > MOST_SHARES ? "; the others less" : ""),
                "let each pipeline write under one prefix of its own, apart from where uploads arrive, or let some write"
                        + " to another bucket");
    }

    public static Diagnostic boundaryBehind(String pipeline, String boundary, List<String> statements) {
        return Diagnostic.warning(
                "CMP051",
                Location.named(pipeline),
                "the boundary " + boundary + " there is older than the pipeline, and lacks what it needs now: "
                        + String.join(", ", statements),
                "have an administrator deploy it: baton deploy ENV --foundation");
    }

    public static Diagnostic notClean(String environment, String pipeline, String artefact, String state) {
        return error(
                "ENV020",
                pipeline,
                artefact + " is " + state + ", but the environment \"" + environment
                        + "\" takes only what was built from committed sources",
                "commit or ignore what is new, and build again; where the jar is built elsewhere, have its build write"
                        + " Baton-Revision and Baton-Dirty into the manifest");
    }

    public static Diagnostic unchecked(String environment, String pipeline, String artefact, String lack) {
        return error(
                "ENV040",
                pipeline,
                artefact + " " + lack + ", and the environment \"" + environment + "\" demands it",
                "have it checked, and record that: baton check-revision add NAME --status passed --env " + environment);
    }

    public static Diagnostic vetoed(String commit, String why) {
        return error(
                "ENV041",
                commit,
                "is not committed: " + why,
                "mend what the check finds, or have the commit checked, and commit again; baton hook uninstall takes"
                        + " the hook away");
    }

    public static Diagnostic noPolicies(String environment) {
        return error(
                "ENV042",
                environment,
                "policies about people do not hold in this environment, so that nothing asks them",
                "add \"policies\": true to it, and deploy");
    }

    public static Diagnostic policyMayBeLong(String place, String which, int length, int most) {
        return Diagnostic.warning(
                "CMP034",
                Location.named(place),
                "its " + which + " has up to " + length + " characters where buckets have the longest names; IAM takes "
                        + most,
                "keep the names of the buckets short, or let the task require fewer kinds of inputs");
    }

    public static Diagnostic writesInput(String place, String prefix, String owner, String template) {
        return error(
                "CMP003",
                place,
                "uses() writes under " + prefix + ", where " + owner + " has its objects (" + template + ")",
                "write under a prefix of its own, or make the object the output of a task");
    }

    public static Diagnostic writesItem(String place, String table, String owner, String partitions) {
        return error(
                "CMP060",
                place,
                "it writes to the table " + table + ", where " + owner + " has its items (partition key " + partitions
                        + ")",
                "name the partition keys that it writes, if they are others, or make the item the output of a task");
    }

    public static Diagnostic expandsOnFargate(String place) {
        return error(
                "CMP004",
                place,
                "it runs on Fargate, but it expands when it runs: it lists and closes, which its function does",
                "take @Compute(on = FARGATE) off, and put it on the class of the items");
    }

    public static Diagnostic call(String place, String what) {
        return error(
                "CMP005",
                place,
                what,
                "let call() return, for all parameters, the same kind of call on the same resource, and let only its"
                        + " arguments differ");
    }

    public static Diagnostic placeholder(String pipeline, String one, String other, String placeholder) {
        return error(
                "CMP007",
                pipeline,
                "the buckets " + one + " and " + other + " would both be ${" + placeholder
                        + "} in definition and policies",
                "give one of the logical buckets another name");
    }

    public static Diagnostic policySize(String place, String which, int length, int most, String remedy) {
        return error(
                "CMP008",
                place,
                "its " + which + " has " + length + " characters, but AWS takes at most " + most,
                remedy);
    }

    public static Diagnostic limits(String machine, String proof) {
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

    /// @param left how many more there are, which nobody tells
    public static Diagnostic breach(String place, OrderBreach breach, int left) {
        var more = left == 0 ? "" : "; " + left + " more such findings are left out";
        return switch (breach) {
            case OrderBreach.Early(var node, var required) ->
                error(
                        "CMP040",
                        place,
                        node + " would start before " + required + " has ended, which it requires" + more,
                        ANOTHER_WAY);
            case OrderBreach.NotOnce(var node, var how) -> error("CMP041", place, node + " " + how + more, ANOTHER_WAY);
            case OrderBreach.Circle(var nodes) ->
                error(
                        "CMP042",
                        place,
                        "each of these would wait for the next, and the last for the first: "
                                + String.join(", ", nodes.subList(0, Math.min(10, nodes.size())))
                                + (nodes.size() > 10 ? " and " + (nodes.size() - 10) + " more" : "") + more,
                        ANOTHER_WAY);
            case OrderBreach.Unclear(var machine, var state, var what) ->
                error(
                        "CMP043",
                        place,
                        "of the state " + state + " of " + machine + " nothing can be proven: " + what + more,
                        ANOTHER_WAY);
        };
    }

    public static Diagnostic environments(Location place, String problem) {
        return Diagnostic.error(
                "ENV001",
                place,
                problem,
                "give {\"dev\": {\"account\": …, \"region\": …, …}, …}, one entry per environment");
    }

    public static Diagnostic environmentField(Location place, String problem, String remedy) {
        return Diagnostic.error("ENV002", place, problem, remedy);
    }

    public static Diagnostic environmentValue(Location place, String was, String expected) {
        return Diagnostic.error("ENV003", place, was + ", but expected is " + expected, "correct the value");
    }

    public static Diagnostic manyIdentities(Location place, int bytes, int most) {
        return Diagnostic.error(
                "ENV045",
                place,
                "identities and roleTeams take " + bytes + " bytes, and functions are told at most " + most,
                "name groups of the provider after teams, so that teamNames is not needed, or give fewer roles teams");
    }

    public static Diagnostic noFunctionsOfPeople(String environment, Collection<String> functions) {
        return error(
                "ENV046",
                environment,
                "policies about people hold here, and no jar has the functions that ask them: "
                        + String.join(", ", functions),
                "give baton-lambda-…-people.jar too, which mvn -DskipTests package makes");
    }

    public static Diagnostic machineKey(Location place, String arn, String why) {
        return Diagnostic.error(
                "ENV055",
                place,
                "stateMachineKey is " + arn + ", under which no state machine can be here: " + why,
                "name a key of the environment's own Region, or say true for the key of everything else");
    }

    public static Diagnostic unnamedBucket(String environment, String logical, Collection<String> named) {
        return error(
                "ENV004",
                environment,
                "it says no real name for the bucket " + logical + "; it names "
                        + (named.isEmpty() ? "none" : String.join(", ", named)),
                "add \"" + logical + "\": {\"name\": …} to its \"buckets\"");
    }

    public static Diagnostic sharedAccount(
            Location place, String environment, String other, String account, Prefix prefix) {
        return Diagnostic.error(
                "ENV005",
                place,
                environment + " and " + other + " are both in account " + account
                        + ", where their roles would have the same names, which begin with " + prefix,
                "give one of them a \"prefix\" of its own, or an account of its own");
    }

    public static Diagnostic prefix(Location place, String was) {
        return Diagnostic.error(
                "ENV021",
                place,
                "prefix is \"" + was + "\", but expected is 1 to 16 small letters and digits, beginning with a letter,"
                        + " neither aws nor sthree",
                "choose a word without hyphens, such as dev");
    }

    public static Diagnostic sharedState(Location place, String environment, String other, String bucket) {
        return Diagnostic.error(
                "ENV022",
                place,
                environment + " and " + other + " would both keep their runs in the bucket " + bucket
                        + ", where each would take the other's for its own",
                "give each its own stateBucket");
    }

    public static Diagnostic sharedData(Location place, String environment, String other, String bucket) {
        return Diagnostic.error(
                "ENV023",
                place,
                environment + " and " + other + " would both use the bucket " + bucket
                        + ": an upload would start the runs of both, and their outputs would overwrite each other",
                "give each its own buckets");
    }

    public static Diagnostic longForPrefix(String pipeline, Prefix prefix) {
        return error(
                "ENV024",
                pipeline,
                "the name has " + pipeline.length() + " characters, and behind the prefix " + prefix + " there is room"
                        + " for "
                        + (Prefix.LONGEST_WITH_PIPELINE - prefix.word().length()),
                "choose a shorter prefix, or a shorter name for the pipeline");
    }

    public static Diagnostic unheard(Location place, String environment, String bus, String other, Prefix prefix) {
        return Diagnostic.error(
                "ENV025",
                place,
                environment + " tells its completions to " + bus + ", where " + other
                        + " lets in, and hears, only those that begin with " + prefix.sources(),
                "give both the same prefix");
    }

    public static Diagnostic sharedIssuer(Location place, String environment, String other, String issuer) {
        return Diagnostic.error(
                "ENV026",
                place,
                environment + " and " + other + " would both make the identity provider for " + issuer
                        + ", of which an account has one",
                "let one make it, and name its ARN in the other's \"oidc\": {\"provider\": …}");
    }

    public static Diagnostic otherPrefix(String environment, Prefix prefix, String pipeline, Prefix other) {
        return error(
                "ENV028",
                environment,
                "its names begin with " + prefix + ", and " + pipeline + " was compiled with names that begin with "
                        + other,
                "compile it for the environment: Compiler.compile(pipeline, environment.prefix())");
    }

    public static Diagnostic queueOfTwo(Location place, String environment, String other, String queue) {
        return Diagnostic.error(
                "ENV027",
                place,
                environment + " and " + other + " would both read the queue " + queue
                        + ", and each message would reach only one of them",
                "send the notifications to an SNS topic and name its ARN, or to a queue for each");
    }

    public static Diagnostic noEnvironment(String source, String name, Collection<String> known) {
        return error(
                "ENV006",
                source,
                "there is no environment " + name + "; there " + (known.size() == 1 ? "is " : "are ")
                        + (known.isEmpty() ? "none" : String.join(", ", known)),
                "name one of these, or add it to the file");
    }

    public static Diagnostic noAccount(String environment) {
        return error(
                "ENV007",
                environment,
                "it has no account, but an endpoint: there are no stacks for it",
                "name an environment with an account; baton deploy puts pipelines on an endpoint without CDK");
    }

    public static Diagnostic noNode(String problem, int oldest) {
        return error(
                "ENV008",
                "CDK",
                "CDK runs in Node.js " + oldest + " or newer, but " + problem,
                "install it, or let JSII_NODE name it");
    }

    public static Diagnostic unknownTask(String environment, String task, Collection<String> known) {
        return error(
                "ENV009",
                environment,
                "it caps the concurrency of " + task + ", which no pipeline has; there are " + String.join(", ", known),
                "correct the name, or take the cap out");
    }

    public static Diagnostic sharedQueue(String environment, String queue, Collection<String> pipelines) {
        return error(
                "ENV035",
                environment,
                "the pipelines " + String.join(", ", pipelines) + " would all read the queue " + queue
                        + ", and each message would reach only one of them",
                "send the notifications to an SNS topic and name its ARN: a topic tells all");
    }

    public static Diagnostic unknownMap(String environment, String task, Collection<String> known) {
        return error(
                "ENV009",
                environment,
                "it caps the Maps over " + task + ", and no pipeline has a distributed Map over these; "
                        + (known.isEmpty() ? "there is none" : "there are " + String.join(", ", known)),
                "correct the name, or take the cap out");
    }

    public static Diagnostic tooManyTasks(String pipeline, String stack, int classes, int most) {
        return error(
                "ENV011",
                pipeline,
                "the functions of " + classes + " classes would lie in the nested stack " + stack + ", which holds "
                        + most,
                "make two pipelines of it");
    }

    public static Diagnostic containers(String environment, String pipeline, Collection<String> families) {
        return error(
                "ENV010",
                environment,
                pipeline + " runs " + String.join(", ", families) + " on Fargate, and nothing says in which network",
                "add \"containers\": {\"vpc\": …, \"subnets\": […]} to the environment");
    }

    private static Diagnostic error(String code, String place, String message, String remedy) {
        return Diagnostic.error(code, Location.named(place), message, remedy);
    }
}
