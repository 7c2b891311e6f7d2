package dev.baton.lambda.farm;

/// What a task does that it has not declared.
public enum Deed {
    READS_WHAT_ANOTHER_TASK_READS,
    READS_WHAT_NOBODY_MAKES,
    LISTS,
    WRITES,
    STARTS_AN_EXECUTION,
    ASKS_FOR_AN_UNDECLARED_OBJECT,
    ASKS_FOR_AN_INPUT_IT_DOES_NOT_REQUIRE
}
