package dev.baton.cli.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.cli.deploy.put.FunctionHost;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.lambda.AwaitFunction;
import dev.baton.lambda.CallbackFunction;
import dev.baton.lambda.PinFunction;
import dev.baton.lambda.StartFunction;
import dev.baton.lambda.TaskContainer;
import dev.baton.lambda.TaskFunction;
import dev.baton.lambda.people.AccessFunction;
import dev.baton.lambda.people.ApprovalFunction;
import dev.baton.lambda.people.GovernedStartFunction;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.ecs.ContainerCode;
import dev.baton.local.lambda.function.FunctionCode;
import dev.baton.local.lambda.function.LambdaFunction;
import dev.baton.name.Arn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The functions on a laptop: where the functions of a pipeline run on a laptop.
public enum LaptopFunctions {
    /// In this process: quick, and a debugger stops in them.
    JVM {
        @Override
        public FunctionHost of(EmbeddedAws aws, CompiledPipeline pipeline, Path packages) {
            push(aws, pipeline, packages);
            return new Packaged(runtime(pipeline), inProcess(aws, pipeline));
        }

        @Override
        public ContainerCode image(CompiledPipeline pipeline, Path packages) {
            return new ContainerCode.InProcess(
                    variables -> InFunction.program(variables, classes(pipeline), () -> new TaskContainer(variables)));
        }
    },
    /// The jar that is deployed, in processes of their own under Lambda's own runtime client.
    PROCESS {
        @Override
        public FunctionHost of(EmbeddedAws aws, CompiledPipeline pipeline, Path packages) {
            push(aws, pipeline, packages);
            var code = FunctionPackage.of(pipeline.graph().pipeline().root());
            var lean = processes(aws, code.unpackIn(packages));
            if (pipeline.functions().stream().noneMatch(CompiledFunction::governed)) {
                return new Packaged(runtime(pipeline), lean);
            }
            var governed = processes(aws, code.governed().unpackIn(packages));
            return new Packaged(
                    runtime(pipeline),
                    (function, role, environment, description) ->
                            (function.governed() ? governed : lean).publish(function, role, environment, description));
        }

        @Override
        public ContainerCode image(CompiledPipeline pipeline, Path packages) {
            return new ContainerCode.Unpacked(
                    FunctionPackage.of(pipeline.graph().pipeline().root()).unpackIn(packages));
        }
    };

    /// What functions run besides the pipeline's own code, by the files that it comes from: these may be large, and do
    /// not change while this process runs on them.
    private static final Map<Set<Path>, String> RUNTIMES = new ConcurrentHashMap<>();

    public static final String DESCRIPTION =
            "jvm: functions run in this process (the default); process: the jar that is deployed"
                    + " runs under Lambda's own runtime client, each function in processes of its own";

    /// @param packages a folder for code that was unpacked
    public abstract FunctionHost of(EmbeddedAws aws, CompiledPipeline pipeline, Path packages);

    public static FunctionHost inProcess(EmbeddedAws aws, CompiledPipeline pipeline) {
        var classes = classes(pipeline);
        return (function, role, environment, description) -> register(
                aws,
                function,
                role,
                environment,
                description,
                new FunctionCode.InProcess(variables -> FunctionStorage.bounded(
                        new InFunction(variables, classes, () -> handler(function, variables)))));
    }

    /// @param root the unpacked package
    public static FunctionHost processes(EmbeddedAws aws, Path root) {
        return (function, role, environment, description) -> register(
                aws, function, role, environment, description, new FunctionCode.Unpacked(root, function.handler()));
    }

    /// The code that the image of the pipeline's containers holds.
    ///
    /// @param packages a folder for code that was unpacked
    public abstract ContainerCode image(CompiledPipeline pipeline, Path packages);

    void push(EmbeddedAws aws, CompiledPipeline pipeline, Path packages) {
        if (!pipeline.containers().isEmpty()) {
            aws.ecs().image(pipeline.cluster(), image(pipeline, packages));
        }
    }

    /// The same as that of a package of it which is uploaded: what runs here already is not published again as that.
    private static String runtime(CompiledPipeline pipeline) {
        var root = pipeline.graph().pipeline().root();
        return RUNTIMES.computeIfAbsent(
                FunctionPackage.runtimeSources(root),
                files -> FunctionPackage.of(root).runtimeHash());
    }

    /// A host whose functions are what a package of the pipeline would be.
    ///
    /// @param runtime [FunctionPackage#runtimeHash]
    private record Packaged(String runtime, FunctionHost host) implements FunctionHost {
        @Override
        public String publish(
                CompiledFunction function, String roleArn, Map<String, String> environment, String description) {
            return host.publish(function, roleArn, environment, description);
        }
    }

    private static ClassLoader classes(CompiledPipeline pipeline) {
        return pipeline.graph().pipeline().root().getClassLoader();
    }

    private static String register(
            EmbeddedAws aws,
            CompiledFunction function,
            String role,
            Map<String, String> environment,
            String description,
            FunctionCode code) {
        var arn = aws.lambda()
                .register(new LambdaFunction(
                        function.name(),
                        role,
                        environment,
                        Duration.ofSeconds(function.timeoutSeconds()),
                        function.memoryMegabytes(),
                        code,
                        description,
                        description,
                        "java21"));
        return Arn.last(arn);
    }

    private static RequestStreamHandler handler(CompiledFunction function, Map<String, String> variables) {
        return switch (function.kind()) {
            case TASK -> new TaskFunction(variables);
            case PIN -> new PinFunction(variables);
            case START -> function.governed() ? new GovernedStartFunction(variables) : new StartFunction(variables);
            case AWAIT -> new AwaitFunction(variables);
            case CALLBACK -> new CallbackFunction(variables);
            case APPROVAL -> new ApprovalFunction(variables);
            case ACCESS -> new AccessFunction(variables);
        };
    }
}
