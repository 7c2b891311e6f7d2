package dev.baton.cli.follow;

/// The remedies of service errors: what helps against errors that the services name, and not the task.
final class Remedies {
    private Remedies() {}

    /// Empty where the error's name does not tell.
    static String of(String error) {
        return switch (error) {
            case "States.Timeout", "States.HeartbeatTimeout", "Sandbox.Timedout", "Lambda.Timeout" ->
                "give an attempt more time with @Timeout on the task's class, such as @Timeout(minutes = 10); on"
                        + " Lambda 15"
                        + " minutes at most, on @Compute(on = FARGATE) for longer";
            case "java.lang.OutOfMemoryError", "Runtime.OutOfMemory" ->
                "give it more memory with @Compute(memory = …) on the task's class, in megabytes";
            default -> "";
        };
    }
}
