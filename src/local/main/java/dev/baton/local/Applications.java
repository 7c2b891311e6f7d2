package dev.baton.local;

import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.ecs.Ecs;
import dev.baton.local.events.ApiDestinations;
import dev.baton.local.events.Connections;
import dev.baton.local.events.EventBridge;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.lambda.process.JavaRuntime;
import dev.baton.local.logs.Logs;
import dev.baton.local.scheduler.EventScheduler;
import dev.baton.local.scheduler.ScheduleTargets;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.Service;
import dev.baton.local.sns.QueueSender;
import dev.baton.local.sns.Sns;
import dev.baton.local.sqs.MessageAttribute;
import dev.baton.local.sqs.NewMessage;
import dev.baton.local.sqs.Queues;
import dev.baton.local.sqs.Sqs;
import dev.baton.local.ssm.Ssm;
import dev.baton.local.states.StepFunctions;
import dev.baton.local.states.integration.Integrations;
import dev.baton.local.states.mock.IntegrationMocks;
import dev.baton.local.states.mock.MockedAnswers;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The services that run what people register.
record Applications(
        Lambda lambda,
        Ecs ecs,
        Ssm ssm,
        Sqs sqs,
        StepFunctions states,
        EventBridge events,
        EventScheduler schedules,
        Sns sns,
        Logs logs) {

    /// The choices of whoever starts the embedded AWS.
    ///
    /// @param ticking what schedules tick by; nothing for the time of everything else
    /// @param reached where a request to an address goes
    /// @param mocks what answers in place of services that Task states call
    /// @param threads who calls services for Task states
    /// @param remembering whether executions are kept
    record Choices(
            @Nullable JavaRuntime runtime,
            @Nullable Tls tls,
            @Nullable Scheduler ticking,
            UnaryOperator<URI> reached,
            IntegrationMocks mocks,
            ExecutorService threads,
            boolean remembering) {}

    /// Made when the first request goes out: few ever do.
    private static final class Outward {
        /// HTTP/1.1, which every server speaks that a test starts.
        static final HttpClient HTTP = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /// @param services finds one by its name
    static Applications of(Foundation foundation, Function<String, @Nullable Service> services, Choices choices) {
        var folder = foundation.folder();
        var tls = choices.tls();
        var options = tls == null ? List.<String>of() : tls.options();
        var logs = new Logs(
                foundation.clock(), folder == null ? null : folder.resolve("logs"), foundation.file("logs.json"));
        var sqs = new Sqs(foundation);
        var lambda = new Lambda(foundation, logs, sqs.queues());
        if (tls != null) {
            lambda.trust(tls.certificate());
        }
        var runtime = choices.runtime();
        if (runtime != null) {
            lambda.run(runtime.with(options));
        }
        var ecs = new Ecs(foundation, logs, options);
        var connections = new Connections(foundation.account(), () -> Outward.HTTP);
        var apis = new Integrations.Apis(connections, () -> Outward.HTTP, choices.reached()::apply);
        var mocked = new MockedAnswers(choices.mocks());
        var threads = choices.threads();
        var states = new StepFunctions(
                foundation, lambda, ecs, services::apply, apis, mocked, logs, threads, choices.remembering());
        var ticking = choices.ticking();
        var sns = new Sns(foundation, lambda, sender(sqs.queues()), () -> Outward.HTTP);
        lambda.publishTo(sns);
        var destinations = new ApiDestinations(
                foundation.account(),
                foundation.scheduler(),
                connections,
                () -> Outward.HTTP,
                choices.reached(),
                threads);
        var events =
                new EventBridge(foundation, lambda, sns, sqs.queues(), states.starter(), connections, destinations);
        states.tell(events::accept);
        return new Applications(
                lambda,
                ecs,
                new Ssm(foundation),
                sqs,
                states,
                events,
                new EventScheduler(
                        foundation,
                        new ScheduleTargets(lambda, states.starter(), sqs.queues(), sns, states.integrations()),
                        ticking == null ? foundation.scheduler() : ticking),
                sns,
                logs);
    }

    /// Takes what buckets tell of on their own.
    void notified(String destination, String bucketArn, Map<String, @Nullable Object> notification) {
        if (destination.contains(":sqs:")) {
            sqs.queues().notify("s3.amazonaws.com", bucketArn, destination, NewMessage.of(Json.print(notification)));
            return;
        }
        sns.publish(
                "s3.amazonaws.com",
                bucketArn,
                destination,
                Map.of("Message", Json.print(notification), "Subject", "Amazon S3 Notification"));
    }

    /// The queues, as SNS sends to them.
    private static QueueSender sender(Queues queues) {
        return (caller, queueArn, body, attributes, group, duplicates, context) -> {
            var told = new LinkedHashMap<String, MessageAttribute>();
            attributes.forEach((name, one) -> told.put(name, new MessageAttribute(one.type(), one.value())));
            queues.send(caller, queueArn, NewMessage.of(body).with(told).in(group, duplicates), context);
        };
    }

    /// Lets go on what was under way when the process ended that kept it.
    void resume() {
        states.resume();
        lambda.resume();
        events.resume();
        sns.resume();
    }
}
