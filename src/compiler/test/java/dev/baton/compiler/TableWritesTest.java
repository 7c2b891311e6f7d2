package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.Access;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.ServiceTask;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.service.DynamoDbPut;
import dev.baton.task.service.References;
import dev.baton.task.service.ServiceCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may write to a table in which outputs are items.
class TableWritesTest {

    @Intent("an item of the table")
    record Tide(@Pattern(samples = {"kiel", "rome"}) String port) implements Task {
        @Override
        public Target output() {
            return DynamoDbTarget.item("tides", "id", "tide-{port}", this);
        }

        @Override
        public void run(TaskRun run) {}
    }

    /// What the case is about: tasks are asked by several threads.
    private static volatile Access used = Access.items("tides", List.of("GetItem"));

    @Intent("writes besides")
    record Writer(@Pattern(samples = {"kiel", "rome"}) String port) implements Task {
        @Override
        public List<Tide> requires() {
            return List.of(new Tide(port));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/{port}.txt", this);
        }

        @Override
        public List<Access> uses() {
            return List.of(used);
        }

        @Override
        public void run(TaskRun run) {}
    }

    private static <R extends Record & Task> List<String> findings(Class<R> root) {
        try {
            Compiler.compile(Pipeline.of("p", root));
            return List.of();
        } catch (DiagnosticException e) {
            return e.diagnostics().stream()
                    .map(finding -> finding.code() + " " + finding.message())
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tides, PutItem, '', true",
        "tides, UpdateItem, tide-kiel, true",
        "tides, DeleteItem, moon-kiel, false",
        "tides, GetItem, '', false",
        "tides, Query, tide-kiel, false",
        "moons, PutItem, '', false"
    })
    void a_declared_write_where_outputs_are_items_is_refused(
            String table, String operation, String key, boolean refused) {
        used = key.isEmpty()
                ? Access.items(table, List.of(operation))
                : Access.items(table, List.of(operation), List.of(key));
        assertThat(findings(Writer.class))
                .hasSize(refused ? 1 : 0)
                .allSatisfy(finding -> assertThat(finding)
                        .contains(
                                "CMP060",
                                "it writes to the table tides, where Tide has its items (partition key tide-*)"));
    }

    @Intent("has a service write")
    record Served(@Pattern(samples = {"kiel", "rome"}) String port) implements ServiceTask {
        @Override
        public List<Tide> requires() {
            return List.of(new Tide(port));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/{port}.json", this);
        }

        @Override
        public ServiceCall call(References references) {
            return new DynamoDbPut("tides", Map.of("id", Map.of("S", "tide-" + port)), "id");
        }
    }

    @Test
    void so_is_the_call_of_a_service() {
        assertThat(findings(Served.class)).singleElement().asString().contains("CMP060");
    }
}
