package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.read.FunctionIdentity;
import dev.baton.compiler.Compiler;
import dev.baton.task.Pipeline;
import dev.baton.task.PipelineProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which edits of a pipeline's sources make which functions others, so that a deployment publishes new versions of
/// them.
class FunctionIdentityTest {
    private static final String HEAD = """
            package own;

            import dev.baton.task.*;
            import java.io.IOException;
            import java.time.Year;
            import java.util.List;

            """;

    @TempDir
    private Path folder;

    /// What functions are told apart by, and the tasks that samples show.
    private record Built(Map<String, String> identities, List<String> samples) {
        List<String> others(Built before) {
            return identities.keySet().stream()
                    .filter(name -> !identities.get(name).equals(before.identities.get(name)))
                    .toList();
        }
    }

    /// @param required what the balance requires
    /// @param word what it writes
    private Built ledger(String name, String required, String word) throws Exception {
        var jar = SourceJar.of(
                folder.resolve(name),
                "Ledger",
                Map.of(
                        "Receipts",
                        HEAD + """
                        @Intent("Receipts of a year")
                        public record Receipts(Year year) implements ExternalTask {
                            public Target output() { return S3Target.at("s3://books/landing/{year}.txt", this); }
                        }
                        """,
                        "Sum",
                        HEAD + """
                        @Intent("What the receipts come to")
                        public record Sum(Year year) implements Task {
                            public List<Receipts> requires() { return List.of(new Receipts(year)); }
                            public Target output() { return S3Target.at("s3://books/sums/{year}.txt", this); }
                            public void run(TaskRun run) throws IOException { run.output().text("1"); }
                        }
                        """,
                        "Balance",
                        HEAD + """
                        @Intent("The sum and a word")
                        public record Balance(Year year) implements Task {
                            private Sum sum() { return new Sum(%s); }
                            public List<Sum> requires() { return List.of(sum()); }
                            public Target output() { return S3Target.at("s3://books/balances/{year}.txt", this); }
                            public void run(TaskRun run) throws IOException {
                                run.output().text(run.input(sum()).text() + " %s");
                            }
                        }
                        """.formatted(required, word),
                        "Ledger",
                        HEAD + """
                        public final class Ledger implements PipelineProvider {
                            public List<Pipeline> pipelines() { return List.of(Pipeline.of("ledger", Balance.class)); }
                        }
                        """));
        try (var loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            var provider = loader.loadClass("own.Ledger").asSubclass(PipelineProvider.class);
            return built(provider.getConstructor().newInstance().pipelines().getFirst());
        }
    }

    private static Built built(Pipeline pipeline) {
        var compiled = Compiler.compile(pipeline);
        var identity = new FunctionIdentity(compiled.graph(), "");
        var identities = new TreeMap<String, String>();
        compiled.functions()
                .forEach(function -> identities.put(
                        function.name(), identity.description(function, "role", function.environment())));
        return new Built(
                identities,
                compiled.graph().nodes().stream()
                        .map(node -> node.id() + node.samples())
                        .toList());
    }

    @Test
    void an_edited_requirement_that_no_sample_shows_makes_every_function_another() throws Exception {
        var before = ledger("before", "year", "old");
        var after = ledger("after", "year.getValue() == 1789 ? Year.of(1790) : year", "old");

        assertThat(after.samples()).as("no sample shows it").isEqualTo(before.samples());
        assertThat(after.others(before))
                .as("in each package the sum of 1789 is found where the balance requires it")
                .containsExactly("baton-ledger-Balance", "baton-ledger-Sum", "baton-ledger-pin", "baton-ledger-start");
    }

    @Test
    void an_edit_of_what_only_a_run_reaches_leaves_the_functions_of_other_tasks_what_they_were() throws Exception {
        var before = ledger("before", "year", "old");
        var after = ledger("after", "year", "new");

        assertThat(after.others(before))
                .containsExactly("baton-ledger-Balance", "baton-ledger-pin", "baton-ledger-start");
    }
}
