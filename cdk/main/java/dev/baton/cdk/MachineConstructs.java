package dev.baton.cdk;

import dev.baton.asl.StateMachine;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Rollout;
import dev.baton.compiler.pipeline.CompiledMachine;
import dev.baton.compiler.pipeline.CompiledRotation;
import dev.baton.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.amazon.awscdk.services.stepfunctions.CfnStateMachine;
import software.amazon.awscdk.services.stepfunctions.CfnStateMachineAlias;
import software.amazon.awscdk.services.stepfunctions.CfnStateMachineVersion;
import software.constructs.Construct;

/// The state machines of a pipeline: definition as compiled, logs, traces, versions, and the alias of the first.
final class MachineConstructs {
    /// A template has 1 MB for everything: definitions that would be longer together lie beside it.
    private static final int MOST_BYTES_IN_TEMPLATE = 256 * 1024;

    private static final int REUSE_SECONDS = 300;

    /// The place of the version in `arn:aws:states:region:account:stateMachine:name:version`.
    private static final int VERSION_IN_ARN = 7;

    private final Construct scope;
    private final Environment environment;
    private final String key;
    private final @Nullable String machineKey;
    private final CfnRole role;
    private final boolean logsData;
    private final SortedMap<String, String> substitutions = new TreeMap<>();
    private int bytesInTemplate;

    /// @param machineKey the ARN of the key that they are under; null for AWS's own
    /// @param logsData whether executions are logged with their data
    /// @param versions the functions' versions by placeholder, as tokens
    MachineConstructs(
            Construct scope,
            Environment environment,
            Intrinsics intrinsics,
            String key,
            @Nullable String machineKey,
            CfnRole role,
            boolean logsData,
            SortedMap<String, String> versions) {
        this.scope = scope;
        this.environment = environment;
        this.key = key;
        this.machineKey = machineKey;
        this.role = role;
        this.logsData = logsData;
        substitutions.putAll(intrinsics.all());
        substitutions.putAll(versions);
    }

    /// A child, to be made before what starts it: whose definition names this one's version, so that it is there first,
    /// and a running execution goes on with it when there is a newer one.
    void child(CompiledMachine compiled) {
        var machine = machine(compiled, "Child-" + compiled.name());
        var version = version(machine, "ChildVersion-" + compiled.name());
        substitutions.put(
                Objects.requireNonNull(compiled.versionPlaceholder()),
                Fn.select(VERSION_IN_ARN, Fn.split(":", version.getRef())));
    }

    CfnStateMachine main(CompiledMachine compiled) {
        return machine(compiled, "StateMachine");
    }

    /// One that rotates a secret, for which it has a role of its own.
    CfnStateMachine rotation(CompiledRotation rotation, CfnRole own) {
        return machine(rotation.name(), rotation.definition(), own, "Rotation-" + rotation.name());
    }

    /// The alias comes last: where something else fails, no execution has begun on a version that is then taken back.
    ///
    /// @param alarms that bring the former version back
    /// @param first what comes before
    /// @return the ARN of the alias
    String alias(CfnStateMachine machine, @Nullable Rollout rollout, List<CfnAlarm> alarms, List<CfnResource> first) {
        var version = version(machine, "Version");
        var builder = CfnStateMachineAlias.Builder.create(scope, "Alias")
                .name(BatonPipeline.ALIAS)
                .description("What executions are started through");
        if (rollout == null) {
            builder.routingConfiguration(List.of(CfnStateMachineAlias.RoutingConfigurationVersionProperty.builder()
                    .stateMachineVersionArn(version.getRef())
                    .weight(100)
                    .build()));
        } else {
            builder.deploymentPreference(CfnStateMachineAlias.DeploymentPreferenceProperty.builder()
                    .stateMachineVersionArn(version.getRef())
                    .type(rollout.strategy().name())
                    .percentage(rollout.percent())
                    .interval(rollout.minutes())
                    .alarms(alarms.stream().map(CfnAlarm::getRef).toList())
                    .build());
        }
        var alias = builder.build();
        first.forEach(alias::addResourceDependency);
        return alias.getRef();
    }

    private CfnStateMachineVersion version(CfnStateMachine machine, String id) {
        var version = CfnStateMachineVersion.Builder.create(scope, id)
                .stateMachineArn(machine.getAttrArn())
                .stateMachineRevisionId(machine.getAttrStateMachineRevisionId())
                .build();
        StackRetention.version(version, environment.rollout() != null);
        return version;
    }

    private CfnStateMachine machine(CompiledMachine compiled, String id) {
        return machine(compiled.name(), compiled.definition(), role, id);
    }

    private CfnStateMachine machine(String name, StateMachine text, CfnRole own, String id) {
        // With any other name, Step Functions would add to a resource policy of logs that has a limit.
        var log = CfnLogGroup.Builder.create(scope, "Log-" + name)
                .logGroupName("/aws/vendedlogs/states/" + name)
                .kmsKeyId(key)
                .retentionInDays(environment.retention().logDays())
                .build();
        log.applyRemovalPolicy(RemovalPolicy.DESTROY);
        var definition = Json.print(Json.parseObject(text.toJson()));
        var used = new TreeMap<>(substitutions);
        used.keySet().removeIf(each -> !definition.contains("${" + each + "}"));
        var builder = CfnStateMachine.Builder.create(scope, id)
                .stateMachineName(name)
                .stateMachineType("STANDARD")
                .roleArn(own.getAttrArn())
                .definitionSubstitutions(used.isEmpty() ? null : used)
                .loggingConfiguration(CfnStateMachine.LoggingConfigurationProperty.builder()
                        .level("ALL")
                        .includeExecutionData(logsData)
                        .destinations(List.of(CfnStateMachine.LogDestinationProperty.builder()
                                .cloudWatchLogsLogGroup(CfnStateMachine.CloudWatchLogsLogGroupProperty.builder()
                                        .logGroupArn(log.getAttrArn())
                                        .build())
                                .build()))
                        .build())
                .tracingConfiguration(CfnStateMachine.TracingConfigurationProperty.builder()
                        .enabled(true)
                        .build());
        if (machineKey != null) {
            builder.encryptionConfiguration(CfnStateMachine.EncryptionConfigurationProperty.builder()
                    .type("CUSTOMER_MANAGED_KMS_KEY")
                    .kmsKeyId(machineKey)
                    .kmsDataKeyReusePeriodSeconds(REUSE_SECONDS)
                    .build());
        }
        if (fits(definition)) {
            builder.definitionString(definition);
        } else {
            var asset = beside(name, definition);
            builder.definitionS3Location(CfnStateMachine.S3LocationProperty.builder()
                    .bucket(asset.getS3BucketName())
                    .key(asset.getS3ObjectKey())
                    .build());
        }
        var machine = builder.build();
        // It knows one partition only, where a definition for all of them says ${Partition}, and then trips over its
        // own message; the compiler's validation of the same definition goes further.
        machine.addMetadata("cfn-lint", Map.of("config", Map.of("ignore_checks", List.of("E3601", "E1101"))));
        return machine;
    }

    private boolean fits(String definition) {
        var together = bytesInTemplate + definition.getBytes(StandardCharsets.UTF_8).length;
        if (together > MOST_BYTES_IN_TEMPLATE) {
            return false;
        }
        bytesInTemplate = together;
        return true;
    }

    private Asset beside(String name, String definition) {
        try {
            var file = Files.createTempDirectory("baton").resolve(name + ".asl.json");
            Files.writeString(file, definition);
            return Asset.Builder.create(scope, "Definition-" + name)
                    .path(file.toString())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
