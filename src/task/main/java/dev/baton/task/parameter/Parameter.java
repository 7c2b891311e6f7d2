package dev.baton.task.parameter;

/// A component of a task's record.
///
/// @param name the component's
/// @param type what values it may have
public record Parameter(String name, ParameterType type) {}
