package dev.baton.asl;

import java.util.Arrays;
import java.util.Optional;

/// The eight kinds of states, each with the word that stands in `Type`.
public enum StateType {
    PASS("Pass"),
    TASK("Task"),
    CHOICE("Choice"),
    WAIT("Wait"),
    SUCCEED("Succeed"),
    FAIL("Fail"),
    PARALLEL("Parallel"),
    MAP("Map");

    private final String text;

    StateType(String text) {
        this.text = text;
    }

    /// As `Type` has it.
    public String text() {
        return text;
    }

    public static Optional<StateType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }
}
