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

    /// One state as a JSON value. States are taken apart, so that the compiler names this place when one of them gets
    /// another field.
    public static SequencedMap<String, @Nullable Object> json(State state) {
        return switch (state) {
            case PassState(var comment, var language, var result, var data, var transition, var unknown) -> {
                var fields = fields(StateType.PASS, comment, language);
                input(fields, data);
                fields.put("Result", result);
                output(fields, data);
                transition(fields, transition);
                yield fields.rest(unknown);
            }
            case TaskState(
                    var comment,
                    var language,
                    var resource,
                    var credentials,
                    var timeout,
                    var heartbeat,
                    var data,
                    var retry,
                    var catchers,
                    var transition,
                    var unknown) -> {
                var fields = fields(StateType.TASK, comment, language).put("Resource", resource);
                input(fields, data);
                fields.put("Credentials", credentials == null ? null : credentials(credentials))
                        .put("TimeoutSeconds", timeout)
                        .put("HeartbeatSeconds", heartbeat);
                output(fields, data);
                work(fields, retry, catchers, transition);
                yield fields.rest(unknown);
            }
            case ChoiceState(var comment, var language, var choices, var defaultState, var data, var unknown) -> {
                var fields = fields(StateType.CHOICE, comment, language);
                input(fields, data);
                fields.put("Choices", choices.stream().map(AslPrinter::rule).toList())
                        .put("Default", defaultState);
                output(fields, data);
                yield fields.rest(unknown);
            }
            case WaitState(var comment, var language, var until, var data, var transition, var unknown) -> {
                var fields = fields(StateType.WAIT, comment, language);
                input(fields, data);
                switch (until) {
                    case WaitState.Until.Seconds(var seconds) -> fields.put("Seconds", seconds);
                    case WaitState.Until.Timestamp(var timestamp) -> fields.put("Timestamp", timestamp);
                }
                output(fields, data);
                transition(fields, transition);
                yield fields.rest(unknown);
            }
            case SucceedState(var comment, var language, var data, var unknown) -> {
                var fields = fields(StateType.SUCCEED, comment, language);
                input(fields, data);
                output(fields, data);
                yield fields.rest(unknown);
            }
            case FailState(var comment, var language, var error, var cause, var data, var unknown) -> {
                var fields = fields(StateType.FAIL, comment, language);
                input(fields, data);
                fields.put("Error", error).put("Cause", cause);
                output(fields, data);
                yield fields.rest(unknown);
            }
            case ParallelState(
                    var comment,
                    var language,
                    var branches,
                    var data,
                    var retry,
                    var catchers,
                    var transition,
                    var unknown) -> {
                var fields = fields(StateType.PARALLEL, comment, language);
                input(fields, data);
                fields.put("Branches", branches.stream().map(AslPrinter::branch).toList());
                output(fields, data);
                work(fields, retry, catchers, transition);
                yield fields.rest(unknown);
            }
            case MapState map -> MapStatePrinter.json(map);
        };
    }

    static ObjectFields fields(StateType type, @Nullable String comment, @Nullable QueryLanguage language) {
        return new ObjectFields()
                .put("Type", type.text())
                .put("Comment", comment)
                .put("QueryLanguage", language);
    }

    private static Map<String, @Nullable Object> credentials(Credentials credentials) {
        var fields = new ObjectFields();
        switch (credentials.roleArn()) {
            case Operand.Given<String>(var arn) -> fields.put("RoleArn", arn);
            case Operand.AtPath<String>(var path) -> fields.put("RoleArn.$", path);
            case Operand.Expression<String>(var expression) -> fields.put("RoleArn", expression);
        }
        return fields.rest(credentials.unknown());
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
        return switch (rule) {
            case ChoiceRule(var condition, var next, var assign, var output, var comment, var unknown) ->
                condition(new ObjectFields(), condition)
                        .put("Comment", comment)
                        .put("Assign", assign)
                        .put("Output", output)
                        .put("Next", next)
                        .rest(unknown);
        };
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
        return switch (retrier) {
            case Retrier(
                    var errorEquals,
                    var intervalSeconds,
                    var maxAttempts,
                    var backoffRate,
                    var maxDelaySeconds,
                    var jitterStrategy,
                    var comment,
                    var unknown) ->
                new ObjectFields()
                        .put("Comment", comment)
                        .put("ErrorEquals", errorEquals)
                        .put("IntervalSeconds", intervalSeconds)
                        .put("MaxAttempts", maxAttempts)
                        .put("BackoffRate", backoffRate)
                        .put("MaxDelaySeconds", maxDelaySeconds)
                        .put("JitterStrategy", jitterStrategy == null ? null : jitterStrategy.name())
                        .rest(unknown);
        };
    }

    private static Map<String, @Nullable Object> catcher(Catcher catcher) {
        return switch (catcher) {
            case Catcher(var errorEquals, var next, var resultPath, var output, var assign, var comment, var unknown) ->
                new ObjectFields()
                        .put("Comment", comment)
                        .put("ErrorEquals", errorEquals)
                        .put("ResultPath", resultPath)
                        .put("Assign", assign)
                        .put("Output", output)
                        .put("Next", next)
                        .rest(unknown);
        };
    }
}
