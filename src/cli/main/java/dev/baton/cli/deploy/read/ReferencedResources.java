package dev.baton.cli.deploy.read;

import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.RetainedResources;
import dev.baton.compiler.pipeline.Substitutions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/// The resources that executions still refer to, what a deployment would take away although executions may still come
/// to it: functions and roles that definitions name which are used, and rights to read that the tasks of executions
/// which began before had then.
public final class ReferencedResources {
    /// Tags by which buckets know what a role writes.
    public static final Pattern WRITES = Pattern.compile("baton:(records|keeps|(writes|ends)-[0-9]+)");

    private static final Set<String> READING =
            Set.of("kms:Decrypt", "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket");

    private final Endpoint endpoint;

    ReferencedResources(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// What must stay when a pipeline is deployed.
    ///
    /// @param machine the ARN of its state machine
    /// @param known what stands in it for its placeholders
    RetainedResources besides(CompiledPipeline pipeline, String machine, Supplier<Substitutions> known) {
        var inUse = new VersionsInUse(endpoint.states());
        try {
            endpoint.states().describeStateMachine(request -> request.stateMachineArn(machine));
            inUse.look(machine, false);
        } catch (StateMachineDoesNotExistException e) {
            return RetainedResources.NOTHING;
        }
        var named = inUse.reached();
        var there = pipeline.functions().stream().map(CompiledFunction::name).collect(Collectors.toSet());
        var functions = new ArrayList<RetainedResources.Function>();
        var left = new ArrayDeque<>(named.all().keySet());
        while (!left.isEmpty()) {
            var name = left.removeFirst();
            if (there.add(name)) {
                function(name).ifPresent(function -> {
                    functions.add(function);
                    // What releases awaits is named by the function that registers them, not by definitions.
                    function.callback().ifPresent(left::add);
                });
            }
        }
        var ofPipeline = ":role" + pipeline.boundary().path();
        var wanted = new TreeSet<>(named.roles());
        functions.forEach(function -> {
            wanted.add(function.role());
            wanted.add(function.taskRole());
        });
        wanted.removeIf(arn -> !arn.contains(ofPipeline));
        return new RetainedResources(functions, roles(wanted, pipeline), grants(pipeline, inUse.executed(), known));
    }

    /// What the role of a task could read when an execution began that has yet to come to it, and will not read any
    /// more.
    private Map<String, List<Map<String, @Nullable Object>>> grants(
            CompiledPipeline pipeline, PinnedVersions executed, Supplier<Substitutions> known) {
        var grants = new TreeMap<String, List<Map<String, @Nullable Object>>>();
        for (var function : pipeline.functions()) {
            var arn = function.environment().get("BATON_TASK_ROLE");
            if (arn == null || !executed.all().containsKey(function.name())) {
                continue;
            }
            var compiled = pipeline.role(arn.substring(arn.lastIndexOf('/') + 1));
            var now = statements(known.get().in(compiled.policy()));
            var more = role(compiled.name()).stream()
                    .flatMap(role -> role.policies().values().stream())
                    .flatMap(policy -> statements(policy).stream())
                    .filter(statement -> !now.contains(statement) && reads(statement))
                    .toList();
            if (!more.isEmpty()) {
                grants.put(compiled.name(), more);
            }
        }
        return grants;
    }

    /// Without what each is called.
    private static List<Map<String, @Nullable Object>> statements(Map<String, @Nullable Object> policy) {
        return PolicyDocuments.normal(policy).get("Statement") instanceof Map<?, ?> bySid
                ? bySid.values().stream().map(ReferencedResources::object).toList()
                : List.of();
    }

    private static boolean reads(Map<String, @Nullable Object> statement) {
        return "Allow".equals(statement.get("Effect"))
                && statement.get("Action") instanceof List<?> actions
                && READING.containsAll(actions);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    private List<RetainedResources.Role> roles(Set<String> arns, CompiledPipeline pipeline) {
        var own = pipeline.roles().stream().map(CompiledRole::name).collect(Collectors.toSet());
        var roles = new ArrayList<RetainedResources.Role>();
        for (var arn : arns) {
            var name = arn.substring(arn.lastIndexOf('/') + 1);
            if (!own.contains(name)) {
                role(name).ifPresent(roles::add);
            }
        }
        return roles;
    }

    private Optional<RetainedResources.Function> function(String name) {
        try {
            var function = endpoint.lambda().getFunctionConfiguration(request -> request.functionName(name));
            return Optional.of(new RetainedResources.Function(
                    name,
                    function.role(),
                    function.handler(),
                    function.memorySize(),
                    function.timeout(),
                    function.environment() == null
                            ? Map.of()
                            : function.environment().variables()));
        } catch (ResourceNotFoundException e) {
            // Somebody took it away: nothing is left to keep.
            return Optional.empty();
        }
    }

    private Optional<RetainedResources.Role> role(String name) {
        var iam = endpoint.iam();
        try {
            var role = iam.getRole(request -> request.roleName(name)).role();
            var policies = new TreeMap<String, Map<String, @Nullable Object>>();
            iam.listRolePoliciesPaginator(request -> request.roleName(name))
                    .policyNames()
                    .forEach(policy -> policies.put(
                            policy,
                            PolicyDocuments.document(
                                    "the policy of the role " + name,
                                    iam.getRolePolicy(request ->
                                                    request.roleName(name).policyName(policy))
                                            .policyDocument())));
            return Optional.of(new RetainedResources.Role(
                    name,
                    role.path(),
                    PolicyDocuments.document("the trust of the role " + name, role.assumeRolePolicyDocument()),
                    policies,
                    role.permissionsBoundary() == null
                            ? null
                            : role.permissionsBoundary().permissionsBoundaryArn(),
                    tags(name)));
        } catch (NoSuchEntityException e) {
            return Optional.empty();
        }
    }

    private Map<String, String> tags(String role) {
        var tags = new TreeMap<String, String>();
        endpoint.iam().listRoleTagsPaginator(request -> request.roleName(role)).tags().stream()
                .filter(tag -> WRITES.matcher(tag.key()).matches())
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }
}
