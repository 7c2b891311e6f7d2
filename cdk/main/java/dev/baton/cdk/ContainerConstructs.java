package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledContainer;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ecs.CfnCluster;
import software.amazon.awscdk.services.ecs.CfnTaskDefinition;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.constructs.Construct;

/// The containers of a pipeline: their cluster, the role with which ECS starts them, and for each a log group and a
/// task definition, whose revisions stay when the next one comes: an execution that runs, or may be redriven, keeps its
/// code.
final class ContainerConstructs {
    /// The place of the revision's number in `arn:aws:ecs:eu-central-1:111111111111:task-definition/family:7`.
    private static final int REVISION_OF_ARN = 6;

    private final Construct scope;
    private final Environment environment;
    private final CompiledPipeline pipeline;
    private final Intrinsics intrinsics;
    private final RoleConstructs roles;
    private final String key;
    private final String image;

    /// @param intrinsics in which the image is a reference
    /// @param image what follows the name of its repository
    ContainerConstructs(
            Construct scope,
            Environment environment,
            CompiledPipeline pipeline,
            Intrinsics intrinsics,
            RoleConstructs roles,
            String key,
            String image) {
        this.scope = scope;
        this.environment = environment;
        this.pipeline = pipeline;
        this.intrinsics = intrinsics;
        this.roles = roles;
        this.key = key;
        this.image = image;
    }

    /// @param functions those of the same classes, whose roles the containers have
    /// @return the number of each task definition's revision by placeholder, as tokens; none without containers
    SortedMap<String, String> create(Map<String, FunctionConstructs.Made> functions) {
        var revisions = new TreeMap<String, String>();
        if (pipeline.containers().isEmpty()) {
            return revisions;
        }
        CfnCluster.Builder.create(scope, "Cluster")
                .clusterName(pipeline.cluster())
                .clusterSettings(List.of(CfnCluster.ClusterSettingsProperty.builder()
                        .name("containerInsights")
                        .value("enabled")
                        .build()))
                .build();
        var starting = new LinkedHashMap<String, CfnRole>();
        for (var container : pipeline.containers()) {
            var role = starting.computeIfAbsent(
                    container.executionRole(), name -> roles.create(scope, pipeline.role(name)));
            var definition = definition(container, role);
            definition.addResourceDependency(log(container));
            // It has the function's role, which is named in text.
            definition.addResourceDependency(
                    Objects.requireNonNull(functions.get(container.family())).function());
            revisions.put(
                    container.revisionPlaceholder(), Fn.select(REVISION_OF_ARN, Fn.split(":", definition.getRef())));
        }
        return revisions;
    }

    private CfnLogGroup log(CompiledContainer container) {
        var log = CfnLogGroup.Builder.create(scope, "Log-" + container.family())
                .logGroupName(container.logGroup())
                .kmsKeyId(key)
                .retentionInDays(environment.retention().logDays())
                .build();
        log.applyRemovalPolicy(RemovalPolicy.DESTROY);
        return log;
    }

    private CfnTaskDefinition definition(CompiledContainer compiled, CfnRole starting) {
        var definition = CfnTaskDefinition.Builder.create(scope, "Task-" + compiled.family() + "-" + settings(compiled))
                .family(compiled.family())
                .requiresCompatibilities(List.of("FARGATE"))
                .networkMode("awsvpc")
                .runtimePlatform(CfnTaskDefinition.RuntimePlatformProperty.builder()
                        .operatingSystemFamily("LINUX")
                        .cpuArchitecture(FunctionConstructs.ARCHITECTURE.toUpperCase(Locale.ROOT))
                        .build())
                .cpu(Integer.toString(compiled.cpuUnits()))
                .memory(Integer.toString(compiled.memoryMegabytes()))
                .taskRoleArn(intrinsics.text(pipeline.role(compiled.role()).arn()))
                .executionRoleArn(starting.getAttrArn())
                .containerDefinitions(List.of(container(compiled)))
                .build();
        StackRetention.version(definition, environment.rollout() != null);
        Suppression.on(definition, Suppression.REFERENCES_ONLY);
        return definition;
    }

    private CfnTaskDefinition.ContainerDefinitionProperty container(CompiledContainer compiled) {
        return CfnTaskDefinition.ContainerDefinitionProperty.builder()
                .name(CompiledContainer.NAME)
                .image(intrinsics.text(compiled.image()))
                .essential(true)
                .command(compiled.command())
                .environment(compiled.environment().entrySet().stream()
                        .<Object>map(variable -> CfnTaskDefinition.KeyValuePairProperty.builder()
                                .name(variable.getKey())
                                .value(intrinsics.text(variable.getValue()))
                                .build())
                        .toList())
                .logConfiguration(CfnTaskDefinition.LogConfigurationProperty.builder()
                        .logDriver("awslogs")
                        .options(Map.of(
                                "awslogs-group",
                                compiled.logGroup(),
                                "awslogs-region",
                                intrinsics.text("${Region}"),
                                "awslogs-stream-prefix",
                                "baton"))
                        .build())
                .build();
    }

    /// A revision is never changed: whatever changes the container makes another one, and the one before is kept.
    private String settings(CompiledContainer compiled) {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        compiled.environment().forEach((name, value) -> variables.put(name, intrinsics.stable(value)));
        var settings = new LinkedHashMap<String, @Nullable Object>();
        settings.put("image", image);
        settings.put("command", compiled.command());
        settings.put("cpu", compiled.cpuUnits());
        settings.put("memory", compiled.memoryMegabytes());
        settings.put("architecture", FunctionConstructs.ARCHITECTURE);
        settings.put("environment", variables);
        return FunctionConstructs.hash(Json.print(settings));
    }
}
