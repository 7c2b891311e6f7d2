package dev.baton.engine.internal.prepare;

import dev.baton.asl.Condition;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.JsonataValue;
import java.util.List;

/// The condition of a choice rule, ready to run.
interface ChoiceCondition {

    boolean holds(FieldScope at);

    /// @param field where the condition stands, such as `Choices[0]/Condition`
    static ChoiceCondition of(Condition condition, String field) {
        return switch (condition) {
            case Condition.And and -> {
                var tests = all(and.conditions(), field);
                yield at -> tests.stream().allMatch(test -> test.holds(at));
            }
            case Condition.Or or -> {
                var tests = all(or.conditions(), field);
                yield at -> tests.stream().anyMatch(test -> test.holds(at));
            }
            case Condition.Not not -> {
                var test = of(not.condition(), field);
                yield at -> !test.holds(at);
            }
            case Condition.DataTest data -> DataTest.of(data);
            case Condition.Expression expression -> {
                var value = JsonataValue.of(expression.text(), field);
                yield at -> {
                    if (value.evaluate(at) instanceof Boolean bool) {
                        return bool;
                    }
                    throw value.unexpected("boolean", value.evaluate(at));
                };
            }
            case Condition.Constant constant -> at -> constant.value();
        };
    }

    private static List<ChoiceCondition> all(List<Condition> conditions, String field) {
        return conditions.stream().map(condition -> of(condition, field)).toList();
    }
}
