package dev.baton.cli.suite;

import dev.baton.cli.deploy.Endpoint;
import dev.baton.compiler.CompiledPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// Takes away what a deployment made. Every part is tried, whatever became of the others; what is left is told at
/// last.
final class Removal {
    /// What services say of something that is not there: a deployment that failed has not made everything.
    private static final Set<String> ABSENT =
            Set.of("ResourceNotFoundException", "NoSuchEntity", "NoSuchBucket", "StateMachineDoesNotExist");

    private final Endpoint endpoint;
    private final List<String> left = new ArrayList<>();

    Removal(Endpoint endpoint) {
        this.endpoint = endpoint;
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
                endpoint.states()
                        .deleteStateMachine(request -> request.stateMachineArn(machine.stateMachineArn()));
            });
        }
        for (var function : pipeline.functions()) {
            attempt("function " + function.name(), () -> endpoint.lambda()
                    .deleteFunction(request -> request.functionName(function.name())));
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
        for (var logical : pipeline.buckets()) {
            var name = bucket.apply(logical.logical());
            attempt("bucket " + name, () -> empty(name));
        }
        if (!left.isEmpty()) {
            throw new AssertionError("could not be removed: " + left);
        }
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
