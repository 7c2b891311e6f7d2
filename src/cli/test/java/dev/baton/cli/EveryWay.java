package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.environment.Concurrency;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import dev.baton.local.events.DeliveryPolicy;
import dev.baton.local.lambda.InvocationObserver;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.run.AwaitInvocation;
import dev.baton.run.CheckDemand;
import dev.baton.run.RunReference;
import dev.baton.run.SourceRevision;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.LogLevel;

/// The example run in every way that asks for a right: uploads together, late and unheard, sweeps, waits, starts by
/// hand.
///
/// @param weather deployed, with nothing in it
record EveryWay(DeployedPipeline weather, CompiledPipeline compiled) {

    void play() throws IOException, InterruptedException {
        weather.upload("landing/seattle/2012.csv", WeatherData.of("seattle", 2012));
        var started = weather.upload("landing/new-york/2012.csv", WeatherData.of("new-york", 2012))
                .getFirst();
        assertThat(weather.ended(started.get("execution")).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        // The same event once more, when its execution has ended; and what ends every deployment.
        call(Map.of(
                "detail-type", "Object Created",
                "source", "aws.s3",
                "detail",
                        Map.of("bucket", Map.of("name", "lake"), "object", Map.of("key", "landing/seattle/2012.csv"))));
        call(Map.of("sweep", true));
        // An upload of which no event tells: the sweep finds it, and that nothing ran for it yet.
        weather.aws().events().deliver(delivery -> List.of());
        weather.put("landing/seattle/2013.csv", WeatherData.of("seattle", 2013));
        weather.put("landing/new-york/2013.csv", WeatherData.of("new-york", 2013));
        weather.aws().events().deliver(DeliveryPolicy.PROMPT);
        call(Map.of("sweep", true));
        for (var execution : weather.executions()) {
            assertThat(weather.ended(execution.executionArn()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
        // A year without uploads is told to have none.
        var none = weather.ended(weather.start(Map.of("parameters", Map.of("year", 1999L))));
        assertThat(none.error()).isEqualTo("dev.baton.task.InvalidInput");
        var again = weather.start(Map.of("parameters", Map.of("year", 2012L)));
        assertThat(weather.ended(again).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        lateSpells();
        waitByHand();
        withoutResults();
        var unheard = weather.start(Map.of("parameters", Map.of("year", 2012L)));
        assertThat(weather.ended(unheard).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        log();
        demanding();
    }

    /// Where an environment demands a check, the start function and the first state look whether it is recorded.
    private void demanding() throws InterruptedException {
        put(CheckDemand.of("tests"));
        call(Map.of("start", Map.of("parameters", Map.of("year", 2012L))));
        var past = weather.ended(weather.start(Map.of("parameters", Map.of("year", 2012L))));
        assertThat(past.cause()).contains("RUN050");
        put(CheckDemand.NONE);
    }

    private void put(CheckDemand demanded) {
        var account = weather.aws().account();
        new Deployment(
                        weather.endpoint(),
                        LaptopFunctions.JVM.of(weather.aws(), compiled, ProjectFolder.packages()),
                        new EnvironmentNames(
                                account.id(),
                                account.region(),
                                LocalCloud.STATE_BUCKET,
                                Map.of(),
                                new SourceRevision("git", "a".repeat(40), "main", false),
                                Map.of(),
                                Concurrency.FREE,
                                demanded))
                .put(compiled);
    }

    private void call(Object event) {
        var answer = weather.endpoint()
                .lambda()
                .invoke(r -> r.functionName(
                                compiled.function(CompiledFunction.Kind.START).name())
                        .payload(SdkBytes.fromByteArray(Json.bytes(event))));
        assertThat(answer.functionError()).as(answer.payload().asUtf8String()).isNull();
    }

    /// The comparison of the cities waits before the wet spells are there, so that these release it.
    private void lateSpells() throws InterruptedException {
        var held = new CountDownLatch(1);
        weather.aws().lambda().observe(new InvocationObserver() {
            @Override
            public void started(Invocation invocation) {
                if (invocation.function().equals("baton-weather-WetSpells")) {
                    try {
                        held.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        });
        var execution = weather.start(Map.of("parameters", Map.of("year", 2012L)));
        var waits = false;
        while (!waits) {
            Thread.sleep(5);
            assertThat(weather.endpoint()
                            .states()
                            .describeExecution(r -> r.executionArn(execution))
                            .status())
                    .isEqualTo(ExecutionStatus.RUNNING);
            waits = weather
                    .endpoint()
                    .s3()
                    .listObjectsV2Paginator(
                            r -> r.bucket(LocalCloud.STATE_BUCKET).prefix("runs/weather/"))
                    .contents()
                    .stream()
                    .anyMatch(object -> object.key().contains("/awaits/CityComparison-"));
        }
        held.countDown();
        assertThat(weather.ended(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    /// What Step Functions tells the await function when a state tries again, and when nothing is left to wait for.
    private void waitByHand() {
        var began = Instant.parse("2026-01-01T00:00:00Z");
        var run = new RunReference("weather", RunReference.id("by-hand", began), began, Map.of("year", "2012"));
        for (var nodes : List.of(List.of("CityComparison"), List.of("CityComparison"), List.<String>of())) {
            var event = new AwaitInvocation("by hand", nodes, "none", run, Optional.empty());
            var answer = weather.endpoint()
                    .lambda()
                    .invoke(r -> r.functionName(compiled.function(CompiledFunction.Kind.AWAIT)
                                    .name())
                            .payload(SdkBytes.fromByteArray(Json.bytes(event.toJson()))));
            assertThat(answer.functionError())
                    .as(answer.payload().asUtf8String())
                    .isNull();
        }
    }

    /// Lambda tells nobody any more how a task that waited has ended: its result is found where it left it.
    private void withoutResults() {
        var lambda = weather.endpoint().lambda();
        for (var function : compiled.functions()) {
            if (function.resultsTo().isPresent()) {
                var version = lambda.listFunctionEventInvokeConfigs(r -> r.functionName(function.name()))
                        .functionEventInvokeConfigs()
                        .getFirst()
                        .functionArn();
                lambda.deleteFunctionEventInvokeConfig(r ->
                        r.functionName(function.name()).qualifier(version.substring(version.lastIndexOf(':') + 1)));
            }
        }
    }

    /// As a deployment into an account does, for which Step Functions needs the machine's role.
    private void log() {
        var machine =
                weather.endpoint().states().listStateMachines().stateMachines().getFirst();
        weather.endpoint()
                .states()
                .updateStateMachine(r -> r.stateMachineArn(machine.stateMachineArn())
                        .loggingConfiguration(logging -> logging.level(LogLevel.ALL)
                                .destinations(to -> to.cloudWatchLogsLogGroup(group -> group.logGroupArn(
                                        "arn:aws:logs:us-east-1:000000000000:log-group:/aws/vendedlogs/states/x:*")))));
    }
}
