package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledSchedule;
import dev.baton.graph.ScheduleTicks;
import dev.baton.graph.TaskGraph;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The schedules that call a pipeline's start function, and the one role with which they do.
public final class Schedules {
    /// The role, after the pipeline's name.
    public static final String ROLE = "by-schedule";

    private Schedules() {}

    /// All of them, sorted by name.
    public static List<CompiledSchedule> of(TaskGraph graph, ResourceNames names) {
        return ScheduleTicks.of(graph).stream()
                .map(ticks -> new CompiledSchedule(
                        names.own("at-" + ticks.id()),
                        "cron(" + ticks.fields() + ")",
                        ticks.zone(),
                        names.own(ROLE),
                        names.own("start"),
                        input()))
                .sorted(Comparator.comparing(CompiledSchedule::name))
                .toList();
    }

    /// The event that Scheduler itself makes up where it is told nothing, with the time of the tick instead of now.
    private static Map<String, @Nullable Object> input() {
        var input = new LinkedHashMap<String, @Nullable Object>();
        input.put("version", "0");
        input.put("id", "<aws.scheduler.execution-id>");
        input.put("detail-type", "Scheduled Event");
        input.put("source", "aws.scheduler");
        input.put("time", "<aws.scheduler.scheduled-time>");
        input.put("resources", List.of("<aws.scheduler.schedule-arn>"));
        input.put("detail", Map.of());
        return input;
    }

    /// Calls the start function, keeps what it could not deliver, and nothing else.
    static CompiledRole role(ResourceNames names) {
        return new CompiledRole(
                names.own(ROLE),
                names.rolePath(),
                CompiledRole.Kind.SCHEDULE,
                PolicyStatement.trust(
                        "Service",
                        "scheduler.amazonaws.com",
                        List.of(
                                PolicyStatement.allow("CallAtTicks", List.of("sts:AssumeRole"), List.of())
                                        .when("StringEquals", "aws:SourceAccount", List.of("${AccountId}"))
                                        .when(
                                                "ArnLike",
                                                "aws:SourceArn",
                                                List.of(
                                                        "arn:${Partition}:scheduler:${Region}:${AccountId}:schedule-group/default")))),
                PolicyStatement.policy(statements(names)),
                names.boundaryArn());
    }

    /// What the role may do, and what its boundary must let it.
    static List<PolicyStatement> statements(ResourceNames names) {
        return List.of(
                PolicyStatement.allow(
                        "CallTheStartFunction",
                        List.of("lambda:InvokeFunction"),
                        List.of(ResourceNames.functionArn(names.own("start")))),
                PolicyStatement.allow(
                        "KeepWhatWasNotDelivered",
                        List.of("sqs:SendMessage"),
                        List.of("arn:${Partition}:sqs:${Region}:${AccountId}:" + names.machine() + "-dead-letters")));
    }

    /// What whoever deploys may do with schedules.
    static PolicyStatement deployed(ResourceNames names) {
        return PolicyStatement.allow(
                "Schedules",
                List.of(
                        "scheduler:CreateSchedule",
                        "scheduler:DeleteSchedule",
                        "scheduler:GetSchedule",
                        "scheduler:UpdateSchedule"),
                List.of(arn(names, "at-*")));
    }

    /// The ARN of schedules of a pipeline.
    static String arn(ResourceNames names, String what) {
        return "arn:${Partition}:scheduler:${Region}:${AccountId}:schedule/default/" + names.own(what);
    }
}
