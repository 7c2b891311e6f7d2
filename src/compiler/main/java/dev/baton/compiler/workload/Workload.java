package dev.baton.compiler.workload;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A graph of tasks with durations: `{"name", "source", "tasks": [[id, kind, seconds, [indexes of the tasks it
/// requires]], …]}`. Edges may be redundant.
///
/// @param name of the graph
/// @param tasks in the order of their ids, whatever the order of the text: equal graphs are compiled equally
public record Workload(String name, List<Item> tasks) {
    public Workload {
        tasks = List.copyOf(tasks);
    }

    /// A task of it.
    ///
    /// @param kind tasks of one kind may differ in their parameters alone
    /// @param requires the places of tasks in [#tasks]
    public record Item(String id, String kind, double seconds, List<Integer> requires) {
        public Item {
            requires = List.copyOf(requires);
        }
    }

    /// Reads a graph.
    ///
    /// @param source the file, for the findings
    /// @throws DiagnosticException when the text is no such graph (CMP020)
    public static Workload parse(String source, byte[] utf8) {
        try {
            return read(source, Json.parseObject(utf8));
        } catch (JsonException e) {
            throw problem(source, String.valueOf(e.getMessage()));
        }
    }

    private static Workload read(String source, Map<String, @Nullable Object> json) {
        var name = json.get("name") instanceof String text ? text : source;
        if (!(json.get("tasks") instanceof List<?> list)) {
            throw problem(source, "expected \"tasks\", an array of [id, kind, seconds, [indexes]]");
        }
        var given = new ArrayList<Item>();
        for (var task : list) {
            given.add(item(source, given.size(), list.size(), task));
        }
        if (new HashSet<>(given.stream().map(Item::id).toList()).size() < given.size()) {
            throw problem(source, "two tasks have one id");
        }
        var byId = IntStream.range(0, given.size())
                .boxed()
                .sorted(Comparator.comparing(i -> given.get(i).id()))
                .toList();
        var places = new int[given.size()];
        for (var place = 0; place < places.length; place++) {
            places[byId.get(place)] = place;
        }
        return new Workload(
                name,
                byId.stream()
                        .map(given::get)
                        .map(item -> new Item(
                                item.id(),
                                item.kind(),
                                item.seconds(),
                                item.requires().stream()
                                        .map(i -> places[i])
                                        .sorted()
                                        .toList()))
                        .toList());
    }

    private static Item item(String source, int index, int count, @Nullable Object task) {
        if (task instanceof List<?> fields
                && fields.size() == 4
                && fields.get(0) instanceof String id
                && fields.get(1) instanceof String kind
                && fields.get(2) instanceof Number seconds
                && seconds.doubleValue() >= 0
                && fields.get(3) instanceof List<?> required) {
            var requires = new ArrayList<Integer>();
            for (var place : required) {
                if (!(place instanceof Long number) || number < 0 || number >= count) {
                    throw problem(
                            source,
                            "task " + index + " (" + id + ") requires " + Json.print(place)
                                    + ", but there are tasks 0 to " + (count - 1));
                }
                requires.add(number.intValue());
            }
            return new Item(id, kind, seconds.doubleValue(), requires);
        }
        throw problem(source, "task " + index + " is not [id, kind, seconds, [indexes]]: " + Json.print(task));
    }

    static DiagnosticException problem(String source, String message) {
        return new DiagnosticException(CompilerFindings.workload(source, message));
    }
}
