package dev.baton.cli.suite;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.compiler.pipeline.CompiledPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// Takes away what a deployment made. Every part is tried, whatever became of the others; what is left is told at
/// last.
final class Removal {
    /// What services say of something that is not there: a deployment that failed has not made everything.
    private static final Set<String> ABSENT = Set.of(
            "ResourceNotFoundException",
            "NoSuchEntity",
            "NoSuchBucket",
            "StateMachineDoesNotExist",
            "NotFoundException");

    private static final String KEY = "alias/baton";
    private static final int DAYS = 7;

    private final Endpoint endpoint;
    private final LogGroups logs;
    private final boolean ownsKey;
    private final List<String> left = new ArrayList<>();

    /// To be made before the deployment: what is there already, is somebody else's.
    Removal(Endpoint endpoint, LogGroups logs) {
        this.endpoint = endpoint;
        this.logs = logs;
        this.ownsKey = endpoint.kms().listAliasesPaginator().aliases().stream()
                .noneMatch(alias -> alias.aliasName().equals(KEY));
    }

    /// @param bucket the real name of a logical bucket
    /// @throws AssertionError naming what could not be removed
    void of(CompiledPipeline pipeline, UnaryOperator<String> bucket) {
        for (var trigger : pipeline.triggers()) {
            attempt("rule " + trigger.name(), () -> {
                endpoint.events()
                        .removeTargets(request -> request.rule(trigger.name()).ids(trigger.function()));
                endpoint.events().deleteRule(request -> request.name(trigger.name()));
            });
        }
        var machines = endpoint.states().listStateMachinesPaginator().stateMachines().stream()
                .filter(machine -> pipeline.machines().stream()
                        .anyMatch(compiled -> compiled.name().equals(machine.name())))
                .toList();
        for (var machine : machines) {
            attempt("state machine " + machine.name(), () -> {
                endpoint.states()
                        .listStateMachineAliases(request -> request.stateMachineArn(machine.stateMachineArn()))
                        .stateMachineAliases()
                        .forEach(alias -> endpoint.states()
                                .deleteStateMachineAlias(
                                        request -> request.stateMachineAliasArn(alias.stateMachineAliasArn())));
                endpoint.states().deleteStateMachine(request -> request.stateMachineArn(machine.stateMachineArn()));
            });
        }
        for (var function : pipeline.functions()) {
            attempt(
                    "function " + function.name(),
                    () -> endpoint.lambda().deleteFunction(request -> request.functionName(function.name())));
        }
        for (var role : pipeline.roles()) {
            attempt("role " + role.name(), () -> {
                endpoint.iam()
                        .listRolePolicies(request -> request.roleName(role.name()))
                        .policyNames()
                        .forEach(policy -> endpoint.iam()
                                .deleteRolePolicy(
                                        request -> request.roleName(role.name()).policyName(policy)));
                endpoint.iam().deleteRole(request -> request.roleName(role.name()));
            });
        }
        var boundary = pipeline.boundary().name();
        attempt("policy " + boundary, () -> policy(boundary));
        // Lambda makes them when a function first says something.
        for (var function : pipeline.functions()) {
            var group = "/aws/lambda/" + function.name();
            if (logs.named(group).contains(group)) {
                attempt("log group " + group, () -> logs.delete(group));
            }
        }
        for (var logical : pipeline.buckets()) {
            var name = bucket.apply(logical.logical());
            attempt("bucket " + name, () -> empty(name));
        }
        if (ownsKey) {
            attempt("key " + KEY, this::key);
        }
        if (!left.isEmpty()) {
            throw new AssertionError("could not be removed: " + left);
        }
    }

    /// A policy goes when nothing but its default version is left.
    private void policy(String name) {
        endpoint.iam().listPoliciesPaginator(request -> request.scope(PolicyScopeType.LOCAL)).policies().stream()
                .filter(policy -> policy.policyName().equals(name))
                .map(Policy::arn)
                .forEach(arn -> {
                    endpoint.iam().listPolicyVersions(request -> request.policyArn(arn)).versions().stream()
                            .filter(version -> !version.isDefaultVersion())
                            .forEach(version -> endpoint.iam()
                                    .deletePolicyVersion(
                                            request -> request.policyArn(arn).versionId(version.versionId())));
                    endpoint.iam().deletePolicy(request -> request.policyArn(arn));
                });
    }

    /// No key is deleted at once: it waits, and costs nothing meanwhile.
    private void key() {
        var key = endpoint.kms()
                .describeKey(request -> request.keyId(KEY))
                .keyMetadata()
                .keyId();
        endpoint.kms().deleteAlias(request -> request.aliasName(KEY));
        endpoint.kms().scheduleKeyDeletion(request -> request.keyId(key).pendingWindowInDays(DAYS));
    }

    private void empty(String bucket) {
        var s3 = endpoint.s3();
        s3.deleteBucketPolicy(request -> request.bucket(bucket));
        for (var page : s3.listObjectVersionsPaginator(request -> request.bucket(bucket))) {
            var objects = new ArrayList<ObjectIdentifier>();
            page.versions()
                    .forEach(version -> objects.add(ObjectIdentifier.builder()
                            .key(version.key())
                            .versionId(version.versionId())
                            .build()));
            page.deleteMarkers()
                    .forEach(marker -> objects.add(ObjectIdentifier.builder()
                            .key(marker.key())
                            .versionId(marker.versionId())
                            .build()));
            if (!objects.isEmpty()) {
                s3.deleteObjects(request -> request.bucket(bucket).delete(delete -> delete.objects(objects)));
            }
        }
        s3.deleteBucket(request -> request.bucket(bucket));
    }

    private void attempt(String what, Runnable removal) {
        try {
            removal.run();
        } catch (SdkException e) {
            if (e instanceof AwsServiceException answer
                    && ABSENT.contains(answer.awsErrorDetails().errorCode())) {
                return;
            }
            left.add(what + " (" + e.getMessage() + ")");
        }
    }
}
