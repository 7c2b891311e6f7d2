package dev.baton.engine.internal.state;

import dev.baton.asl.Condition;
import dev.baton.engine.internal.query.Evaluation;
import dev.baton.engine.internal.query.JsonataValue;
import java.util.List;

/// The condition of a choice rule, ready to run.
interface Test {

    boolean holds(Evaluation at);

    static Test of(Condition condition) {
        return switch (condition) {
            case Condition.And and -> {
                var tests = all(and.conditions());
                yield at -> tests.stream().allMatch(test -> test.holds(at));
            }
            case Condition.Or or -> {
                var tests = all(or.conditions());
                yield at -> tests.stream().anyMatch(test -> test.holds(at));
            }
            case Condition.Not not -> {
                var test = of(not.condition());
                yield at -> !test.holds(at);
            }
            case Condition.DataTest data -> DataTest.of(data);
            case Condition.Expression expression -> {
                var value = JsonataValue.of(expression.text(), "Condition");
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

    private static List<Test> all(List<Condition> conditions) {
        return conditions.stream().map(Test::of).toList();
    }
}
