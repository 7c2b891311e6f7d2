package dev.baton.cli.deploy.read;

import dev.baton.name.Arn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/// Reads from an endpoint what is there, in the form of a [PipelineSnapshot]'s parts. Nothing where it is not there.
final class SnapshotReader {
    private final Endpoint endpoint;

    SnapshotReader(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// @param pinned the version that definitions name; null where none does
    Optional<Map<String, @Nullable Object>> machine(String arn, @Nullable String pinned) {
        var states = endpoint.states();
        try {
            var machine = states.describeStateMachine(request -> request.stateMachineArn(arn));
            var part = new LinkedHashMap<String, @Nullable Object>();
            part.put("definition", EndpointDocuments.object("the definition of " + arn, machine.definition()));
            part.put("roleArn", machine.roleArn());
            var encryption = machine.encryptionConfiguration();
            if (encryption != null && encryption.kmsKeyId() != null) {
                part.put(PipelineSnapshot.MACHINE_KEY, encryption.kmsKeyId());
            }
            part.put("alias", alias(arn + ":" + EnvironmentNames.ALIAS));
            if (pinned != null) {
                part.put("pinned", exists(arn + ":" + pinned) ? pinned : null);
            }
            return Optional.of(part);
        } catch (StateMachineDoesNotExistException e) {
            return Optional.empty();
        }
    }

    private boolean exists(String version) {
        try {
            endpoint.states().describeStateMachine(request -> request.stateMachineArn(version));
            return true;
        } catch (StateMachineDoesNotExistException e) {
            return false;
        }
    }

    private Map<String, @Nullable Object> alias(String arn) {
        var weights = new TreeMap<String, @Nullable Object>();
        try {
            endpoint.states()
                    .describeStateMachineAlias(request -> request.stateMachineAliasArn(arn))
                    .routingConfiguration()
                    .forEach(route -> weights.put(
                            "version " + Arn.last(route.stateMachineVersionArn()),
                            route.weight().longValue()));
        } catch (software.amazon.awssdk.services.sfn.model.ResourceNotFoundException e) {
            // No alias: no weights.
        }
        return weights;
    }

    Optional<Map<String, @Nullable Object>> role(String name) {
        var iam = endpoint.iam();
        try {
            var role = iam.getRole(request -> request.roleName(name)).role();
            var part = new LinkedHashMap<String, @Nullable Object>();
            part.put(
                    "trust", PolicyDocuments.decoded("the trust of the role " + name, role.assumeRolePolicyDocument()));
            var policies = new TreeMap<String, @Nullable Object>();
            iam.listRolePoliciesPaginator(request -> request.roleName(name))
                    .policyNames()
                    .forEach(policy -> policies.put(
                            policy,
                            PolicyDocuments.decoded(
                                    "the policy " + policy + " of the role " + name,
                                    iam.getRolePolicy(request ->
                                                    request.roleName(name).policyName(policy))
                                            .policyDocument())));
            part.put("policies", policies);
            var attached = new TreeSet<String>();
            iam.listAttachedRolePoliciesPaginator(request -> request.roleName(name)).attachedPolicies().stream()
                    .map(AttachedPolicy::policyArn)
                    .forEach(attached::add);
            part.put("attached", List.copyOf(attached));
            part.put(
                    "boundary",
                    role.permissionsBoundary() == null
                            ? null
                            : role.permissionsBoundary().permissionsBoundaryArn());
            return Optional.of(part);
        } catch (NoSuchEntityException e) {
            return Optional.empty();
        }
    }

    Optional<Map<String, @Nullable Object>> boundary(String arn) {
        var iam = endpoint.iam();
        try {
            var version =
                    iam.getPolicy(request -> request.policyArn(arn)).policy().defaultVersionId();
            var part = new LinkedHashMap<String, @Nullable Object>();
            part.put(
                    "policy",
                    PolicyDocuments.decoded(
                            "the policy " + arn,
                            iam.getPolicyVersion(
                                            request -> request.policyArn(arn).versionId(version))
                                    .policyVersion()
                                    .document()));
            return Optional.of(part);
        } catch (NoSuchEntityException e) {
            return Optional.empty();
        }
    }

    /// @param pinned the version that definitions name
    Optional<Map<String, @Nullable Object>> function(String name, String pinned) {
        var lambda = endpoint.lambda();
        try {
            var part = configuration(lambda.getFunctionConfiguration(request -> request.functionName(name)));
            part.put("pinned", exists(name, pinned) ? pinned : null);
            part.put("permissions", permissions(name));
            return Optional.of(part);
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Map<String, @Nullable Object> configuration(GetFunctionConfigurationResponse function) {
        var part = new LinkedHashMap<String, @Nullable Object>();
        part.put("role", function.role());
        part.put("handler", function.handler());
        part.put("memoryMegabytes", function.memorySize().longValue());
        part.put("timeoutSeconds", function.timeout().longValue());
        part.put(
                "environment",
                function.environment() == null
                        ? Map.of()
                        : new TreeMap<String, @Nullable Object>(
                                function.environment().variables()));
        part.put("code", function.codeSha256());
        part.put("identity", function.description());
        return part;
    }

    private boolean exists(String name, String version) {
        try {
            endpoint.lambda()
                    .getFunctionConfiguration(
                            request -> request.functionName(name).qualifier(version));
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    private Map<String, @Nullable Object> permissions(String name) {
        try {
            var policy = PolicyDocuments.normal(EndpointDocuments.object(
                    "the policy of the function " + name,
                    endpoint.lambda()
                            .getPolicy(request -> request.functionName(name))
                            .policy()));
            return statements(policy);
        } catch (ResourceNotFoundException e) {
            return Map.of();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> statements(Map<String, @Nullable Object> policy) {
        return policy.get("Statement") instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    Optional<Map<String, @Nullable Object>> bucket(String name) {
        var s3 = endpoint.s3();
        try {
            var part = new LinkedHashMap<String, @Nullable Object>();
            part.put(
                    "versioning",
                    s3.getBucketVersioning(request -> request.bucket(name)).statusAsString());
            part.put(
                    "eventBridge",
                    s3.getBucketNotificationConfiguration(request -> request.bucket(name))
                                    .eventBridgeConfiguration()
                            != null);
            part.put("publicAccess", publicAccess(name));
            part.put("encryption", encryption(name));
            part.put("policy", policy(name));
            return Optional.of(part);
        } catch (NoSuchBucketException e) {
            return Optional.empty();
        }
    }

    private @Nullable Object publicAccess(String name) {
        try {
            var block = endpoint.s3()
                    .getPublicAccessBlock(request -> request.bucket(name))
                    .publicAccessBlockConfiguration();
            var part = new LinkedHashMap<String, @Nullable Object>();
            part.put("BlockPublicAcls", block.blockPublicAcls());
            part.put("IgnorePublicAcls", block.ignorePublicAcls());
            part.put("BlockPublicPolicy", block.blockPublicPolicy());
            part.put("RestrictPublicBuckets", block.restrictPublicBuckets());
            return part;
        } catch (S3Exception e) {
            return absent(e, "NoSuchPublicAccessBlockConfiguration");
        }
    }

    private @Nullable Object encryption(String name) {
        try {
            var rule = endpoint.s3()
                    .getBucketEncryption(request -> request.bucket(name))
                    .serverSideEncryptionConfiguration()
                    .rules()
                    .getFirst();
            var part = new LinkedHashMap<String, @Nullable Object>();
            part.put("algorithm", rule.applyServerSideEncryptionByDefault().sseAlgorithmAsString());
            part.put("key", rule.applyServerSideEncryptionByDefault().kmsMasterKeyID());
            part.put("bucketKey", Boolean.TRUE.equals(rule.bucketKeyEnabled()));
            return part;
        } catch (S3Exception e) {
            return absent(e, "ServerSideEncryptionConfigurationNotFoundError");
        }
    }

    private @Nullable Object policy(String name) {
        try {
            return PolicyDocuments.normal(EndpointDocuments.object(
                    "the policy of the bucket " + name,
                    endpoint.s3()
                            .getBucketPolicy(request -> request.bucket(name))
                            .policy()));
        } catch (S3Exception e) {
            return absent(e, "NoSuchBucketPolicy");
        }
    }

    private static @Nullable Object absent(S3Exception e, String code) {
        if (e.awsErrorDetails() != null && code.equals(e.awsErrorDetails().errorCode())) {
            return null;
        }
        throw e;
    }

    Optional<Map<String, @Nullable Object>> rule(String name) {
        var events = endpoint.events();
        try {
            var rule = events.describeRule(request -> request.name(name));
            var part = new LinkedHashMap<String, @Nullable Object>();
            part.put("state", rule.stateAsString());
            part.put("pattern", EndpointDocuments.object("the pattern of the rule " + name, rule.eventPattern()));
            var targets = new TreeMap<String, @Nullable Object>();
            for (Target target :
                    events.listTargetsByRule(request -> request.rule(name)).targets()) {
                targets.put(target.id(), target.arn());
            }
            part.put("targets", targets);
            return Optional.of(part);
        } catch (software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException e) {
            return Optional.empty();
        }
    }
}
