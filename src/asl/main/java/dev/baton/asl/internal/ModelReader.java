package dev.baton.asl.internal;

import dev.baton.asl.Branch;
import dev.baton.asl.Catcher;
import dev.baton.asl.ChoiceState;
import dev.baton.asl.Credentials;
import dev.baton.asl.DataFlow;
import dev.baton.asl.FailState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.PassState;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.Retrier;
import dev.baton.asl.State;
import dev.baton.asl.StateBuilder;
import dev.baton.asl.StateMachine;
import dev.baton.asl.SucceedState;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import dev.baton.asl.WaitState;
import dev.baton.asl.text.DefinitionPlace;
import dev.baton.asl.text.StateText;
import dev.baton.json.Node;
import dev.baton.json.Node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns a text into a state machine. It checks no more than it needs; the validation checks everything.
public final class ModelReader {
    private final QueryLanguage machineLanguage;
    private int depth;

    private ModelReader(QueryLanguage machineLanguage) {
        this.machineLanguage = machineLanguage;
    }

    /// The state machine, or null where a field that the model needs is missing or of a wrong type.
    public static @Nullable StateMachine read(Node root) {
        try {
            var fields = new JsonFields(root, QueryLanguage.JSONPATH);
            var language = language(fields);
            var builder = StateMachine.builder(fields.required("StartAt"))
                    .comment(fields.text("Comment"))
                    .queryLanguage(language)
                    .version(fields.text("Version"))
                    .timeoutSeconds(fields.number("TimeoutSeconds"))
                    .states(new ModelReader(language == null ? QueryLanguage.JSONPATH : language)
                            .states(fields.take("States")));
            return builder.unknown(fields.unknown()).build();
        } catch (UnreadableException e) {
            return null;
        }
    }

    /// The state, or null where a field that the model needs is missing or of a wrong type.
    public static @Nullable State readState(Node root) {
        try {
            return new ModelReader(QueryLanguage.JSONPATH).state(StateText.alone(root));
        } catch (UnreadableException e) {
            return null;
        }
    }

    private static @Nullable QueryLanguage language(JsonFields fields) {
        var text = fields.text("QueryLanguage");
        return text == null
                ? null
                : Stream.of(QueryLanguage.values())
                        .filter(language -> language.text().equals(text))
                        .findFirst()
                        .orElseThrow(() -> new UnreadableException("no query language: " + text));
    }

    SequencedMap<String, State> states(Node node) {
        if (depth++ > NestingDepth.GRAPHS) {
            throw new UnreadableException("too deep");
        }
        var states = new LinkedHashMap<String, State>();
        if (!(node instanceof ObjectNode object)) {
            throw new UnreadableException("expected an object, but was " + node.typeName());
        }
        StateText.in(object, DefinitionPlace.root(node.line(), node.column()))
                .forEach(state -> states.put(state.name(), state(state)));
        depth--;
        return states;
    }

    private State state(StateText state) {
        var language = state.language(machineLanguage);
        var fields = new JsonFields(state.node(), language);
        fields.required("Type");
        var declared = language(fields);
        return switch (state.type()) {
            case null -> throw new UnreadableException("no such type");
            case PASS -> {
                var pass = common(PassState.builder(), declared, fields)
                        .result(fields.literal("Result"))
                        .transition(transition(fields));
                yield pass.unknown(fields.unknown()).build();
            }
            case TASK -> {
                var task = common(TaskState.builder(resource(fields)), declared, fields)
                        .credentials(fields.nested("Credentials", credentials -> credentials(credentials, language)))
                        .timeout(fields.numeric("TimeoutSeconds"))
                        .heartbeat(fields.numeric("HeartbeatSeconds"))
                        .retry(retry(fields))
                        .catchers(catchers(fields))
                        .transition(transition(fields));
                yield task.unknown(fields.unknown()).build();
            }
            case CHOICE -> {
                var rules = fields.list("Choices", rule -> ChoiceReader.rule(rule, language));
                var choice = common(ChoiceState.builder(), declared, fields)
                        .choices(rules)
                        .defaultState(fields.text("Default"));
                yield choice.unknown(fields.unknown()).build();
            }
            case WAIT -> {
                var wait = common(WaitState.builder(until(fields)), declared, fields)
                        .transition(transition(fields));
                yield wait.unknown(fields.unknown()).build();
            }
            case SUCCEED ->
                common(SucceedState.builder(), declared, fields)
                        .unknown(fields.unknown())
                        .build();
            case FAIL -> {
                var fail = common(FailState.builder(), declared, fields)
                        .error(fields.string("Error"))
                        .cause(fields.string("Cause"));
                yield fail.unknown(fields.unknown()).build();
            }
            case PARALLEL -> {
                var branches = fields.list("Branches", this::branch);
                var parallel = common(ParallelState.builder(branches), declared, fields)
                        .retry(retry(fields))
                        .catchers(catchers(fields))
                        .transition(transition(fields));
                yield parallel.unknown(fields.unknown()).build();
            }
            case MAP -> {
                var map = common(new MapStateReader(this, language).builder(fields), declared, fields)
                        .retry(retry(fields))
                        .catchers(catchers(fields))
                        .transition(transition(fields));
                yield map.unknown(fields.unknown()).build();
            }
        };
    }

    private static <B extends StateBuilder<B>> B common(
            B builder, @Nullable QueryLanguage declared, JsonFields fields) {
        return builder.comment(fields.text("Comment")).queryLanguage(declared).data(data(fields));
    }

    private static DataFlow data(JsonFields fields) {
        return new DataFlow(
                fields.path("InputPath"),
                fields.template("Parameters"),
                fields.template("Arguments"),
                fields.template("ResultSelector"),
                fields.path("ResultPath"),
                fields.path("OutputPath"),
                fields.template("Output"),
                fields.template("Assign"));
    }

    private static String resource(JsonFields fields) {
        var text = DeployTime.text(fields.take("Resource").value());
        if (text == null) {
            throw new UnreadableException("expected Resource");
        }
        return text;
    }

    private static Transition transition(JsonFields fields) {
        var end = fields.flag("End");
        var next = fields.text("Next");
        if (next != null) {
            return Transition.next(next);
        }
        if (!end) {
            throw new UnreadableException("expected Next or End");
        }
        return Transition.END;
    }

    private static WaitState.Until until(JsonFields fields) {
        var seconds = fields.numeric("Seconds");
        if (seconds != null) {
            return new WaitState.Until.Seconds(seconds);
        }
        var timestamp = fields.string("Timestamp");
        if (timestamp == null) {
            throw new UnreadableException("expected Seconds or Timestamp");
        }
        return new WaitState.Until.Timestamp(timestamp);
    }

    private static Credentials credentials(Node json, QueryLanguage language) {
        var fields = new JsonFields(json, language);
        var roleArn = fields.string("RoleArn", "RoleArn.$");
        if (roleArn == null) {
            throw new UnreadableException("expected RoleArn");
        }
        return new Credentials(roleArn, fields.unknown());
    }

    private Branch branch(Node json) {
        var fields = new JsonFields(json, machineLanguage);
        return new Branch(
                fields.required("StartAt"), states(fields.take("States")), fields.text("Comment"), fields.unknown());
    }

    private static List<Retrier> retry(JsonFields fields) {
        return fields.list("Retry", json -> {
            var retrier = new JsonFields(json, QueryLanguage.JSONPATH);
            var jitter = retrier.text("JitterStrategy");
            var builder = Retrier.builder(retrier.list("ErrorEquals", JsonFields::string))
                    .intervalSeconds(retrier.number("IntervalSeconds"))
                    .maxAttempts(retrier.number("MaxAttempts"))
                    .backoffRate(retrier.number("BackoffRate"))
                    .maxDelaySeconds(retrier.number("MaxDelaySeconds"))
                    .jitterStrategy(jitter == null ? null : MapStateReader.word(Retrier.JitterStrategy.class, jitter))
                    .comment(retrier.text("Comment"));
            return builder.unknown(retrier.unknown()).build();
        });
    }

    private static List<Catcher> catchers(JsonFields fields) {
        return fields.list("Catch", json -> {
            var catcher = new JsonFields(json, QueryLanguage.JSONPATH);
            var builder = Catcher.builder(catcher.list("ErrorEquals", JsonFields::string), catcher.required("Next"))
                    .resultPath(catcher.path("ResultPath"))
                    .output(catcher.template("Output"))
                    .assign(catcher.template("Assign"))
                    .comment(catcher.text("Comment"));
            return builder.unknown(catcher.unknown()).build();
        });
    }
}
