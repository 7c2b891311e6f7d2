package dev.baton.compiler;

import dev.baton.asl.StateMachine;

/// A state machine to be created.
///
/// @param name such as `baton-weather`
/// @param role the name of the role that its executions act with
/// @param definition with `${…}`
/// @param proof that it stays inside the limits of Step Functions
public record CompiledMachine(String name, String role, StateMachine definition, Proof proof) {}
