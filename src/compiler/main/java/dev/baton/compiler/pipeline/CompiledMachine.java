package dev.baton.compiler.pipeline;

import dev.baton.asl.StateMachine;
import org.jspecify.annotations.Nullable;

/// A state machine to be created.
///
/// @param name such as `baton-weather`
/// @param role the name of the role that its executions act with
/// @param versionPlaceholder what stands for its version in the definitions that start it: `Part1Version` for
///     `${Part1Version}`; null for the pipeline's own, which none starts
/// @param definition with `${…}`
/// @param proof that it stays inside the limits of Step Functions
public record CompiledMachine(
        String name, String role, @Nullable String versionPlaceholder, StateMachine definition, Proof proof) {}
