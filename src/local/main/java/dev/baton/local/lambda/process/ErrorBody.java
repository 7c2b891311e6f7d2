package dev.baton.local.lambda.process;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.lambda.function.Invocation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON that stands for a function's failure, `errorType` and `errorMessage` and what more there is.
final class ErrorBody {
    private static final int SIGNALS = 128;
    private static final Map<Integer, String> SIGNAL_NAMES = Map.of(
            4,
            "illegal instruction",
            6,
            "aborted",
            7,
            "bus error",
            9,
            "killed",
            11,
            "segmentation fault",
            15,
            "terminated");

    private ErrorBody() {}

    /// The `errorType` in a body; null where there is none.
    static @Nullable String type(byte[] payload) {
        try {
            return Json.parseObject(payload).get("errorType") instanceof String type ? type : null;
        } catch (JsonException e) {
            return null;
        }
    }

    /// The runtime's process ended in the middle of an invocation.
    ///
    /// @param exitValue as a shell has it: 128 and more for signals
    static RuntimeApi.Reply exited(Invocation invocation, int exitValue) {
        var how = exitValue == 0
                ? "Runtime exited without providing a reason"
                : "Runtime exited with error: "
                        + (exitValue > SIGNALS ? signal(exitValue - SIGNALS) : "exit status " + exitValue);
        return of("Runtime.ExitError", "RequestId: " + invocation.requestId() + " Error: " + how);
    }

    private static String signal(int number) {
        return "signal: " + SIGNAL_NAMES.getOrDefault(number, "signal " + number);
    }

    /// @param type also the error's name in Step Functions
    static RuntimeApi.Reply of(String type, String message) {
        return new RuntimeApi.Reply(Json.bytes(Map.of("errorType", type, "errorMessage", message)), type);
    }
}
