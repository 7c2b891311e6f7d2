package dev.baton.engine.internal.prepare;

import dev.baton.asl.Credentials;
import dev.baton.asl.Operand;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.JsonataValue;
import dev.baton.engine.internal.query.NumberField;
import dev.baton.engine.internal.query.TextField;
import dev.baton.engine.task.IntegrationPattern;
import dev.baton.engine.task.TaskResource;
import org.jspecify.annotations.Nullable;

/// A Task state ready to run.
final class PreparedTask extends PreparedState {
    /// The bound on a timeout, and the timeout where the definition says nothing: then the history does not tell it.
    private static final long LONGEST_SECONDS = 99_999_999;

    private final String resource;
    private final @Nullable TaskResource known;
    private final @Nullable JsonataValue computed;
    private final @Nullable TextField roleArn;
    private final @Nullable NumberField timeout;
    private final @Nullable NumberField heartbeat;

    PreparedTask(
            Frame frame,
            String resource,
            @Nullable Credentials credentials,
            @Nullable Operand<Number> timeout,
            @Nullable Operand<Number> heartbeat) {
        super(Kind.TASK, frame);
        this.resource = resource;
        this.known = TaskResource.parse(resource);
        this.computed = frame.flow().language() == QueryLanguage.JSONATA && JsonataValue.isExpression(resource)
                ? JsonataValue.of(resource, "Resource")
                : null;
        this.roleArn = switch (credentials) {
            case null -> null;
            case Credentials(var arn, var unknown) -> TextField.of(arn, "Credentials/RoleArn");
        };
        this.timeout = NumberField.of(timeout, "TimeoutSeconds");
        this.heartbeat = NumberField.of(heartbeat, "HeartbeatSeconds");
    }

    @Override
    public void run(StateRunner runner) {
        var here = runner.surroundings();
        var effective = flow().effectiveInput(here, runner.input());
        var at = new FieldScope(here, effective);
        var called = resource(at);
        var token = runner.taskToken(called);
        if (showsToken(called)) {
            here.context().token(token);
        }
        runner.call(new StateRunner.TaskCall(
                name(),
                called,
                arguments(runner, effective),
                roleArn == null ? null : roleArn.evaluate(at),
                token,
                seconds(timeout, "TimeoutSeconds", at),
                seconds(heartbeat, "HeartbeatSeconds", at)));
    }

    /// The context object has the token where somebody else than the called service may complete the task.
    private static boolean showsToken(TaskResource called) {
        return switch (called) {
            case TaskResource.Integration service -> service.pattern() != IntegrationPattern.REQUEST_RESPONSE;
            case TaskResource.Function function -> false;
            case TaskResource.Activity activity -> true;
        };
    }

    private TaskResource resource(FieldScope at) {
        if (known != null) {
            return known;
        }
        var arn = computed == null ? resource : String.valueOf(computed.evaluate(at));
        var parsed = TaskResource.parse(arn);
        if (parsed == null) {
            throw StateFailure.runtime("The resource '" + arn + "' is not one that a Task can call");
        }
        return parsed;
    }

    private static @Nullable Long seconds(@Nullable NumberField field, String name, FieldScope at) {
        if (field == null) {
            return null;
        }
        var seconds = field.integer(at);
        if (seconds <= 0 || seconds > LONGEST_SECONDS) {
            throw field.outOfRange(name + " must be between 1 and " + LONGEST_SECONDS + ", but was " + seconds);
        }
        return seconds;
    }
}
