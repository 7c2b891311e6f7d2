package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.asl.definition.Asl;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledMap;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import dev.baton.task.Access;
import dev.baton.task.ExpandingTask;
import dev.baton.task.Expansion;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A task that expands when it runs, as it is compiled.
class ExpansionTest {

    @Intent("Names of stations")
    record Stations(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/stations/{year}.txt", this);
        }
    }

    @Intent("One station's year")
    record Station(
            Year year, @Pattern(samples = {"kiel", "bern"}) String name) implements Task {
        @Override
        public List<Stations> requires() {
            return List.of(new Stations(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://measured/station/{year}/{name}.csv", this);
        }

        @Override
        public void run(TaskRun run) {
            throw new AssertionError("only compiled");
        }
    }

    @Intent("Every station of the year")
    @Expansion(maxConcurrency = 20, toleratedFailurePercentage = 5)
    record EveryStation(Year year) implements ExpandingTask<Station> {
        @Override
        public List<Stations> requires() {
            return List.of(new Stations(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/every/{year}.json", this);
        }

        @Override
        public Class<Station> itemClass() {
            return Station.class;
        }

        @Override
        public Stream<Station> expand(TaskRun run) {
            return Stream.empty();
        }
    }

    @Intent("What all stations say")
    record Report(Year year) implements Task {
        @Override
        public List<EveryStation> requires() {
            return List.of(new EveryStation(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/report/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) {
            throw new AssertionError("only compiled");
        }
    }

    private static final CompiledPipeline COMPILED = Compiler.compile(Pipeline.of("stations", Report.class));

    @Test
    void it_is_a_list_of_items_a_distributed_map_over_it_and_a_close() {
        var definition = COMPILED.machine().definition();
        assertThat(Asl.parse("stations", definition.toJson()).diagnostics()).isEmpty();
        assertThat(definition.states().sequencedKeySet())
                .containsExactly(
                        "Pin",
                        "Is it outdated?",
                        "Expand EveryStation",
                        "Each Station of EveryStation",
                        "EveryStation",
                        "Report",
                        "Outdated");
        var map = object(object(Json.parseObject(definition.toJson()), "States"), "Each Station of EveryStation");
        assertThat(map)
                .containsEntry("MaxConcurrency", "{% $number('${EveryStationConcurrency}') %}")
                .containsEntry("ToleratedFailurePercentage", 5L)
                .containsEntry("Label", "EveryStation")
                .containsEntry("Output", Map.of("results", "{% $states.result.ResultWriterDetails.Key %}"));
        assertThat(object(map, "ItemReader"))
                .containsEntry("Arguments", Map.of("Bucket", "${StateBucket}", "Key", "{% $states.input.items %}"));
        assertThat(object(map, "ResultWriter"))
                .containsEntry(
                        "Arguments", Map.of("Bucket", "${StateBucket}", "Prefix", "{% $states.input.results %}"));
        assertThat(Json.print(object(map, "ItemProcessor")))
                .contains("\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"")
                .contains("baton-stations-Station:${StationVersion}", "\"part\":\"ITEM\"");
        assertThat(COMPILED.maps()).containsExactly(new CompiledMap("EveryStation", "EveryStationConcurrency", 20));
        assertThat(COMPILED.machine().proof().holds()).isTrue();
    }

    @Test
    void items_have_a_role_and_a_function_of_their_own() {
        assertThat(COMPILED.functions())
                .extracting(CompiledFunction::name)
                .contains("baton-stations-EveryStation", "baton-stations-Station", "baton-stations-Report");
        assertThat(resources("baton-stations-Station", "ReadInputs"))
                .containsExactly("arn:${Partition}:s3:::${LakeBucket}/stations/*.txt");
        assertThat(resources("baton-stations-Station", "WriteOutput"))
                .containsExactly("arn:${Partition}:s3:::${MeasuredBucket}/station/*/*.csv");
        // Nobody waits for one item, so its function reports none.
        assertThat(resources("baton-stations-Station-runner", "RecordWhatWasDone"))
                .containsExactly(state("completions/dev.baton.compiler.ExpansionTest.Station/*"));
        assertThat(resources("baton-stations-EveryStation-runner", "RecordWhatWasDone"))
                .contains(state("runs/stations/*/items/dev.baton.compiler.ExpansionTest.EveryStation-*"));
    }

    @Test
    void whoever_requires_it_reads_the_list_and_what_the_items_made() {
        assertThat(resources("baton-stations-Report", "ReadInputs"))
                .containsExactly(
                        "arn:${Partition}:s3:::${LakeBucket}/every/*.json",
                        "arn:${Partition}:s3:::${MeasuredBucket}/station/*/*.csv");
        assertThat(resources("baton-stations-Report", "ReadRecords"))
                .contains(state("runs/stations/*/items/dev.baton.compiler.ExpansionTest.EveryStation-*"));
    }

    @Test
    void step_functions_may_read_the_items_write_the_results_and_run_its_own_machine() {
        var role = "baton-stations-states";
        var items = "runs/stations/*/items/dev.baton.compiler.ExpansionTest.EveryStation-*";
        assertThat(resources(role, "ReadItems")).containsExactly(state(items));
        assertThat(resources(role, "WriteItemResults")).containsExactly(state(items + "/*"));
        assertThat(resources(role, "StartIterations"))
                .containsExactly("arn:${Partition}:states:${Region}:${AccountId}:stateMachine:baton-stations");
        assertThat(resources(role, "SeeIterations"))
                .containsExactly("arn:${Partition}:states:${Region}:${AccountId}:execution:baton-stations:*");
        assertThat(resources(role, "RedriveIterations"))
                .containsExactly("arn:${Partition}:states:${Region}:${AccountId}:execution:baton-stations/*:*");
    }

    @Intent("Writes where items have their outputs")
    record Scribble(Year year) implements Task {
        @Override
        public List<EveryStation> requires() {
            return List.of(new EveryStation(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/scribble/{year}.txt", this);
        }

        @Override
        public List<Access> uses() {
            return List.of(Access.write("s3://measured/station/"));
        }

        @Override
        public void run(TaskRun run) {
            throw new AssertionError("only compiled");
        }
    }

    @Test
    void nobody_declares_to_write_where_items_have_their_outputs() {
        assertThatThrownBy(() -> Compiler.compile(Pipeline.of("scribble", Scribble.class)))
                .hasMessageContaining("CMP003")
                .hasMessageContaining("where Station has its objects");
    }

    private static String state(String key) {
        return "arn:${Partition}:s3:::${StateBucket}/" + key;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, ?> json, String name) {
        return (Map<String, Object>) Objects.requireNonNull(json.get(name), name);
    }

    private static List<String> resources(String role, String sid) {
        var statements =
                (List<?>) Objects.requireNonNull(COMPILED.role(role).policy().get("Statement"));
        return statements.stream()
                .map(statement -> (Map<?, ?>) statement)
                .filter(statement -> sid.equals(statement.get("Sid")))
                .flatMap(statement -> ((List<?>) Objects.requireNonNull(statement.get("Resource"))).stream())
                .map(String::valueOf)
                .toList();
    }
}
