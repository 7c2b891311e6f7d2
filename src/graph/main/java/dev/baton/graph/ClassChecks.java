package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.compute.FargateMemory;
import dev.baton.task.Compute;
import dev.baton.task.Intent;
import dev.baton.task.Owner;
import dev.baton.task.Retries;
import dev.baton.task.ServiceTask;
import dev.baton.task.Target;
import dev.baton.task.Timeout;
import dev.baton.task.parameter.Parameters;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/// The checks of one task class: what one task class has to be, whatever graph it is in.
final class ClassChecks {
    /// How a component is called that holds what records must not print.
    private static final Set<String> SECRETS = Set.of(
            "token",
            "password",
            "passwd",
            "secret",
            "apikey",
            "accesskey",
            "secretkey",
            "privatekey",
            "credential",
            "credentials");

    private ClassChecks() {}

    static void parameters(Class<?> type, Consumer<Diagnostic> report) {
        for (var component : type.getRecordComponents()) {
            if (Target.class.isAssignableFrom(component.getType())) {
                report.accept(GraphFindings.targetComponent(type, component.getName()));
                return;
            }
        }
        var parameters = Parameters.of(type);
        parameters.problems().forEach(problem -> report.accept(GraphFindings.refused(type, problem)));
        for (var parameter : parameters.all()) {
            var name = parameter.name().toLowerCase(Locale.ROOT).replace("_", "");
            if (SECRETS.stream().anyMatch(secret -> name.equals(secret) || name.endsWith(secret))) {
                report.accept(GraphFindings.secret(type, parameter.name()));
            }
        }
    }

    /// Of the root alone: what a call gives are its parameters.
    static void options(Class<?> root, Consumer<Diagnostic> report) {
        for (var component : root.getRecordComponents()) {
            if (OptionNames.all().contains(component.getName())) {
                report.accept(GraphFindings.option(root, component.getName()));
            }
        }
    }

    static void declarations(Class<?> type, Consumer<Diagnostic> report) {
        var intent = type.getAnnotation(Intent.class);
        if (intent == null || intent.value().isBlank()) {
            report.accept(GraphFindings.noIntent(type));
        }
        var owner = type.getAnnotation(Owner.class);
        if (owner != null && !owner.value().matches("[A-Za-z0-9_.-]{1,64}")) {
            report.accept(GraphFindings.annotation(type, "Owner", "1 to 64 of [A-Za-z0-9_.-]", owner.value()));
        }
        var declared = Declarations.of(type);
        if (type.getAnnotation(Retries.class) != null) {
            retries(type, declared.retries(), report);
        }
        var timeout = declared.timeout();
        if (type.getAnnotation(Timeout.class) != null
                && (timeout.toSeconds() < 1 || timeout.compareTo(Duration.ofDays(365)) > 0)) {
            report.accept(GraphFindings.annotation(type, "Timeout", "from 1 second to 365 days", timeout));
        }
        compute(type, declared, report);
        ApprovalChecks.check(type, report);
    }

    private static void retries(Class<?> type, Declarations.Retrying retries, Consumer<Diagnostic> report) {
        if (retries.maxAttempts() < 0 || retries.maxAttempts() > 99) {
            report.accept(GraphFindings.annotation(type, "Retries", "from 0 to 99", retries.maxAttempts()));
        }
        if (retries.intervalSeconds() < 1) {
            report.accept(GraphFindings.annotation(
                    type, "Retries(intervalSeconds)", "at least 1", retries.intervalSeconds()));
        }
        if (!(retries.backoffRate() >= 1)) {
            report.accept(
                    GraphFindings.annotation(type, "Retries(backoffRate)", "at least 1.0", retries.backoffRate()));
        }
        // The language: MaxDelaySeconds is greater than IntervalSeconds and less than a year.
        var most = retries.maxDelaySeconds();
        if (most != 0 && (most <= retries.intervalSeconds() || most >= 31_622_400)) {
            report.accept(GraphFindings.annotation(
                    type, "Retries(maxDelaySeconds)", "0, or more than intervalSeconds and less than a year", most));
        }
    }

    private static void compute(Class<?> type, Declarations declared, Consumer<Diagnostic> report) {
        var compute = declared.compute();
        switch (compute.platform()) {
            case LAMBDA -> {
                if (compute.memoryMegabytes() < 128 || compute.memoryMegabytes() > 10_240) {
                    report.accept(GraphFindings.annotation(
                            type, "Compute(memory)", "from 128 to 10240 on Lambda", compute.memoryMegabytes()));
                }
                if (!ServiceTask.class.isAssignableFrom(type)
                        && declared.timeout().compareTo(Declarations.LAMBDA_LIMIT) > 0) {
                    report.accept(GraphFindings.annotation(
                            type,
                            "Timeout",
                            "at most 15 minutes on Lambda (@Compute(on = " + Compute.Platform.FARGATE + ") for longer)",
                            declared.timeout()));
                }
            }
            case FARGATE -> {
                var memory = FargateMemory.of(compute.milliCpu() * 1_024L / 1_000);
                if (memory.isEmpty()) {
                    report.accept(GraphFindings.annotation(
                            type,
                            "Compute(milliCpu)",
                            "one of 250, 500, 1000, 2000, 4000, 8000, 16000 on Fargate",
                            compute.milliCpu()));
                } else if (!memory.get().has(compute.memoryMegabytes())) {
                    report.accept(GraphFindings.annotation(
                            type,
                            "Compute(memory)",
                            memory.get().told() + " on Fargate with milliCpu = " + compute.milliCpu(),
                            compute.memoryMegabytes()));
                }
            }
        }
    }
}
