package dev.baton.jsonata;

import dev.baton.json.Json;
import dev.baton.jsonata.evaluation.EvaluationContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;

/// How many evaluations a second one thread does of expressions as loops of state machines have them; run `main`.
final class JsonataBenchmark {
    private JsonataBenchmark() {}

    private static final String[] EXPRESSIONS = {
        "$states.input.a.b",
        "$states.input.n + 1",
        "$states.input.n < 1000 and $states.input.go",
        "{'n': $states.input.n + 1, 'go': $states.input.go, 'list': [$states.input.a.b, 2]}",
        "$states.input.name & '-' & $states.input.n",
        "$count($states.input.items.id)",
        "$sum($map($states.input.items, function($i) { $i.id }))"
    };

    public static void main(String[] arguments) {
        var states = Json.parseObject("""
                {"input": {"n": 7, "go": true, "name": "x", "a": {"b": [1, 2]}, "items": [{"id": 1}, {"id": 2}, {"id": 3}]}}
                """);
        Map<String, Object> bindings = Map.of("states", states);
        var context = new EvaluationContext(InstantSource.system(), new Random(1));
        for (var text : EXPRESSIONS) {
            var expression = Expression.compile(text);
            var best = 0.0;
            for (var round = 0; round < 5; round++) {
                var count = 0L;
                var start = System.nanoTime();
                while (System.nanoTime() - start < 300_000_000) {
                    for (var i = 0; i < 100; i++) {
                        expression.evaluate(bindings, context);
                    }
                    count += 100;
                }
                best = Math.max(best, count * 1e9 / (System.nanoTime() - start));
            }
            System.out.printf("%,14.0f /s  %s%n", best, text);
        }
    }
}
