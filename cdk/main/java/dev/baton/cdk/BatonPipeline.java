package dev.baton.cdk;

import dev.baton.compiler.environment.Destination;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.RetainedResources;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.json.Json;
import dev.baton.run.SourceRevision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awscdk.AssetHashType;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.amazon.awscdk.services.stepfunctions.CfnStateMachine;
import software.constructs.Construct;

/// A compiled pipeline in an account: its functions with their roles, its state machines with version and alias, the
/// rules that start it, and the alarms that watch it.
///
/// ```java
/// var foundation = new BatonFoundation(stack, "Foundation", environment, List.of(weather));
/// var storage = new BatonStorage(stack, "Storage", foundation);
/// new BatonPipeline(stack, "Weather", weather, storage, code, revision);
/// ```
///
/// The functions that run tasks lie in nested stacks, because a stack holds 500 resources and each class takes six.
public final class BatonPipeline extends Construct {
    /// The alias through which executions are started.
    public static final String ALIAS = "live";

    private final String alias;

    /// @param pipeline one of those that the foundation knows
    /// @param code what the functions run
    /// @param revision of the sources that the code was built from
    /// @throws dev.baton.diagnostic.DiagnosticException when it has more classes than nested stacks hold (ENV011),
    ///     or policies about people hold and the code of what asks them is not given (ENV046)
    public BatonPipeline(
            Construct scope,
            String id,
            CompiledPipeline pipeline,
            BatonStorage storage,
            FunctionAsset code,
            SourceRevision revision) {
        this(scope, id, pipeline, storage, code, revision, RetainedResources.NOTHING);
    }

    /// @param compiled one of those that the foundation knows
    /// @param code what the functions run
    /// @param revision of the sources that the code was built from
    /// @param retired what the pipeline has no more and executions still need; what is not named goes, a function with
    ///     all its versions
    /// @throws dev.baton.diagnostic.DiagnosticException when it has more classes than nested stacks hold (ENV011),
    ///     or policies about people hold and the code of what asks them is not given (ENV046)
    public BatonPipeline(
            Construct scope,
            String id,
            CompiledPipeline compiled,
            BatonStorage storage,
            FunctionAsset code,
            SourceRevision revision,
            RetainedResources retired) {
        super(scope, id);
        var pipeline = retired.in(compiled);
        var foundation = storage.foundation();
        var environment = foundation.environment();
        var findings = new Diagnostics();
        environment
                .withoutFunctionsOfPeople(List.of(pipeline), code.governed() != null)
                .ifPresent(findings::add);
        findings.throwIfErrors();
        var stack = Stack.of(this);
        var storageStack = Stack.of(storage);
        if (!stack.getStackName().equals(storageStack.getStackName())) {
            stack.addStackDependency(storageStack);
        }
        var asset = asset("Code", code);
        var governed = code.governed() == null || pipeline.functions().stream().noneMatch(CompiledFunction::governed)
                ? null
                : asset("GovernedCode", code.governed());
        var machine = pipeline.machine().name();
        var settings = foundation.intrinsics();
        for (var cap : environment.concurrency().substitutions(pipeline).entrySet()) {
            settings = settings.and(cap.getKey(), cap.getValue());
        }
        var intrinsics = settings.and("Revision", Json.print(revision.toJson()))
                .refer(
                        "StateMachineAlias",
                        Fn.sub("arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:" + machine
                                + ":" + ALIAS));
        var containers = environment.containers();
        var image = containers == null ? "" : containers.version(code.hash());
        if (containers != null) {
            intrinsics = intrinsics.refer(
                    "ContainerImage",
                    Fn.sub("${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/"
                            + environment.prefix().repository() + image));
        }

        var roles = new RoleConstructs(environment, pipeline, intrinsics, foundation.boundary(pipeline.name()));
        var functions = new FunctionConstructs(
                environment, pipeline, intrinsics, roles, foundation.keyArn(), code, asset, governed);
        var made = functions(pipeline, functions, retired);
        retired.roles().stream()
                .filter(role -> retired.functions().stream().noneMatch(function -> function.has(role)))
                .forEach(role -> roles.keep(this, role));
        var versions = new TreeMap<String, String>();
        for (var function : pipeline.functions()) {
            versions.put(
                    function.versionPlaceholder(),
                    Objects.requireNonNull(made.get(function.name())).version().getAttrVersion());
        }
        versions.putAll(
                new ContainerConstructs(this, environment, pipeline, intrinsics, roles, foundation.keyArn(), image)
                        .create(made));
        var known = intrinsics;
        for (var version : versions.entrySet()) {
            known = known.refer(version.getKey(), version.getValue());
        }
        for (var function : pipeline.functions()) {
            functions.results(function, Objects.requireNonNull(made.get(function.name())), known);
        }

        var states = roles.create(this, pipeline.role(pipeline.machine().role()));
        pipeline.roles().stream()
                .filter(role -> role.kind() == CompiledRole.Kind.SERVICE)
                .forEach(role -> roles.create(this, role));
        var machines = new MachineConstructs(
                this,
                environment,
                settings,
                foundation.keyArn(),
                foundation.machineKeyArn(),
                states,
                pipeline.graph().pipeline().logsData(),
                versions);
        for (var child : pipeline.children()) {
            machines.child(child);
        }
        var main = machines.main(pipeline.machine());
        var rotations = new LinkedHashMap<String, CfnStateMachine>();
        for (var rotation : pipeline.rotations()) {
            rotations.put(
                    rotation.name(), machines.rotation(rotation, roles.create(this, pipeline.role(rotation.name()))));
        }
        var triggers = new TriggerConstructs(this, environment, pipeline, intrinsics, roles, made, rotations);
        var watch = new PipelineAlarms(this, pipeline, foundation.topic());
        var first = new ArrayList<>(triggers.made());
        first.add(watch.deadLetters(triggers.queue().getAttrQueueName()));
        first.addAll(watch.throttles(main.getAttrArn()));
        var failures = watch.failures(main.getAttrArn());
        if (environment.rollout() == null) {
            first.addAll(failures);
        }
        this.alias = machines.alias(main, environment.rollout(), failures, first);
        outputs(pipeline, environment, code);
    }

    /// The ARN of the alias through which executions are started.
    public String aliasArn() {
        return alias;
    }

    private Map<String, FunctionConstructs.Made> functions(
            CompiledPipeline pipeline, FunctionConstructs functions, RetainedResources retired) {
        var made = new LinkedHashMap<String, FunctionConstructs.Made>();
        var tasks = pipeline.functions().stream()
                .filter(function -> function.kind() == CompiledFunction.Kind.TASK)
                .toList();
        var findings = new Diagnostics();
        findings.addAll(NestedStacks.tooFull(pipeline.name(), tasks));
        findings.throwIfErrors();
        var nested = new TreeMap<String, NestedStack>();
        for (var function : tasks) {
            made.put(function.name(), functions.create(stackOf(function.name(), pipeline, nested), function));
        }
        for (var function : retired.functions()) {
            functions.keep(
                    function.runsTasks() ? stackOf(function.name(), pipeline, nested) : this,
                    function,
                    retired.roles());
        }
        for (var function : pipeline.functions()) {
            if (function.kind() != CompiledFunction.Kind.TASK) {
                made.put(function.name(), functions.create(this, function));
            }
        }
        return made;
    }

    private NestedStack stackOf(String function, CompiledPipeline pipeline, Map<String, NestedStack> made) {
        return made.computeIfAbsent(
                NestedStacks.name(function),
                name -> NestedStack.Builder.create(this, name)
                        .description("Tasks of the pipeline " + pipeline.name())
                        .build());
    }

    private static String where(Environment environment) {
        if (!environment.prefix().isDefault()) {
            return " --env " + environment.name();
        }
        return environment.place() instanceof Destination.Account account
                ? " --region " + account.region() + (account.profile() == null ? "" : " --profile " + account.profile())
                : "";
    }

    private Asset asset(String id, FunctionAsset code) {
        return Asset.Builder.create(this, id)
                .path(code.folder().toAbsolutePath().toString())
                .assetHashType(AssetHashType.CUSTOM)
                .assetHash(code.hash())
                .build();
    }

    private void outputs(CompiledPipeline pipeline, Environment environment, FunctionAsset code) {
        CfnOutput.Builder.create(this, "StateMachineAlias").value(alias).build();
        CfnOutput.Builder.create(this, "CodeHash").value(code.hash()).build();
        // What was uploaded before this deployment had nobody to start it.
        CfnOutput.Builder.create(this, "NextStep")
                .description("What ends a deployment: it starts what arrived before")
                .value("baton sweep " + pipeline.name() + where(environment))
                .build();
    }
}
