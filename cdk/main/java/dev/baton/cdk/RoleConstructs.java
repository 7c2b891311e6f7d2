package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.RetainedResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.services.iam.CfnManagedPolicy;
import software.amazon.awscdk.services.iam.CfnRole;
import software.constructs.Construct;

/// The roles of a pipeline, as compiled.
final class RoleConstructs {
    private final Environment environment;
    private final CompiledPipeline pipeline;
    private final Intrinsics intrinsics;
    private final CfnManagedPolicy boundary;

    /// @param boundary what each role but the one that deploys bears
    RoleConstructs(
            Environment environment, CompiledPipeline pipeline, Intrinsics intrinsics, CfnManagedPolicy boundary) {
        this.boundary = boundary;
        this.environment = environment;
        this.pipeline = pipeline;
        this.intrinsics = intrinsics;
    }

    static CfnRole.PolicyProperty inline(String name, Map<String, ? extends @Nullable Object> document) {
        return CfnRole.PolicyProperty.builder()
                .policyName(name)
                .policyDocument(document)
                .build();
    }

    CfnRole create(Construct scope, CompiledRole role) {
        var policies = new ArrayList<CfnRole.PolicyProperty>();
        policies.add(inline("baton", intrinsics.json(role.policy())));
        var arguments = new ArrayList<>(arguments(role.kind()));
        if (environment.network() != null && runsAFunction(role.kind())) {
            policies.add(inline("network", intrinsics.json(NetworkRights.document(environment.prefix()))));
            arguments.add(Suppression.NETWORK);
        }
        var queues = NotificationRights.queues(environment.notifications(pipeline));
        if (role.kind() == CompiledRole.Kind.START && !queues.isEmpty()) {
            policies.add(inline("notifications", NotificationRights.document(queues)));
        }
        var created = CfnRole.Builder.create(scope, "Role-" + role.name())
                .roleName(role.name())
                .path(role.path())
                .description(description(role.kind()) + " of the pipeline " + pipeline.name())
                .assumeRolePolicyDocument(intrinsics.json(role.trust()))
                .policies(policies)
                .permissionsBoundary(role.boundary() == null ? null : intrinsics.text(role.boundary()))
                .tags(tags(role.tags()))
                .build();
        // It is named in text, by its ARN; it must be there first all the same.
        created.addResourceDependency(boundary);
        Suppression.on(created, arguments.toArray(Suppression[]::new));
        return created;
    }

    /// One that the pipeline has no more, as it was.
    CfnRole keep(Construct scope, RetainedResources.Role role) {
        var created = CfnRole.Builder.create(scope, "Role-" + role.name())
                .roleName(role.name())
                .path(role.path())
                .description("For executions that began before its task went, of the pipeline " + pipeline.name())
                .assumeRolePolicyDocument(role.trust())
                .policies(role.policies().entrySet().stream()
                        .map(policy -> inline(policy.getKey(), policy.getValue()))
                        .toList())
                .permissionsBoundary(role.boundary())
                .tags(tags(role.tags()))
                .build();
        created.addResourceDependency(boundary);
        Suppression.on(created, Suppression.AS_IT_WAS);
        return created;
    }

    private static List<CfnTag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        CfnTag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private static boolean runsAFunction(CompiledRole.Kind kind) {
        return switch (kind) {
            case RUNNER, PIN, START, AWAIT, CALLBACK, APPROVAL, ACCESS -> true;
            case TASK, EXECUTION, SERVICE, SCHEDULE, ROTATION, RULE, PEOPLE, STATES, DEPLOY -> false;
        };
    }

    private static List<Suppression> arguments(CompiledRole.Kind kind) {
        return switch (kind) {
            case TASK -> List.of(Suppression.KEYS_OF_OBJECTS);
            case RUNNER, PIN, START -> List.of(Suppression.KEYS_OF_OBJECTS, Suppression.VERSIONS);
            case AWAIT -> List.of(Suppression.KEYS_OF_OBJECTS, Suppression.VERSIONS);
            case CALLBACK, APPROVAL ->
                List.of(Suppression.KEYS_OF_OBJECTS, Suppression.VERSIONS, Suppression.NO_RESOURCE);
            case ACCESS, PEOPLE -> List.of(Suppression.KEYS_OF_OBJECTS, Suppression.VERSIONS);
            case SCHEDULE, RULE -> List.of();
            case ROTATION -> List.of(Suppression.KEYS_OF_OBJECTS, Suppression.NO_RESOURCE);
            case EXECUTION -> List.of(Suppression.CONTAINERS);
            case SERVICE -> List.of(Suppression.CALLED);
            case STATES -> List.of(Suppression.VERSIONS, Suppression.NO_RESOURCE);
            case DEPLOY -> List.of(Suppression.DEPLOYS);
        };
    }

    private static String description(CompiledRole.Kind kind) {
        return switch (kind) {
            case TASK -> "For each attempt of a task";
            case RUNNER -> "For the function that runs a task";
            case PIN -> "For the function that fixes what runs read";
            case START -> "For the function that starts executions";
            case AWAIT -> "For the function that registers awaits";
            case CALLBACK -> "For the function that releases awaits";
            case APPROVAL -> "For the function that takes decisions about approvals";
            case ACCESS -> "For the function that grants people rights for a while";
            case PEOPLE -> "For people, for a while, as far as was granted";
            case SCHEDULE -> "For EventBridge Scheduler, which calls the start function";
            case ROTATION -> "For executions that rotate a secret";
            case RULE -> "For EventBridge, which starts executions that rotate secrets";
            case EXECUTION -> "For ECS, which starts containers";
            case SERVICE -> "For the service that does the work of a task";
            case STATES -> "For executions";
            case DEPLOY -> "For who deploys";
        };
    }
}
