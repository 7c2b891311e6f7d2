package dev.baton.asl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Turns state machines into the JSON values that define them, with known fields in one order and unknown ones last.
public final class AslPrinter {
    private AslPrinter() {}

    /// The definition as a JSON value.
    public static SequencedMap<String, @Nullable Object> json(StateMachine machine) {
        var fields = new ObjectFields()
                .put("Comment", machine.comment())
                .put("QueryLanguage", machine.queryLanguage())
                .put("Version", machine.version())
                .put("TimeoutSeconds", machine.timeoutSeconds());
        return graph(fields, machine).rest(machine.unknown());
    }

    /// One state as a JSON value.
    public static SequencedMap<String, @Nullable Object> json(State state) {
        var fields = new ObjectFields()
                .put("Type", state.type().text())
                .put("Comment", state.comment())
                .put("QueryLanguage", state.queryLanguage());
        switch (state) {
            case PassState pass -> {
                input(fields, pass.data());
                fields.put("Result", pass.result());
                output(fields, pass.data());
                transition(fields, pass.transition());
            }
            case TaskState task -> task(fields, task);
            case ChoiceState choice -> {
                input(fields, choice.data());
                fields.put(
                        "Choices",
                        choice.choices().stream().map(AslPrinter::rule).toList());
                fields.put("Default", choice.defaultState());
                output(fields, choice.data());
            }
            case WaitState wait -> {
                input(fields, wait.data());
                switch (wait.until()) {
                    case WaitState.Until.Seconds(var seconds) -> fields.put("Seconds", seconds);
                    case WaitState.Until.Timestamp(var timestamp) -> fields.put("Timestamp", timestamp);
                }
                output(fields, wait.data());
                transition(fields, wait.transition());
            }
            case SucceedState succeed -> {
                input(fields, succeed.data());
                output(fields, succeed.data());
            }
            case FailState fail -> {
                input(fields, fail.data());
                fields.put("Error", fail.error()).put("Cause", fail.cause());
                output(fields, fail.data());
            }
            case ParallelState parallel -> {
                input(fields, parallel.data());
                fields.put(
                        "Branches",
                        parallel.branches().stream().map(AslPrinter::branch).toList());
                output(fields, parallel.data());
                work(fields, parallel.retry(), parallel.catchers(), parallel.transition());
            }
            case MapState map -> MapStatePrinter.print(fields, map);
        }
        return fields.rest(state.unknown());
    }

    private static void task(ObjectFields fields, TaskState task) {
        fields.put("Resource", task.resource());
        input(fields, task.data());
        if (task.credentials() != null) {
            var credentials = new ObjectFields();
            switch (task.credentials().roleArn()) {
                case Operand.Given<String>(var arn) -> credentials.put("RoleArn", arn);
                case Operand.AtPath<String>(var path) -> credentials.put("RoleArn.$", path);
                case Operand.Expression<String>(var expression) -> credentials.put("RoleArn", expression);
            }
            fields.put("Credentials", credentials.rest(task.credentials().unknown()));
        }
        fields.put("TimeoutSeconds", task.timeout()).put("HeartbeatSeconds", task.heartbeat());
        output(fields, task.data());
        work(fields, task.retry(), task.catchers(), task.transition());
    }

    static void input(ObjectFields fields, DataFlow data) {
        fields.put("InputPath", data.inputPath())
                .put("Parameters", data.parameters())
                .put("Arguments", data.arguments());
    }

    static void output(ObjectFields fields, DataFlow data) {
        fields.put("ResultSelector", data.resultSelector())
                .put("ResultPath", data.resultPath())
                .put("OutputPath", data.outputPath())
                .put("Output", data.output())
                .put("Assign", data.assign());
    }

    static void work(ObjectFields fields, List<Retrier> retry, List<Catcher> catchers, Transition transition) {
        if (!retry.isEmpty()) {
            fields.put("Retry", retry.stream().map(AslPrinter::retrier).toList());
        }
        if (!catchers.isEmpty()) {
            fields.put("Catch", catchers.stream().map(AslPrinter::catcher).toList());
        }
        transition(fields, transition);
    }

    private static void transition(ObjectFields fields, Transition transition) {
        switch (transition) {
            case Transition.Next(var state) -> fields.put("Next", state);
            case Transition.End() -> fields.put("End", true);
        }
    }

    static ObjectFields graph(ObjectFields fields, StateGraph graph) {
        var states = new LinkedHashMap<String, Object>();
        graph.states().forEach((name, state) -> states.put(name, json(state)));
        return fields.put("StartAt", graph.startAt()).put("States", states);
    }

    private static Map<String, @Nullable Object> branch(Branch branch) {
        return graph(new ObjectFields().put("Comment", branch.comment()), branch)
                .rest(branch.unknown());
    }

    private static Map<String, @Nullable Object> rule(ChoiceRule rule) {
        return condition(new ObjectFields(), rule.condition())
                .put("Comment", rule.comment())
                .put("Assign", rule.assign())
                .put("Output", rule.output())
                .put("Next", rule.next())
                .rest(rule.unknown());
    }

    private static ObjectFields condition(ObjectFields fields, Condition condition) {
        return switch (condition) {
            case Condition.And(var conditions, var comment) ->
                fields.put("Comment", comment).put("And", conditions(conditions));
            case Condition.Or(var conditions, var comment) ->
                fields.put("Comment", comment).put("Or", conditions(conditions));
            case Condition.Not(var inner, var comment) ->
                fields.put("Comment", comment)
                        .put("Not", condition(new ObjectFields(), inner).rest(Map.of()));
            case Condition.DataTest(var variable, var comparison, var operand, var comment) ->
                fields.put("Comment", comment).put("Variable", variable).put(comparison.field(), operand);
            case Condition.Expression(var text) -> fields.put("Condition", text);
            case Condition.Constant(var value) -> fields.put("Condition", value);
        };
    }

    private static List<?> conditions(List<Condition> conditions) {
        return conditions.stream()
                .map(inner -> condition(new ObjectFields(), inner).rest(Map.of()))
                .toList();
    }

    private static Map<String, @Nullable Object> retrier(Retrier retrier) {
        return new ObjectFields()
                .put("Comment", retrier.comment())
                .put("ErrorEquals", retrier.errorEquals())
                .put("IntervalSeconds", retrier.intervalSeconds())
                .put("MaxAttempts", retrier.maxAttempts())
                .put("BackoffRate", retrier.backoffRate())
                .put("MaxDelaySeconds", retrier.maxDelaySeconds())
                .put(
                        "JitterStrategy",
                        retrier.jitterStrategy() == null
                                ? null
                                : retrier.jitterStrategy().name())
                .rest(retrier.unknown());
    }

    private static Map<String, @Nullable Object> catcher(Catcher catcher) {
        return new ObjectFields()
                .put("Comment", catcher.comment())
                .put("ErrorEquals", catcher.errorEquals())
                .put("ResultPath", catcher.resultPath())
                .put("Assign", catcher.assign())
                .put("Output", catcher.output())
                .put("Next", catcher.next())
                .rest(catcher.unknown());
    }
}
