package dev.baton.cli.local;

import dev.baton.cli.follow.FollowedExecution;
import dev.baton.json.Json;
import dev.baton.local.lambda.InvocationObserver;
import dev.baton.local.lambda.InvocationResult;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.run.StartAnswer;
import dev.baton.run.StartResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answers of the start function: what the start function answered to each upload.
public final class StartAnswers implements InvocationObserver {
    private final String function;
    private final List<Answer> answers = new ArrayList<>();
    private volatile @Nullable String failure;

    /// @param version the object's version
    /// @param results as the start function gives them
    private record Answer(String version, List<StartResult> results) {}

    public StartAnswers(String function) {
        this.function = function;
    }

    @Override
    public void finished(Invocation invocation, InvocationResult result) {
        if (!invocation.function().equals(function)) {
            return;
        }
        if (result.failed()) {
            failure = FollowedExecution.message(new String(result.payload(), StandardCharsets.UTF_8));
            return;
        }
        var event = Json.parseObject(invocation.payload());
        if (event.get("detail") instanceof Map<?, ?> detail
                && detail.get("object") instanceof Map<?, ?> object
                && object.get("version-id") instanceof String version) {
            synchronized (this) {
                var answer = StartAnswer.of(Json.parseObject(result.payload()));
                answers.add(new Answer(version, answer.results()));
                notifyAll();
            }
        }
    }

    /// The message of the function's last failure, if it failed.
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /// The answer to the upload of a version, or nothing where none came in time.
    public synchronized Optional<List<StartResult>> to(String version, Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (true) {
            for (var answer : answers) {
                if (answer.version().equals(version)) {
                    return Optional.of(answer.results());
                }
            }
            var left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
    }
}
