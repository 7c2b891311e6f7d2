package dev.baton.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import dev.baton.compiler.pipeline.CompiledMachine;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import dev.baton.lambda.people.AccessFunction;
import dev.baton.lambda.people.GovernedStartFunction;
import dev.baton.lambda.people.NamedPeople;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.lambda.InvocationObserver;
import dev.baton.local.lambda.InvocationResult;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.local.lambda.function.LambdaFunction;
import dev.baton.run.IdentitySettings;
import dev.baton.task.Pipeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;

/// A pipeline as the compiler makes it, deployed to an embedded AWS: roles with the derived policies, functions,
/// state machine with an alias, buckets, and the rule that starts it. Everything goes over the wire and asks for
/// leave.
final class DeployedFarm implements AutoCloseable {
    public static final String LAKE = "farm-lake";
    public static final String STATE = "farm-state";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final EmbeddedAws aws = EmbeddedAws.start();
    private final CompiledPipeline compiled;
    private final SdkHttpClient http = Apache5HttpClient.create();
    private final StaticCredentialsProvider administrator = StaticCredentialsProvider.create(AwsBasicCredentials.create(
            aws.administrator().accessKeyId(), aws.administrator().secretAccessKey()));
    private final S3Client s3 = S3Client.builder()
            .region(Region.of(aws.account().region()))
            .endpointOverride(aws.endpoint())
            .credentialsProvider(administrator)
            .httpClient(http)
            .forcePathStyle(true)
            .build();
    private final SfnClient states = SfnClient.builder()
            .region(Region.of(aws.account().region()))
            .endpointOverride(aws.endpoint())
            .credentialsProvider(administrator)
            .httpClient(http)
            .build();
    private final LambdaClient lambda = LambdaClient.builder()
            .region(Region.of(aws.account().region()))
            .endpointOverride(aws.endpoint())
            .credentialsProvider(administrator)
            .httpClient(http)
            .build();
    private final EventBridgeClient events = EventBridgeClient.builder()
            .region(Region.of(aws.account().region()))
            .endpointOverride(aws.endpoint())
            .credentialsProvider(administrator)
            .httpClient(http)
            .build();
    private final UnaryOperator<String> edited;
    private final String machine;
    private final List<String> failures = new CopyOnWriteArrayList<>();

    /// @param tasks makes the functions of tasks, by their environment
    public DeployedFarm(Pipeline pipeline, Function<Map<String, String>, RequestStreamHandler> tasks) {
        this(pipeline, tasks, definition -> definition);
    }

    /// @param edited what is deployed instead of a definition
    public DeployedFarm(
            Pipeline pipeline,
            Function<Map<String, String>, RequestStreamHandler> tasks,
            UnaryOperator<String> edited) {
        this(Compiler.compile(pipeline), tasks, edited);
    }

    /// @param compiled the pipeline as it is deployed
    public DeployedFarm(
            CompiledPipeline compiled,
            Function<Map<String, String>, RequestStreamHandler> tasks,
            UnaryOperator<String> edited) {
        this.edited = edited;
        this.compiled = compiled;
        aws.lambda().observe(new InvocationObserver() {
            @Override
            public void finished(Invocation invocation, InvocationResult result) {
                if (result.failed()) {
                    failures.add(invocation.function() + ": " + new String(result.payload(), StandardCharsets.UTF_8));
                }
            }
        });
        var key = key();
        for (var bucket : List.of(LAKE, STATE)) {
            s3.createBucket(r -> r.bucket(bucket));
            s3.putBucketEncryption(r -> r.bucket(bucket)
                    .serverSideEncryptionConfiguration(e -> e.rules(rule -> rule.bucketKeyEnabled(true)
                            .applyServerSideEncryptionByDefault(byDefault ->
                                    byDefault.sseAlgorithm("aws:kms").kmsMasterKeyID(key)))));
            s3.putBucketVersioning(
                    r -> r.bucket(bucket).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
            s3.putBucketNotificationConfiguration(
                    r -> r.bucket(bucket).notificationConfiguration(n -> n.eventBridgeConfiguration(e -> {})));
        }
        var substitutions = new Substitutions(Map.of(
                        "AccountId",
                        aws.account().id(),
                        "Region",
                        aws.account().region(),
                        "Partition",
                        "aws",
                        "StateBucket",
                        STATE,
                        "LakeBucket",
                        LAKE,
                        "StateKey",
                        key,
                        "LakeKey",
                        key,
                        "EventBus",
                        "default",
                        "Revision",
                        "none"))
                .and("Environment", "test")
                .and("Identities", Json.print(IdentitySettings.NONE.toJson()));
        for (var map : compiled.maps()) {
            substitutions = substitutions.and(map.placeholder(), Integer.toString(map.maxConcurrency()));
        }
        var identities = aws.foundation().identities();
        for (var role : compiled.roles()) {
            identities.role(role.path(), role.name(), Json.print(substitutions.in(role.trust())));
            identities.putRolePolicy(role.name(), "baton", Json.print(substitutions.in(role.policy())));
        }
        for (var function : compiled.functions()) {
            if (function.kind() != Kind.START) {
                var version = register(function, substitutions, tasks);
                substitutions = substitutions.and(
                        function.versionPlaceholder(), version.substring(version.lastIndexOf(':') + 1));
            }
        }
        results(substitutions);
        for (var child : compiled.children()) {
            create(child, substitutions);
            // The first that is published.
            substitutions = substitutions.and(String.valueOf(child.versionPlaceholder()), "1");
        }
        machine = machine(substitutions);
        register(compiled.function(Kind.START), substitutions.and("StateMachineAlias", machine + ":live"), tasks);
        rules(substitutions);
    }

    private String key() {
        try (var kms = KmsClient.builder()
                .region(Region.of(aws.account().region()))
                .endpointOverride(aws.endpoint())
                .credentialsProvider(administrator)
                .httpClient(http)
                .build()) {
            return kms.createKey().keyMetadata().arn();
        }
    }

    private String register(
            CompiledFunction function,
            Substitutions substitutions,
            Function<Map<String, String>, RequestStreamHandler> tasks) {
        Function<Map<String, String>, RequestStreamHandler> handler = switch (function.kind()) {
            case TASK -> tasks;
            case PIN -> PinFunction::new;
            case START -> function.governed() ? GovernedStartFunction::new : StartFunction::new;
            case AWAIT -> AwaitFunction::new;
            case CALLBACK -> CallbackFunction::new;
            case APPROVAL -> NamedPeople::approvals;
            case ACCESS -> AccessFunction::new;
        };
        var role = substitutions.in(compiled.role(function.role()).arn());
        return aws.lambda()
                .register(new LambdaFunction(
                        function.name(),
                        role,
                        function.environment(substitutions),
                        Duration.ofSeconds(function.timeoutSeconds()),
                        function.memoryMegabytes(),
                        handler));
    }

    private void results(Substitutions substitutions) {
        for (var function : compiled.functions()) {
            function.resultsTo()
                    .map(substitutions::in)
                    .ifPresent(to -> lambda.putFunctionEventInvokeConfig(r -> r.functionName(function.name())
                            .qualifier(substitutions.in("${" + function.versionPlaceholder() + "}"))
                            .maximumRetryAttempts(0)
                            .maximumEventAgeInSeconds(CompiledFunction.MAX_EVENT_AGE_SECONDS)
                            .destinationConfig(
                                    d -> d.onSuccess(s -> s.destination(to)).onFailure(f -> f.destination(to)))));
        }
    }

    /// From now on Lambda tells nobody how asynchronous invocations end.
    public void withoutResults() {
        for (var function : compiled.functions()) {
            if (function.resultsTo().isPresent()) {
                lambda.deleteFunctionEventInvokeConfig(
                        r -> r.functionName(function.name()).qualifier("1"));
            }
        }
    }

    /// From now on a rule's events reach nobody.
    public void withoutRule(String name) {
        events.disableRule(r -> r.name(name));
    }

    private String create(CompiledMachine machine, Substitutions substitutions) {
        return states.createStateMachine(r -> r.name(machine.name())
                        .roleArn(substitutions.in(compiled.role(machine.role()).arn()))
                        .definition(edited.apply(
                                substitutions.in(machine.definition()).toJson()))
                        .publish(true))
                .stateMachineArn();
    }

    private String machine(Substitutions substitutions) {
        var arn = create(compiled.machine(), substitutions);
        var version = states.listStateMachineVersions(r -> r.stateMachineArn(arn))
                .stateMachineVersions()
                .getFirst()
                .stateMachineVersionArn();
        states.createStateMachineAlias(r -> r.name("live")
                .routingConfiguration(List.of(RoutingConfigurationListItem.builder()
                        .stateMachineVersionArn(version)
                        .weight(100)
                        .build())));
        return arn;
    }

    private void rules(Substitutions substitutions) {
        for (var trigger : compiled.triggers()) {
            events.putRule(r -> r.name(trigger.name()).eventPattern(Json.print(substitutions.in(trigger.pattern()))));
            events.putTargets(r -> r.rule(trigger.name())
                    .targets(t -> t.id("start").arn(aws.account().arn("lambda", "function:" + trigger.function()))));
            lambda.addPermission(r -> r.functionName(trigger.function())
                    .statementId(trigger.name())
                    .principal("events.amazonaws.com")
                    .action("lambda:InvokeFunction"));
        }
    }

    public CompiledPipeline compiled() {
        return compiled;
    }

    /// Step Functions, as an administrator.
    public SfnClient states() {
        return states;
    }

    public EmbeddedAws aws() {
        return aws;
    }

    public S3Client s3() {
        return s3;
    }

    public void upload(String key, String content) {
        s3.putObject(r -> r.bucket(LAKE).key(key), RequestBody.fromString(content));
    }

    public String read(String bucket, String key) {
        return s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
    }

    public List<ObjectVersion> versions(String bucket, String prefix) {
        return s3.listObjectVersions(r -> r.bucket(bucket).prefix(prefix)).versions();
    }

    /// Starts an execution as a person in the console does.
    public String start(String input) {
        return states.startExecution(r -> r.stateMachineArn(machine).input(input))
                .executionArn();
    }

    public List<ExecutionListItem> executions() {
        return states.listExecutions(r -> r.stateMachineArn(machine)).executions();
    }

    /// The executions of child machines.
    public List<ExecutionListItem> children() {
        return states.listStateMachines().stateMachines().stream()
                .filter(each -> !each.stateMachineArn().equals(machine))
                .flatMap(each ->
                        states.listExecutions(r -> r.stateMachineArn(each.stateMachineArn())).executions().stream())
                .toList();
    }

    /// Starts an execution of a name.
    public String start(String name, String input) {
        return states.startExecution(
                        r -> r.stateMachineArn(machine + ":live").name(name).input(input))
                .executionArn();
    }

    /// Invokes a function as an administrator.
    ///
    /// @return what it answered, or how it failed
    public Map<String, @Nullable Object> invoke(String function, Map<String, ?> event) {
        return Json.parseObject(
                lambda.invoke(r -> r.functionName(function).payload(SdkBytes.fromByteArray(Json.bytes(event))))
                        .payload()
                        .asByteArray());
    }

    /// Deploys a function anew, with other variables.
    public void redeploy(CompiledFunction function, Map<String, String> other) {
        var before = lambda.getFunctionConfiguration(r -> r.functionName(function.name()));
        var variables = new LinkedHashMap<>(before.environment().variables());
        variables.putAll(other);
        aws.lambda()
                .register(new LambdaFunction(
                        function.name(),
                        before.role(),
                        variables,
                        Duration.ofSeconds(function.timeoutSeconds()),
                        function.memoryMegabytes(),
                        NamedPeople::approvals));
    }

    /// The execution, once it has ended.
    public DescribeExecutionResponse over(String execution) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var described = states.describeExecution(r -> r.executionArn(execution));
            if (described.status() != ExecutionStatus.RUNNING) {
                return described;
            }
            Thread.sleep(20);
        }
        throw new AssertionError(execution + " still runs; functions failed with " + failures);
    }

    /// The executions, as soon as there are so many and none of them runs.
    public List<ExecutionListItem> ended(int count) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var all = executions();
            if (all.size() >= count && all.stream().noneMatch(e -> e.status() == ExecutionStatus.RUNNING)) {
                return all;
            }
            Thread.sleep(20);
        }
        throw new AssertionError(
                "after " + PATIENCE + " there are " + executions() + "; functions failed with " + failures);
    }

    public String cause(String execution) {
        var described = states.describeExecution(r -> r.executionArn(execution));
        return described.error() + ": " + described.cause();
    }

    public List<HistoryEvent> history(String execution) {
        return states.getExecutionHistoryPaginator(r -> r.executionArn(execution)).events().stream()
                .toList();
    }

    public static RequestStreamHandler task(Map<String, String> environment) {
        return new TaskFunction(environment);
    }

    @Override
    public void close() {
        s3.close();
        states.close();
        lambda.close();
        events.close();
        http.close();
        aws.close();
    }
}
