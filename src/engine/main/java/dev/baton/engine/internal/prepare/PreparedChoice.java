package dev.baton.engine.internal.prepare;

import dev.baton.asl.ChoiceRule;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.query.Assignment;
import dev.baton.engine.internal.query.Evaluable;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.JsonPathFlow;
import dev.baton.engine.internal.query.JsonataFlow;
import dev.baton.engine.internal.query.StateDataFlow.Exit;
import dev.baton.engine.internal.query.TemplateCompiler;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A Choice state ready to run.
final class PreparedChoice extends PreparedState {
    private final List<Rule> rules;
    private final @Nullable String defaultName;
    private @Nullable PreparedState defaultState;

    PreparedChoice(Frame frame, List<ChoiceRule> choices, @Nullable String defaultName) {
        super(Kind.CHOICE, frame);
        this.rules = IntStream.range(0, choices.size())
                .mapToObj(i -> Rule.of(choices.get(i), frame.flow().language(), "Choices[" + i + "]"))
                .toList();
        this.defaultName = defaultName;
    }

    @Override
    protected void link(Function<String, @Nullable PreparedState> states) {
        super.link(states);
        rules.forEach(rule -> rule.target = states.apply(rule.next));
        if (defaultName != null) {
            defaultState = states.apply(defaultName);
        }
    }

    @Override
    public void run(StateRunner runner) {
        var here = runner.surroundings();
        var effective = flow().effectiveInput(here, runner.input());
        var at = new FieldScope(here, effective);
        for (var rule : rules) {
            if (rule.condition.holds(at)) {
                runner.leave(exit(rule, at), rule.target);
                return;
            }
        }
        if (defaultState == null) {
            throw StateFailure.noChoiceMatched();
        }
        runner.leave(flow().pass(here, runner.input(), effective), defaultState);
    }

    /// The output of a rule, and what it assigns: they take the place of what the state itself says, which is the
    /// default's.
    private Exit exit(Rule rule, FieldScope at) {
        var assigned = rule.assign == null ? null : rule.assign.evaluate(at);
        var output = switch (flow()) {
            case JsonPathFlow paths -> paths.output(at.surroundings(), at.input());
            case JsonataFlow jsonata -> rule.output == null ? at.input() : rule.output.evaluate(at);
        };
        return new Exit(output, assigned);
    }

    private static final class Rule {
        private final ChoiceCondition condition;
        private final String next;
        private final @Nullable Assignment assign;
        private final @Nullable Evaluable output;
        private @Nullable PreparedState target;

        private Rule(ChoiceCondition condition, String next, @Nullable Assignment assign, @Nullable Evaluable output) {
            this.condition = condition;
            this.next = next;
            this.assign = assign;
            this.output = output;
        }

        static Rule of(ChoiceRule rule, QueryLanguage language, String field) {
            return switch (rule) {
                case ChoiceRule(var condition, var next, var assign, var output, var comment, var unknown) ->
                    new Rule(
                            ChoiceCondition.of(condition, field + "/Condition"),
                            next,
                            Assignment.of(language, assign, field + "/Assign"),
                            TemplateCompiler.compileIf(language, output, field + "/Output"));
            };
        }
    }
}
