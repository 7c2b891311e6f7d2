package dev.baton.engine.replay;

import dev.baton.asl.StateMachineType;
import dev.baton.asl.definition.Asl;
import dev.baton.engine.Engine;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionType;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.time.VirtualScheduler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Runs a recorded case under virtual time, with tasks that go as they were recorded.
public final class RecordingReplay {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private RecordingReplay() {}

    /// The verdict on one case; no case makes it throw.
    public static Verdict of(RecordedCase recorded) {
        var type = recorded.isExpress() ? StateMachineType.EXPRESS : StateMachineType.STANDARD;
        var definition = Asl.parse(recorded.id(), recorded.definition(), type);
        var machine = definition.machine();
        if (machine == null) {
            return RecordingComparison.impossible(recorded, "definition: refused: " + definition.diagnostics());
        }
        var context = RecordingMembers.object(recorded.fields(), "context");
        var now = RecordingMembers.textOrNull(context, "now");
        var time = new VirtualScheduler(now == null ? START : Instant.parse(now));
        var tasks = new RecordedTasks(recorded, time);
        var execution = engine(recorded, time, tasks).start(request(recorded, context, PreparedMachine.of(machine)));
        time.run();
        var verdict = RecordingComparison.of(recorded, execution, tasks.tokens());
        var differences = new ArrayList<>(tasks.unexpected());
        differences.addAll(verdict.differences());
        var details = new ArrayList<>(tasks.details());
        details.addAll(verdict.details());
        return new Verdict(
                recorded, verdict.pass(), verdict.cause(), verdict.strict(), differences, details, execution);
    }

    private static Engine engine(RecordedCase recorded, VirtualScheduler time, RecordedTasks tasks) {
        var objects = new RecordedObjects(recorded);
        var tokens = new AtomicLong();
        return Engine.builder()
                .scheduler(time)
                .taskHandler(tasks)
                .objectReader(objects)
                .objectWriter(objects)
                .random(new Random(1))
                .taskTokens(() -> "token" + tokens.incrementAndGet())
                .build();
    }

    private static ExecutionRequest request(
            RecordedCase recorded, Map<String, @Nullable Object> context, PreparedMachine machine) {
        var place = RecordingMembers.text(context, "region", "us-east-1") + ":"
                + RecordingMembers.text(context, "account", "111111111111");
        var machineName = RecordingMembers.text(context, "state_machine_name", "machine");
        var name = RecordingMembers.text(context, "execution_name", "execution");
        var express = recorded.isExpress();
        var arn = express
                ? "arn:aws:states:" + place + ":express:" + machineName + ":" + name + ":"
                        + RecordingMembers.text(context, "express_run_id", "run")
                : "arn:aws:states:" + place + ":execution:" + machineName + ":" + name;
        return new ExecutionRequest(
                machine,
                "arn:aws:states:" + place + ":stateMachine:" + machineName,
                name,
                arn,
                recorded.fields().containsKey("input") ? recorded.fields().get("input") : Map.of(),
                RecordingMembers.textOrNull(context, "role_arn"),
                express ? ExecutionType.EXPRESS : ExecutionType.STANDARD,
                null,
                null,
                null);
    }
}
