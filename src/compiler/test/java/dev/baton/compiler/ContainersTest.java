package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.MapState;
import dev.baton.asl.Retrier;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import dev.baton.asl.definition.Asl;
import dev.baton.compiler.pipeline.CompiledContainer;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole.Kind;
import dev.baton.json.Json;
import dev.baton.task.Compute;
import dev.baton.task.ExpandingTask;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.Timeout;
import java.time.Duration;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContainersTest {
    static final CompiledPipeline COMPILED = Compiler.compile(Pipeline.of("ice", Flow.class));

    @Test
    void a_task_on_fargate_is_its_function_which_looks_a_container_and_its_function_which_tells_the_answer() {
        var definition = COMPILED.machine().definition();
        assertThat(Asl.parse("ice", definition.toJson()).diagnostics()).isEmpty();
        assertThat(definition.states().sequencedKeySet())
                .containsExactly(
                        "Pin", "Is it outdated?", "Look for Flow", "Is it due? Flow", "Run Flow", "Flow", "Outdated");
        var run = (TaskState) Objects.requireNonNull(definition.states().get("Run Flow"));
        assertThat(run.resource()).isEqualTo("arn:${Partition}:states:::ecs:runTask.sync");
        assertThat(run.timeout())
                .hasToString("Given[value=" + (Duration.ofHours(5).toSeconds() + 600) + "]");
        var arguments =
                Json.print(Objects.requireNonNull(run.data().arguments()).value());
        assertThat(arguments)
                .contains("\"TaskDefinition\":\"arn:${Partition}:ecs:${Region}:${AccountId}:task-definition/"
                        + "baton-ice-Flow:${FlowRevision}\"")
                .contains("{\"Name\":\"BATON_NODE\",\"Value\":\"Flow\"}")
                .contains("{\"Name\":\"BATON_RUN\",\"Value\":\"{% $string($run) %}\"}")
                .doesNotContain("TaskToken");
        var flow = (TaskState) Objects.requireNonNull(definition.states().get("Flow"));
        assertThat(Json.print(Objects.requireNonNull(flow.data().arguments()).value()))
                .contains("baton-ice-Flow:${FlowVersion}", "\"part\":\"ANSWER\"");
    }

    @Test
    void in_a_map_a_container_is_told_the_items_node_and_the_item_goes_on_to_the_answer() {
        var definition =
                Compiler.compile(Pipeline.of("range", Range.class)).machine().definition();
        assertThat(Asl.parse("range", definition.toJson()).diagnostics()).isEmpty();
        var map = (MapState) Objects.requireNonNull(definition.states().get("Each Flow"));
        assertThat(map.processor().states().sequencedKeySet())
                .containsExactly("Look for Flow", "Is it due? Flow", "Run Flow", "Flow");
        var run = (TaskState) Objects.requireNonNull(map.processor().states().get("Run Flow"));
        assertThat(Json.print(Objects.requireNonNull(run.data().arguments()).value()))
                .contains("{\"Name\":\"BATON_NODE\",\"Value\":\"{% $states.input.nodes[0] %}\"}");
        assertThat(Objects.requireNonNull(run.data().output()).value()).isEqualTo("{% $states.input %}");
    }

    @Test
    void each_item_of_a_task_that_expands_is_looked_for_run_and_told_of_in_an_execution_of_its_own() {
        var compiled = Compiler.compile(Pipeline.of("cores", Cores.class));
        var definition = compiled.machine().definition();
        assertThat(Asl.parse("cores", definition.toJson()).diagnostics()).isEmpty();
        assertThat(definition.states().sequencedKeySet())
                .containsExactly("Pin", "Is it outdated?", "Expand Cores", "Each Core of Cores", "Cores", "Outdated");
        var map = (MapState) Objects.requireNonNull(definition.states().get("Each Core of Cores"));
        assertThat(map.isDistributed()).isTrue();
        var states = map.processor().states();
        assertThat(states.sequencedKeySet()).containsExactly("Look for Core", "Is it due? Core", "Run Core", "Core");
        assertThat(((TaskState) Objects.requireNonNull(states.get("Run Core"))).resource())
                .isEqualTo("arn:${Partition}:states:::ecs:runTask.sync");
        var item = "{% $states.input.item %}";
        assertThat(arguments(states.get("Look for Core")))
                .contains("\"node\":\"Cores\"", "\"part\":\"LOOK\",\"item\":\"" + item + "\"");
        assertThat(arguments(states.get("Run Core")))
                .contains("task-definition/baton-cores-Core:${CoreRevision}")
                .contains("{\"Name\":\"BATON_ITEM\",\"Value\":\"{% $string($states.input.item) %}\"}")
                .contains("{\"Name\":\"BATON_RUN\",\"Value\":\"{% $string($states.input.run) %}\"}");
        assertThat(arguments(states.get("Core"))).contains("\"part\":\"ANSWER\",\"item\":\"" + item + "\"");
        assertThat(((TaskState) Objects.requireNonNull(states.get("Core")))
                        .data()
                        .output())
                .as("a line of the Map's results")
                .hasToString("PayloadTemplate[value={% $states.result.Payload %}]");
        assertThat(compiled.containers()).extracting(CompiledContainer::family).containsExactly("baton-cores-Core");
    }

    private static String arguments(State state) {
        return Json.print(
                Objects.requireNonNull(((TaskState) state).data().arguments()).value());
    }

    @Test
    void a_container_that_has_to_wait_for_another_branch_waits_in_a_state_of_its_own() {
        var definition = Compiler.compile(Pipeline.of("n", All.class)).machine().definition();
        assertThat(Asl.parse("n", definition.toJson()).diagnostics()).isEmpty();
        var waiting = definition
                .allStates()
                .filter(TaskState.class::isInstance)
                .map(TaskState.class::cast)
                .filter(state -> state.resource().endsWith(".waitForTaskToken"))
                .toList();
        assertThat(waiting).singleElement().satisfies(state -> {
            assertThat(state.transition()).isEqualTo(Transition.next("Look for Both"));
            assertThat(Json.print(
                            Objects.requireNonNull(state.data().arguments()).value()))
                    .contains("\"nodes\":[\"South\"]")
                    .doesNotContain("\"begin\"");
        });
    }

    @Test
    void a_container_is_tried_again_as_its_author_says_and_patiently_where_ecs_has_no_room() {
        var run = (TaskState)
                Objects.requireNonNull(COMPILED.machine().definition().states().get("Run Flow"));
        assertThat(run.retry().stream().map(Retrier::errorEquals))
                .anySatisfy(errors -> assertThat(errors).contains("AmazonECS.Unknown"))
                .anySatisfy(errors -> assertThat(errors).containsExactly("States.ALL"))
                .noneSatisfy(errors -> assertThat(errors).contains("Lambda.ServiceException"));
    }

    @Test
    void its_task_definition_has_its_size_the_runners_role_and_the_functions_variables() {
        assertThat(COMPILED.containers()).singleElement().satisfies(container -> {
            assertThat(container.family()).isEqualTo("baton-ice-Flow");
            assertThat(container.cpuUnits()).isEqualTo(2_048);
            assertThat(container.memoryMegabytes()).isEqualTo(16_384);
            assertThat(container.role()).isEqualTo("baton-ice-Flow-runner");
            assertThat(container.executionRole()).isEqualTo("baton-ice-containers");
            assertThat(container.environment())
                    .containsEntry("BATON_TIMEOUT_SECONDS", "18000")
                    .containsKeys("BATON_TASK_ROLE", "BATON_STATE_BUCKET");
        });
    }

    @Test
    void executions_may_run_these_containers_only_and_hand_ecs_these_roles_only() {
        var states = policy("baton-ice-states");
        assertThat(states.get("RunContainers"))
                .containsEntry("Action", List.of("ecs:RunTask"))
                .containsEntry(
                        "Resource",
                        List.of("arn:${Partition}:ecs:${Region}:${AccountId}:task-definition/baton-ice-Flow:*"))
                .containsEntry(
                        "Condition",
                        Map.of(
                                "ArnEquals",
                                Map.of(
                                        "ecs:cluster",
                                        "arn:${Partition}:ecs:${Region}:${AccountId}:cluster/baton-ice")));
        assertThat(states.get("SeeContainers"))
                .containsEntry("Resource", List.of("arn:${Partition}:ecs:${Region}:${AccountId}:task/baton-ice/*"));
        assertThat(states.get("TagContainers"))
                .containsEntry("Action", List.of("ecs:TagResource"))
                .containsEntry("Resource", List.of("arn:${Partition}:ecs:${Region}:${AccountId}:task/baton-ice/*"))
                .containsEntry("Condition", Map.of("StringEquals", Map.of("ecs:CreateAction", "RunTask")));
        assertThat(states.get("HandRolesToContainers"))
                .containsEntry(
                        "Resource",
                        List.of(
                                "arn:${Partition}:iam::${AccountId}:role/baton/ice/baton-ice-Flow-runner",
                                "arn:${Partition}:iam::${AccountId}:role/baton/ice/baton-ice-containers"))
                .containsEntry(
                        "Condition", Map.of("StringEquals", Map.of("iam:PassedToService", "ecs-tasks.amazonaws.com")));
        assertThat(states.get("HearOfContainers"))
                .containsEntry(
                        "Resource",
                        List.of("arn:${Partition}:events:${Region}:${AccountId}:rule/"
                                + "StepFunctionsGetEventsForECSTaskRule"));
    }

    @Test
    void ecs_assumes_the_runner_and_nothing_assumes_the_tasks_role_but_the_runner() {
        assertThat(Json.print(COMPILED.role("baton-ice-Flow-runner").trust()))
                .contains("ecs-tasks.amazonaws.com", "lambda.amazonaws.com", "aws:SourceAccount");
        assertThat(Json.print(COMPILED.role("baton-ice-Flow").trust()))
                .contains("role/baton/ice/baton-ice-Flow-runner")
                .doesNotContain("amazonaws.com");
        assertThat(COMPILED.role("baton-ice-containers").kind()).isEqualTo(Kind.EXECUTION);
        assertThat(policy("baton-ice-containers"))
                .containsOnlyKeys("FetchTheImage", "LogInToTheRegistry", "WriteTheirLogs");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> policy(String role) {
        var statements = (List<Map<String, Object>>)
                (List<?>) Objects.requireNonNull(COMPILED.role(role).policy().get("Statement"));
        return statements.stream().collect(Collectors.toMap(each -> (String) each.get("Sid"), each -> each));
    }

    @Intent("How the ice of five years flows")
    record Range(Year year) implements Task {
        @Override
        public List<Flow> requires() {
            return IntStream.range(0, 5)
                    .mapToObj(back -> new Flow(year.minusYears(back)))
                    .toList();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/ranges/{year}.csv", this);
        }

        @Override
        public void run(TaskRun run) {}
    }

    interface Idle extends Task {
        @Override
        default void run(TaskRun run) {}
    }

    @Intent("The north")
    @Compute(on = Compute.Platform.FARGATE, memory = 2_048)
    record North(Year year) implements Idle {
        @Override
        public List<? extends Task> requires() {
            return List.of(new Survey(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/north/{year}.csv", this);
        }
    }

    @Intent("The south")
    record South(Year year) implements Idle {
        @Override
        public List<? extends Task> requires() {
            return List.of(new Survey(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/south/{year}.csv", this);
        }
    }

    @Intent("North and south together")
    @Compute(on = Compute.Platform.FARGATE, memory = 2_048)
    record Both(Year year) implements Idle {
        @Override
        public List<? extends Task> requires() {
            return List.of(new North(year), new South(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/both/{year}.csv", this);
        }
    }

    @Intent("The south by itself")
    record SouthOnly(Year year) implements Idle {
        @Override
        public List<? extends Task> requires() {
            return List.of(new South(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/southonly/{year}.csv", this);
        }
    }

    @Intent("Everything")
    record All(Year year) implements Idle {
        @Override
        public List<? extends Task> requires() {
            return List.of(new Both(year), new SouthOnly(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/all/{year}.csv", this);
        }
    }

    @Intent("The age of one core, which takes long to tell")
    @Compute(on = Compute.Platform.FARGATE, memory = 2_048)
    record Core(Year year, int number) implements Idle {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/cores/{year}/{number}.csv", this);
        }
    }

    @Intent("All cores that were drilled")
    record Cores(Year year) implements ExpandingTask<Core> {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/cores/{year}.json", this);
        }

        @Override
        public Class<Core> itemClass() {
            return Core.class;
        }

        @Override
        public Stream<Core> expand(TaskRun run) {
            return Stream.of();
        }
    }

    @Intent("An upload")
    record Survey(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/surveys/{year}.csv", this);
        }
    }

    @Intent("How the ice flows")
    @Compute(on = Compute.Platform.FARGATE, memory = 16_384, milliCpu = 2_000)
    @Timeout(hours = 5)
    record Flow(Year year) implements Task {
        @Override
        public List<Survey> requires() {
            return List.of(new Survey(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/flow/{year}.csv", this);
        }

        @Override
        public void run(TaskRun run) {}
    }
}
