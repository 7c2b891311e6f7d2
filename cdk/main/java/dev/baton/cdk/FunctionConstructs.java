package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.RetainedResources;
import dev.baton.json.Json;
import dev.baton.name.Sha256;
import dev.baton.run.CheckDemand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.CfnVersion;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/// The functions of a pipeline, each with its role, its log group and a version that stays when the next one comes: an
/// execution that runs, or may be redriven, keeps its code.
final class FunctionConstructs {
    /// The newest that Lambda has; classes are compiled for 21 and newer.
    private static final String RUNTIME = "java25";

    /// For the same work it costs a fifth less than x86.
    static final String ARCHITECTURE = "arm64";

    private final Environment environment;
    private final CompiledPipeline pipeline;
    private final Intrinsics intrinsics;
    private final RoleConstructs roles;
    private final String key;
    private final FunctionAsset code;
    private final Asset asset;
    private final @Nullable Asset governed;

    FunctionConstructs(
            Environment environment,
            CompiledPipeline pipeline,
            Intrinsics intrinsics,
            RoleConstructs roles,
            String key,
            FunctionAsset code,
            Asset asset,
            @Nullable Asset governed) {
        this.governed = governed;
        this.environment = environment;
        this.pipeline = pipeline;
        this.intrinsics = intrinsics;
        this.roles = roles;
        this.key = key;
        this.code = code;
        this.asset = asset;
    }

    /// The constructs of a function.
    record Made(CfnFunction function, CfnVersion version) {}

    Made create(Construct scope, CompiledFunction compiled) {
        var role = roles.create(scope, pipeline.role(compiled.role()));
        assumed(compiled).ifPresent(assumed -> {
            // Its trust policy names the function's role, and IAM refuses a principal that is not there.
            roles.create(scope, assumed).addResourceDependency(role);
        });
        var log = log(scope, compiled.name());
        var function = function(scope, compiled, role.getAttrArn());
        function.addResourceDependency(log);
        return new Made(function, version(scope, compiled, function));
    }

    /// Keeps a function that the pipeline has no more, for the versions that were published of it: with the function
    /// they would all go.
    ///
    /// @param kept among others, the roles that the function and its task have
    void keep(Construct scope, RetainedResources.Function retired, List<RetainedResources.Role> kept) {
        var log = log(scope, retired.name());
        var function = CfnFunction.Builder.create(scope, "Function-" + retired.name())
                .functionName(retired.name())
                .description("For executions that began before its task went, of the pipeline " + pipeline.name())
                .runtime(RUNTIME)
                .architectures(List.of(ARCHITECTURE))
                .handler(retired.handler())
                .code(CfnFunction.CodeProperty.builder()
                        .s3Bucket(asset.getS3BucketName())
                        .s3Key(asset.getS3ObjectKey())
                        .build())
                .role(retired.role())
                .memorySize(retired.memoryMegabytes())
                .timeout(retired.timeoutSeconds())
                .environment(CfnFunction.EnvironmentProperty.builder()
                        .variables(retired.environment())
                        .build())
                .build();
        function.addResourceDependency(log);
        for (var role : kept) {
            if (retired.has(role)) {
                function.addResourceDependency(roles.keep(scope, role));
            }
        }
    }

    private CfnLogGroup log(Construct scope, String function) {
        var log = CfnLogGroup.Builder.create(scope, "Log-" + function)
                .logGroupName("/aws/lambda/" + function)
                .kmsKeyId(key)
                .retentionInDays(environment.retention().logDays())
                .build();
        // Kept, it would have the name that is needed when a task comes back.
        log.applyRemovalPolicy(RemovalPolicy.DESTROY);
        return log;
    }

    /// Lets Lambda tell how asynchronous invocations of a function's version ended, for as long as the version stays.
    ///
    /// @param versions which the function that is told may be one of
    void results(CompiledFunction compiled, Made made, Intrinsics versions) {
        if (compiled.resultsTo().isEmpty()) {
            return;
        }
        var destination = versions.text(compiled.resultsTo().get());
        var version = made.version();
        var config = CfnEventInvokeConfig.Builder.create(
                        Stack.of(version), "Results-" + version.getNode().getId())
                .functionName(made.function().getRef())
                .qualifier(version.getAttrVersion())
                .maximumRetryAttempts(0)
                .maximumEventAgeInSeconds(CompiledFunction.MAX_EVENT_AGE_SECONDS)
                .destinationConfig(CfnEventInvokeConfig.DestinationConfigProperty.builder()
                        .onSuccess(CfnEventInvokeConfig.OnSuccessProperty.builder()
                                .destination(destination)
                                .build())
                        .onFailure(CfnEventInvokeConfig.OnFailureProperty.builder()
                                .destination(destination)
                                .build())
                        .build())
                .build();
        StackRetention.version(config, environment.rollout() != null);
    }

    private CfnFunction function(Construct scope, CompiledFunction compiled, String roleArn) {
        var variables = new LinkedHashMap<String, String>();
        compiled.environment().forEach((name, value) -> variables.put(name, intrinsics.text(value)));
        demanded(compiled).ifPresent(checks -> variables.put(CheckDemand.VARIABLE, checks));
        var packed = compiled.governed() && governed != null ? governed : asset;
        var builder = CfnFunction.Builder.create(scope, "Function-" + compiled.name())
                .functionName(compiled.name())
                .description(description(compiled))
                .runtime(RUNTIME)
                .architectures(List.of(ARCHITECTURE))
                .handler(compiled.handler())
                .code(CfnFunction.CodeProperty.builder()
                        .s3Bucket(packed.getS3BucketName())
                        .s3Key(packed.getS3ObjectKey())
                        .build())
                .role(roleArn)
                .memorySize(compiled.memoryMegabytes())
                .timeout(compiled.timeoutSeconds())
                .environment(CfnFunction.EnvironmentProperty.builder()
                        .variables(variables)
                        .build());
        var cap = cap(compiled);
        if (cap != null) {
            builder.reservedConcurrentExecutions(cap);
        }
        if (environment.snapStart()) {
            builder.snapStart(CfnFunction.SnapStartProperty.builder()
                    .applyOn("PublishedVersions")
                    .build());
        }
        var network = environment.network();
        if (network != null) {
            builder.vpcConfig(CfnFunction.VpcConfigProperty.builder()
                    .subnetIds(network.subnets())
                    .securityGroupIds(network.securityGroups())
                    .build());
        }
        return builder.build();
    }

    /// A version is never changed: whatever changes the function makes another one, and the one before is kept.
    private CfnVersion version(Construct scope, CompiledFunction compiled, CfnFunction function) {
        var settings = new LinkedHashMap<String, @Nullable Object>();
        settings.put("code", code.of(compiled).hash());
        settings.put("runtime", RUNTIME);
        settings.put("architecture", ARCHITECTURE);
        settings.put("handler", compiled.handler());
        settings.put("memory", compiled.memoryMegabytes());
        settings.put("timeout", compiled.timeoutSeconds());
        var network = environment.network();
        settings.put("network", network == null ? null : network.toString());
        settings.put("snapStart", environment.snapStart());
        settings.put("environment", variablesAsText(compiled));
        var version = CfnVersion.Builder.create(scope, "Version-" + compiled.name() + "-" + hash(Json.print(settings)))
                .functionName(function.getRef())
                .description("code " + code.of(compiled).hash().substring(0, 12))
                .build();
        StackRetention.version(version, environment.rollout() != null);
        return version;
    }

    private Map<String, @Nullable Object> variablesAsText(CompiledFunction compiled) {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        compiled.environment().forEach((name, value) -> variables.put(name, intrinsics.stable(value)));
        demanded(compiled).ifPresent(checks -> variables.put(CheckDemand.VARIABLE, checks));
        return variables;
    }

    /// What a function that asks for checks is told of those that are demanded.
    private Optional<String> demanded(CompiledFunction compiled) {
        return compiled.kind().asksForChecks()
                        && !environment.demandedChecks().names().isEmpty()
                ? Optional.of(environment.demandedChecks().variable())
                : Optional.empty();
    }

    private @Nullable Integer cap(CompiledFunction compiled) {
        var caps = environment.concurrency();
        return switch (compiled.kind()) {
            case TASK ->
                compiled.taskClass()
                        .map(task -> caps.tasks().get(task.getSimpleName()))
                        .orElse(caps.task());
            case PIN -> caps.pin();
            case START, APPROVAL, ACCESS -> caps.start();
            case AWAIT, CALLBACK -> caps.callback();
        };
    }

    private String description(CompiledFunction compiled) {
        return switch (compiled.kind()) {
            case TASK ->
                "Runs " + compiled.taskClass().map(Class::getSimpleName).orElse("tasks") + " of the pipeline "
                        + pipeline.name();
            case PIN -> "Fixes what a run of the pipeline " + pipeline.name() + " reads";
            case START -> "Starts the pipeline " + pipeline.name() + " when objects appear";
            case AWAIT -> "Registers the awaits of the pipeline " + pipeline.name();
            case CALLBACK -> "Releases the awaits of the pipeline " + pipeline.name();
            case APPROVAL -> "Takes decisions about approvals of the pipeline " + pipeline.name();
            case ACCESS -> "Grants people rights for a while, of the pipeline " + pipeline.name();
        };
    }

    /// The role that a function has sessions of, its task's or the one that people have for a while: it is told by the
    /// function's environment.
    private Optional<CompiledRole> assumed(CompiledFunction compiled) {
        var told = compiled.environment();
        var arn = told.getOrDefault("BATON_TASK_ROLE", told.get("BATON_PEOPLE_ROLE"));
        return pipeline.roles().stream().filter(role -> role.arn().equals(arn)).findFirst();
    }

    static String hash(String text) {
        return Sha256.hex(text).substring(0, 10);
    }
}
