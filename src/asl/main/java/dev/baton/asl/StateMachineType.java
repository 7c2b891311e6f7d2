package dev.baton.asl;

/// The type of a state machine: how executions of a state machine run; some fields are for one of the two only.
public enum StateMachineType {
    STANDARD,
    EXPRESS
}
