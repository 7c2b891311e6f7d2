package dev.baton.asl;

/// How executions of a state machine run; some fields are for one of the two only.
public enum StateMachineType {
    STANDARD,
    EXPRESS
}
