package dev.baton.lambda.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.CheckedGraph;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What is generated is worth testing with: it is what an author may write, of many kinds, and its plain data say the
/// same as its classes.
class GeneratedPipelinesTest {
    private static final List<GeneratedPipeline> PIPELINES = Compilation.of(LongStream.range(0, 60)
            .mapToObj(seed -> PipelineGenerator.of(seed, seed % 2 == 0 ? PipelineShape.STARTS : PipelineShape.RUNS))
            .toList());

    @Test
    void most_pipelines_are_accepted() {
        var accepted = PIPELINES.stream()
                .filter(made -> CheckedGraph.of(made.pipeline()).graph().isPresent())
                .count();
        assertThat(accepted).isGreaterThan(PIPELINES.size() * 3L / 4);
    }

    @Test
    void the_plain_data_and_the_classes_need_the_same() {
        PIPELINES.forEach(GeneratedPipelinesTest::needTheSame);
        var specs = PIPELINES.stream().map(GeneratedPipeline::spec).toList();
        var shared = SharedClasses.of(specs);
        specs.forEach(spec -> needTheSame(shared.played(spec)));
    }

    private static void needTheSame(GeneratedPipeline made) {
        var graph = CheckedGraph.of(made.pipeline()).graph();
        for (var values : graph.isPresent() ? made.spec().focus() : List.<List<Object>>of()) {
            var root = made.spec().root(values);
            var instance = graph.get().instance(root.parameters());
            var uris = new HashSet<String>();
            instance.externals()
                    .forEach(node -> uris.add(instance.task(node).output().uri()));
            assertThat(uris)
                    .as("%s%n%s", root, made.source())
                    .isEqualTo(made.spec().needs(root));
        }
    }

    @Test
    void there_are_pipelines_of_every_kind() {
        var seen = new HashMap<Class<?>, Set<String>>();
        for (var made : PIPELINES) {
            for (var task : made.spec().tasks()) {
                for (var requirement : task.requires()) {
                    seen.computeIfAbsent(requirement.condition().getClass(), type -> new HashSet<>())
                            .add(made.spec().name());
                    requirement
                            .arguments()
                            .forEach(argument -> seen.computeIfAbsent(argument.getClass(), type -> new HashSet<>())
                                    .add(made.spec().name()));
                }
            }
        }
        assertThat(seen.keySet()).containsAll(Set.of(Expression.class.getPermittedSubclasses()));
        assertThat(seen.keySet()).containsAll(Set.of(Condition.class.getPermittedSubclasses()));
    }
}
