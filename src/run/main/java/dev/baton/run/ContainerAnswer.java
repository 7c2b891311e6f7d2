package dev.baton.run;

import dev.baton.json.Json;
import dev.baton.task.DataInvalid;
import dev.baton.task.InvalidInput;
import dev.baton.task.LinkageFailure;
import dev.baton.task.Superseded;
import dev.baton.task.Undeclared;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a container leaves of its attempt where another attempt could only come to the same: its result, or a failure
/// for good. It then exits with code 0.
///
/// All that Step Functions sees of a container is its exit code, and every code but 0 is one and the same error to it,
/// `States.TaskFailed`, which it may try again. So what is not to be tried again has to exit with 0, and the state that
/// follows reads this and fails with the error's own name.
public sealed interface ContainerAnswer {

    /// The task is complete.
    record Completed(TaskResult result) implements ContainerAnswer {}

    /// The task failed for good.
    ///
    /// @param failure of a class that [#isFinal]
    record Failed(RuntimeException failure) implements ContainerAnswer {}

    /// Whether no further attempt can mend a failure.
    static boolean isFinal(Throwable failure) {
        return failure instanceof DataInvalid
                || failure instanceof InvalidInput
                || failure instanceof LinkageFailure
                || failure instanceof Superseded
                || failure instanceof Undeclared;
    }

    /// The failure as an answer; nothing where another attempt may do better.
    static Optional<ContainerAnswer> of(Exception failure) {
        return failure instanceof RuntimeException known && isFinal(known)
                ? Optional.of(new Failed(known))
                : Optional.empty();
    }

    default byte[] toJson() {
        return Json.bytes(
                switch (this) {
                    case Completed completed ->
                        Map.of("result", completed.result().toJson());
                    case Failed failed -> Map.of("failure", json(failed.failure()));
                });
    }

    private static Map<String, @Nullable Object> json(RuntimeException failure) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("error", failure.getClass().getName());
        json.put("message", String.valueOf(failure.getMessage()));
        switch (failure) {
            case DataInvalid data -> {
                json.put("file", data.file());
                json.put("line", data.line());
                json.put("column", data.column());
                json.put("problem", data.problem());
            }
            case Undeclared undeclared -> json.put("declaration", undeclared.declaration());
            default -> {}
        }
        return json;
    }

    /// @throws InvalidInput when this is not what a container leaves
    static ContainerAnswer parse(byte[] utf8) {
        var fields = StrictFields.parse("the container's answer", utf8);
        return fields.has("result")
                ? new Completed(TaskResult.of(fields.values().get("result")))
                : new Failed(failure(fields.object("failure")));
    }

    private static RuntimeException failure(StrictFields fields) {
        var error = fields.string("error");
        var message = fields.string("message");
        if (error.equals(DataInvalid.class.getName())) {
            return new DataInvalid(
                    fields.string("file"), fields.integer("line"), fields.integer("column"), fields.string("problem"));
        }
        if (error.equals(Undeclared.class.getName())) {
            var declaration = fields.string("declaration");
            return new Undeclared(message.substring(0, message.lastIndexOf("; declare it: ")), declaration);
        }
        if (error.equals(LinkageFailure.class.getName())) {
            return new LinkageFailure(message);
        }
        return error.equals(Superseded.class.getName()) ? new Superseded(message) : new InvalidInput(message);
    }
}
