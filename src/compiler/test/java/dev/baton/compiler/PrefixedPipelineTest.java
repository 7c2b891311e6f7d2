package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import dev.baton.run.Prefix;
import dev.baton.task.Pipeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrefixedPipelineTest {
    /// As long as the usual one, so that sizes are equal too.
    private static final Prefix FERRY = new Prefix("ferry");

    static Stream<Pipeline> pipelines() {
        return Stream.of(
                Sales.PIPELINE,
                Fleet.COMPILED.graph().pipeline(),
                ContainersTest.COMPILED.graph().pipeline(),
                SchedulesTest.BOOKS.graph().pipeline());
    }

    /// All that a pipeline is made of, as text.
    private static Map<String, String> files(CompiledPipeline pipeline) {
        var files = new LinkedHashMap<>(Synthesis.files(pipeline));
        pipeline.functions()
                .forEach(function -> files.put(
                        "functions/" + function.name(),
                        Json.pretty(Map.of(
                                "environment",
                                function.environment(),
                                "role",
                                function.role(),
                                "onResult",
                                function.toString()))));
        pipeline.containers().forEach(container -> files.put("containers/" + container.family(), container.toString()));
        pipeline.triggers()
                .forEach(trigger -> files.put(
                        "completions/" + trigger.name(),
                        trigger.hearsCompletions() ? trigger.ofCompletions().toString() : ""));
        files.put("boundary", pipeline.boundary().path() + pipeline.boundary().name());
        files.put("cluster", pipeline.cluster());
        return files;
    }

    /// The same with another word. Tags and metadata keep theirs.
    private static String renamed(String text, String pipeline) {
        return text.replace("/baton/", "/ferry/")
                .replace("/baton-deploy/", "/ferry-deploy/")
                .replaceAll("\\bbaton-" + pipeline, "ferry-" + pipeline)
                .replaceAll("(?<![a-z.])baton\\.(?=" + pipeline + "|[\"}\\]])", "ferry.");
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void a_prefix_stands_in_the_place_of_the_word_and_changes_nothing_else(Pipeline pipeline) {
        var usual = files(Compiler.compile(pipeline));
        var other = files(Compiler.compile(pipeline, FERRY));

        var expected = new LinkedHashMap<String, String>();
        usual.forEach((name, text) -> expected.put(renamed(name, pipeline.name()), renamed(text, pipeline.name())));
        other.replaceAll((name, text) ->
                text.replaceAll("\\s*\"BATON_PREFIX\": \"ferry\",", "").replace("BATON_PREFIX=ferry, ", ""));
        assertThat(other.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, text) -> assertThat(other.get(name)).as(name).isEqualTo(text));
        assertThat(String.join("\n", usual.values())).doesNotContain("BATON_PREFIX");
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void its_functions_and_containers_are_told(Pipeline pipeline) {
        var compiled = Compiler.compile(pipeline, FERRY);
        assertThat(compiled.prefix()).isEqualTo(FERRY);
        assertThat(compiled.functions())
                .allSatisfy(function -> assertThat(function.environment()).containsEntry("BATON_PREFIX", "ferry"));
        assertThat(compiled.containers())
                .allSatisfy(container -> assertThat(container.environment()).containsEntry("BATON_PREFIX", "ferry"));
    }

    @Test
    void nothing_is_cut_that_begins_a_name_behind_the_longest_prefix() {
        var prefix = new Prefix("p".repeat(16));
        var name = "n".repeat(Prefix.LONGEST_WITH_PIPELINE - 16);
        var compiled = Compiler.compile(Pipeline.of(name, Sales.Report.class), prefix);

        var names = new ArrayList<String>();
        compiled.roles().forEach(role -> names.add(role.name()));
        compiled.functions().forEach(function -> names.add(function.name()));
        compiled.machines().forEach(machine -> names.add(machine.name()));
        compiled.triggers().forEach(trigger -> names.add(trigger.name()));
        CompiledPipeline.ALARMS.forEach(alarm -> names.add(compiled.machine().name() + "-" + alarm));
        names.add(compiled.boundary().name());
        names.add(compiled.deployRole().name());
        assertThat(names)
                .allSatisfy(
                        each -> assertThat(each).hasSizeLessThanOrEqualTo(64).startsWith(prefix.of(name)));
        assertThat(Json.print(compiled.deployRole().policy()))
                .contains("function:" + prefix.of(name) + "-*", prefix.of(name) + "-part-*");
    }

    @Test
    void a_name_that_does_not_fit_behind_the_prefix_is_refused() {
        var longest = new Prefix("p".repeat(16));
        assertThatThrownBy(() -> Compiler.compile(Pipeline.of("n".repeat(40), Sales.Report.class), longest))
                .hasMessageContaining("ENV024")
                .hasMessageContaining("there is room for 29");
        assertThat(Compiler.compile(Pipeline.of("n".repeat(40), Sales.Report.class))
                        .findings())
                .as("there is always room behind the usual one")
                .isEqualTo(List.of());
    }
}
