package dev.baton.compiler.environment;

/// The retention of an environment: how long things are kept.
///
/// @param logDays logs of functions and executions; one of the numbers that CloudWatch Logs takes
/// @param runDays what runs leave in the state bucket under `runs/`, 91 to 3,650: an execution's history is kept 90
///     days and can be redriven for 14. Completion records stay
/// @param oldVersionDays versions of objects that newer ones replaced, 91 to 3,650: a run reads the versions it pinned
/// @param buckets whether buckets and keys outlive the stack that made them
public record Retention(int logDays, int runDays, int oldVersionDays, boolean buckets) {
    public static final Retention DEFAULT = new Retention(90, 100, 400, true);
}
