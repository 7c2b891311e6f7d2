package dev.baton.lambda.generated;

import dev.baton.task.ExternalTask;
import dev.baton.task.Pipeline;
import dev.baton.task.Task;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The pipeline that is being played: what records of shared classes ask.
public final class Played {
    /// What a task of a name with these values requires.
    public static final BiFunction<String, List<Object>, List<Task>> REQUIRED =
            (task, values) -> current().required(task, values);
    /// The template of a task's output, by the task's name.
    public static final UnaryOperator<String> TEMPLATE = task -> current().task(task).template();
    /// Refuses the values of a root that there is none of.
    public static final Consumer<List<Object>> REFUSAL = values -> current().refuse(values);

    private static volatile Played current;

    private final PipelineSpec spec;
    private final Map<String, TaskSpec> tasks = new HashMap<>();
    private final Map<String, Constructor<?>> constructors = new HashMap<>();
    /// What a bounded root may be, by component; nothing is held against the others.
    private final List<Set<Object>> accepted = new ArrayList<>();
    private Pipeline pipeline;

    private Played(PipelineSpec spec, Map<String, Class<? extends Record>> classes) {
        this.spec = spec;
        spec.tasks().forEach(task -> tasks.put(task.name(), task));
        classes.forEach((name, type) -> constructors.put(name, type.getConstructors()[0]));
        for (var i = 0; spec.bounded() && i < spec.root().components().size(); i++) {
            var values = new HashSet<>();
            for (var root : spec.domain()) {
                values.add(root.get(i));
            }
            accepted.add(values);
        }
    }

    /// @param classes of the tasks, by name
    static Pipeline begin(PipelineSpec spec, Map<String, Class<? extends Record>> classes) {
        var played = new Played(spec, classes);
        current = played;
        played.pipeline = made(
                spec.name(), classes.get(spec.root().name()), played.roots(spec.bounded() ? spec.focus() : List.of()));
        spec.given()
                .ifPresent(given ->
                        played.pipeline = started(played.pipeline, classes.get(given), played.roots(spec.domain())));
        return played.pipeline;
    }

    private Record[] roots(List<List<Object>> values) {
        return values.stream().map(each -> make(spec.root().name(), each)).toArray(Record[]::new);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Record & ExternalTask, R extends Record & Task> Pipeline started(
            Pipeline pipeline, Class<?> external, Record[] roots) {
        return pipeline.startedBy((Class<E>) external, new Inverse<>(List.of((R[]) roots))::roots);
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record & Task> Pipeline made(String name, Class<?> root, Record[] samples) {
        return Pipeline.of(name, (Class<R>) root).samples((R[]) samples);
    }

    static Pipeline pipeline() {
        return current().pipeline;
    }

    private static Played current() {
        return current;
    }

    private TaskSpec task(String name) {
        return tasks.get(name);
    }

    private void refuse(List<Object> values) {
        for (var i = 0; i < accepted.size(); i++) {
            if (!accepted.get(i).contains(values.get(i))) {
                throw new IllegalArgumentException("outside");
            }
        }
    }

    private List<Task> required(String name, List<Object> values) {
        var required = new ArrayList<Task>();
        for (var requirement : task(name).requires()) {
            var arguments = new ArrayList<>();
            requirement.arguments().forEach(argument -> arguments.add(argument.of(values)));
            var task = make(requirement.task(), arguments);
            required.add(
                    requirement.condition() instanceof Condition.Always
                            ? task
                            : task.onlyIf(requirement.condition().holds(values)));
        }
        return required;
    }

    private Task make(String name, List<Object> values) {
        try {
            return (Task) constructors.get(name).newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " is a public record", e);
        }
    }
}
