package dev.baton.local;

import dev.baton.engine.time.RealScheduler;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.ecs.Ecs;
import dev.baton.local.events.Connections;
import dev.baton.local.events.EventBridge;
import dev.baton.local.http.Service;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.lambda.process.JavaRuntime;
import dev.baton.local.logs.Logs;
import dev.baton.local.scheduler.EventScheduler;
import dev.baton.local.ssm.Ssm;
import dev.baton.local.states.StepFunctions;
import dev.baton.local.states.integration.Integrations;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The services that run what people register.
record Applications(
        Lambda lambda,
        Ecs ecs,
        Ssm ssm,
        StepFunctions states,
        EventBridge events,
        EventScheduler schedules,
        Logs logs,
        RealScheduler scheduler) {

    /// What whoever starts the embedded AWS has chosen.
    ///
    /// @param ticking what schedules tick by; nothing for the time of everything else
    /// @param reached where a request to an address goes
    /// @param remembering whether executions are kept
    record Choices(
            @Nullable JavaRuntime runtime,
            @Nullable Tls tls,
            @Nullable Scheduler ticking,
            UnaryOperator<URI> reached,
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
    /// @param endpoint where the embedded AWS answers, once it does
    static Applications of(
            EmbeddedAws.Foundation foundation,
            Function<String, @Nullable Service> services,
            Supplier<@Nullable String> endpoint,
            Choices choices) {
        var account = foundation.account();
        var authorizer = foundation.authorizer();
        var sessions = foundation.sessions();
        var scheduler = new RealScheduler(
                Clock.tick(foundation.clock(), Duration.ofMillis(1)),
                Runtime.getRuntime().availableProcessors());
        var kept = foundation.folder();
        var tls = choices.tls();
        var logs = new Logs(foundation.clock(), kept == null ? null : kept.resolve("logs"));
        var lambda = new Lambda(account, authorizer, sessions, endpoint, scheduler, logs);
        var runtime = choices.runtime();
        if (runtime != null) {
            lambda.run(tls == null ? runtime : runtime.with(tls.options()));
        }
        var ecs = new Ecs(
                account,
                authorizer,
                sessions,
                endpoint,
                scheduler::now,
                logs,
                tls == null ? List.of() : tls.options());
        var ssm = new Ssm(account, authorizer, sessions, scheduler::now, kept);
        var connections = new Connections(account, () -> Outward.HTTP);
        var states = new StepFunctions(
                account,
                authorizer,
                sessions,
                lambda,
                ecs,
                services::apply,
                new Integrations.Apis(connections, () -> Outward.HTTP, choices.reached()::apply),
                scheduler,
                new SecureRandom(),
                choices.remembering());
        var events = new EventBridge(account, authorizer, sessions, lambda, states.starter(), connections, scheduler);
        var ticking = choices.ticking();
        var schedules = new EventScheduler(
                account, authorizer, sessions, lambda, states.starter(), ticking == null ? scheduler : ticking);
        return new Applications(lambda, ecs, ssm, states, events, schedules, logs, scheduler);
    }

    /// Lets go on what was under way when the process ended that kept it.
    void resume() {
        states.resume();
        events.resume();
    }
}
