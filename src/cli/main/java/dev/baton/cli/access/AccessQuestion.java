package dev.baton.cli.access;

import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.compiler.reference.ServiceReference;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.local.iam.policy.Decision;
import dev.baton.local.iam.policy.Evaluator;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicySet;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.Request;
import dev.baton.local.iam.policy.RequestContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A question about access, whether a role of a pipeline may do something, and why: asked of the policies as they are
/// compiled, before anything is deployed.
///
/// The account is an example (`123456789012` in `eu-central-1`), and each bucket has its logical name. A request brings
/// the condition keys that the pipeline's functions give it; others are said with `--context`.
public final class AccessQuestion {
    private static final String ACCOUNT = "123456789012";
    private static final String REGION = "eu-central-1";

    private final CompiledPipeline pipeline;
    private static final String MACHINE_KEY = "arn:aws:kms:" + REGION + ":" + ACCOUNT + ":key/state-machines";

    private final Substitutions example;

    public AccessQuestion(CompiledPipeline pipeline) {
        this.pipeline = pipeline;
        var values = new HashMap<String, String>();
        values.put("AccountId", ACCOUNT);
        values.put("Region", REGION);
        values.put("Partition", "aws");
        values.put("EventBus", "default");
        values.put("MachineKey", MACHINE_KEY);
        for (var bucket : pipeline.buckets()) {
            values.put(bucket.placeholder(), name(bucket));
            values.put(bucket.keyPlaceholder(), "arn:aws:kms:" + REGION + ":" + ACCOUNT + ":key/" + bucket.logical());
        }
        this.example = new Substitutions(values);
    }

    /// @param who a task, `pin`, `start`, `callback`, `states`, `deploy`, a task with `-runner`, or a role's whole name
    /// @param resource an ARN, which may have `${…}`, or `s3://<bucket>/<key>`
    /// @param context more condition keys; one with an empty value is left out
    /// @throws DiagnosticException CLI030 when there is no such role, CLI034 when there is no such action
    public Answer ask(String who, String action, String resource, Map<String, String> context) {
        var role = role(who);
        if (ServiceReference.aws().action(action) == null) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI034",
                    Location.named(action),
                    "IAM knows no such action",
                    "name an action as policies do, such as s3:GetObject"));
        }
        var arn = example.in(role.arn());
        var asked = resource(action, resource);
        var keys = usual(action, asked, resource);
        // The policies of shared buckets know by these whose keys a role writes.
        role.tags().forEach((tag, value) -> keys.put("aws:PrincipalTag/" + tag, List.of(example.in(value))));
        context.forEach((key, value) -> {
            keys.keySet().removeIf(key::equalsIgnoreCase);
            if (!value.isEmpty()) {
                keys.put(key, List.of(value.split(",")));
            }
        });
        var session = "arn:aws:sts::" + ACCOUNT + ":assumed-role/" + role.name() + "/example";
        var policies = PolicySet.NONE.withIdentity(policy("the policy of " + role.name(), role.policy()));
        if (role.boundary() != null) {
            policies = policies.withBoundary(
                    policy(pipeline.boundary().name(), pipeline.boundary().policy()));
        }
        var request =
                Request.of(new Principal.RoleSession(session, arn), action, asked, ACCOUNT, RequestContext.of(keys));
        return new Answer(Evaluator.decide(request, policies.withResource(attached(asked))), keys);
    }

    /// @param context what the request was taken to bring
    public record Answer(Decision decision, SortedMap<String, List<String>> context) {}

    /// The role that somebody means.
    ///
    /// @throws DiagnosticException CLI030 when there is none
    public CompiledRole role(String who) {
        var own = pipeline.prefix().of(pipeline.name()) + "-";
        var all = Stream.concat(pipeline.roles().stream(), Stream.of(pipeline.deployRole()))
                .toList();
        return all.stream()
                .filter(role -> role.name().equals(who) || role.name().equals(own + who))
                .findFirst()
                .orElseThrow(() -> new DiagnosticException(Diagnostic.error(
                        "CLI030",
                        Location.named(who),
                        "the pipeline " + pipeline.name() + " has no such task or role; it has "
                                + all.stream()
                                        .map(role -> role.name().substring(own.length()))
                                        .collect(Collectors.joining(", ")),
                        "name one of these")));
    }

    private String resource(String action, String resource) {
        if (!resource.startsWith("s3://")) {
            return example.in(resource);
        }
        var path = resource.substring("s3://".length());
        // A listing is asked for on the bucket; what is listed is a condition.
        return "arn:aws:s3:::"
                + (isListing(action) && path.contains("/") ? path.substring(0, path.indexOf('/')) : path);
    }

    private static boolean isListing(String action) {
        return action.toLowerCase(Locale.ROOT).startsWith("s3:listbucket");
    }

    /// What the functions of a pipeline say with such a request.
    private SortedMap<String, List<String>> usual(String action, String asked, String resource) {
        var keys = new TreeMap<String, List<String>>();
        keys.put("aws:SecureTransport", List.of("true"));
        switch (action.toLowerCase(Locale.ROOT)) {
            case "s3:putobject" ->
                bucket(asked).ifPresent(bucket -> {
                    keys.put("s3:x-amz-server-side-encryption", List.of("aws:kms"));
                    keys.put("s3:x-amz-server-side-encryption-aws-kms-key-id", List.of(key(bucket)));
                });
            case "s3:listbucket", "s3:listbucketversions" -> {
                var path = resource.replaceFirst("^s3://", "");
                if (!path.equals(resource) && path.contains("/")) {
                    keys.put("s3:prefix", List.of(path.substring(path.indexOf('/') + 1)));
                }
            }
            case "kms:decrypt", "kms:generatedatakey" -> {
                if (asked.equals(MACHINE_KEY)) {
                    keys.put("kms:ViaService", List.of("states." + REGION + ".amazonaws.com"));
                    keys.put(
                            "kms:EncryptionContext:aws:states:stateMachineArn",
                            List.of("arn:aws:states:" + REGION + ":" + ACCOUNT + ":stateMachine:"
                                    + pipeline.machine().name()));
                }
                pipeline.buckets().stream()
                        .filter(bucket -> key(bucket).equals(asked))
                        .forEach(bucket -> {
                            keys.put("kms:ViaService", List.of("s3." + REGION + ".amazonaws.com"));
                            keys.put("kms:EncryptionContext:aws:s3:arn", List.of("arn:aws:s3:::" + name(bucket)));
                        });
            }
            case "sts:assumerole", "sts:tagsession", "sts:setsourceidentity" ->
                roleOf(asked).ifPresent(role -> keys.putAll(session(role)));
            case "secretsmanager:getsecretvalue" -> keys.put("secretsmanager:VersionStage", List.of("AWSCURRENT"));
            case "events:putevents" -> {
                keys.put("events:source", List.of(pipeline.prefix().source(pipeline.name())));
                keys.put("events:detail-type", List.of("Task Completed"));
            }
            default -> {}
        }
        return keys;
    }

    /// A function names session and source as the trust policy of its task wants it; here the least that fits.
    private Map<String, List<String>> session(CompiledRole role) {
        var keys = new HashMap<String, List<String>>();
        for (var right : AccessRight.of(example.in(role.trust()))) {
            for (var limit : right.limits()) {
                switch (limit.operator()) {
                    case "StringEquals", "ForAllValues:StringEquals" ->
                        keys.put(limit.key(), List.copyOf(limit.values()));
                    case "StringLike" ->
                        keys.put(
                                limit.key(),
                                List.of(limit.values()
                                        .iterator()
                                        .next()
                                        .replace('?', 'a')
                                        .replace("*", "0")));
                    case "Null" -> keys.put(limit.key(), List.of("example"));
                    default -> {}
                }
            }
        }
        return keys;
    }

    /// The policy of the resource itself.
    private @Nullable Policy attached(String asked) {
        var bucket = bucket(asked);
        if (bucket.isPresent()) {
            return policy(
                    "the policy of bucket " + bucket.get().logical(),
                    bucket.get().policy());
        }
        var role = roleOf(asked);
        if (role.isPresent()) {
            return policy("the trust policy of " + role.get().name(), role.get().trust());
        }
        return asked.contains(":kms:") ? Policy.parse("the default policy of a key", """
                        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"kms:*",
                        "Resource":"*"}}""".formatted(ACCOUNT)) : null;
    }

    private Optional<CompiledBucket> bucket(String asked) {
        return pipeline.buckets().stream()
                .filter(bucket -> {
                    var arn = "arn:aws:s3:::" + name(bucket);
                    return asked.equals(arn) || asked.startsWith(arn + "/");
                })
                .findFirst();
    }

    private Optional<CompiledRole> roleOf(String asked) {
        return pipeline.roles().stream()
                .filter(role -> example.in(role.arn()).equals(asked))
                .findFirst();
    }

    private String key(CompiledBucket bucket) {
        return example.in("${" + bucket.keyPlaceholder() + "}");
    }

    private static String name(CompiledBucket bucket) {
        return bucket.logical();
    }

    private Policy policy(String name, Map<String, @Nullable Object> policy) {
        return Policy.parse(name, Json.print(example.in(policy)));
    }
}
