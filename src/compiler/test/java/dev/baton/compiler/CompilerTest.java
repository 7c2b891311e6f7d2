package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.ParallelState;
import dev.baton.asl.State;
import dev.baton.asl.StateGraph;
import dev.baton.asl.TaskState;
import dev.baton.asl.definition.Asl;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import dev.baton.compiler.pipeline.CompiledMachine;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledTrigger;
import dev.baton.compiler.pipeline.MachineLimits;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.graph.CheckedGraph;
import dev.baton.json.Json;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerTest {
    private static final CompiledPipeline SALES = Compiler.compile(Sales.PIPELINE);
    private static final Substitutions ACCOUNT = new Substitutions(Map.of(
            "Partition",
            "aws",
            "Region",
            "eu-central-1",
            "AccountId",
            "123456789012",
            "StateBucket",
            "state",
            "LakeBucket",
            "acme-lake",
            "CleanVersion",
            "7"));

    @Test
    void the_definition_is_valid_as_it_stands_and_in_an_account() {
        var text = SALES.machine().definition().toJson();
        assertThat(Asl.parse("sales", text).diagnostics()).isEmpty();
        assertThat(Asl.parse("sales", ACCOUNT.text(SALES.machine().definition()))
                        .diagnostics())
                .isEmpty();
        assertThat(SALES.findings()).isEmpty();
    }

    @Test
    void compiled_again_every_file_has_the_same_bytes() {
        assertThat(Synthesis.files(Compiler.compile(Sales.PIPELINE))).isEqualTo(Synthesis.files(SALES));
    }

    @Test
    void a_child_machine_is_named_by_its_version_and_put_after_those_that_it_starts() {
        var options = CompilerOptions.DEFAULT.unfolded().within(MachineLimits.DEFAULT.forTasks(2));
        var split = Compiler.compile(CheckedGraph.of(Sales.PIPELINE).orThrow(), options);
        var known = new ArrayList<String>();
        var nested = 0;
        for (var child : split.children()) {
            var named = started(child);
            assertThat(known).as(child.name()).containsAll(named);
            nested += named.size();
            known.add("arn:${Partition}:states:${Region}:${AccountId}:stateMachine:" + child.name() + ":${"
                    + child.versionPlaceholder() + "}");
        }
        var direct = started(split.machine());
        assertThat(known).containsAll(direct).doesNotHaveDuplicates();
        assertThat(direct.size() + nested).as("each is started in one place").isEqualTo(known.size());
        assertThat(nested).isPositive();
        assertThat(split.machine().versionPlaceholder()).isNull();
        assertThat(Synthesis.files(
                        Compiler.compile(CheckedGraph.of(Sales.PIPELINE).orThrow(), options)))
                .isEqualTo(Synthesis.files(split));
    }

    /// The machines that a machine starts, as it names them.
    private static List<String> started(CompiledMachine machine) {
        return Pattern.compile("\"StateMachineArn\": ?\"([^\"]+)\"")
                .matcher(machine.definition().toJson())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /// The version of a child machine 1 is `Part1Version`, and a function's would be called the same.
    @Intent("A task whose class is called as a child machine is")
    record Part1(int year) implements Task {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/parts/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) {}
    }

    @Test
    void no_function_takes_the_placeholder_of_a_child_machine() {
        var compiled = Compiler.compile(Pipeline.of("parts", Part1.class));
        assertThat(compiled.functions())
                .extracting(CompiledFunction::versionPlaceholder)
                .doesNotContain("Part1Version")
                .anyMatch(placeholder -> placeholder.matches("Part1[0-9a-f]{6}Version"));
    }

    @Test
    void the_first_state_pins_and_an_outdated_run_does_nothing() {
        var states = SALES.machine().definition().states();
        assertThat(SALES.machine().definition().startAt()).isEqualTo("Pin");
        assertThat(states.sequencedKeySet())
                .startsWith("Pin", "Is it outdated?")
                .endsWith("Outdated");
        assertThat(json("/States/Pin/Assign/run"))
                .as("all that the function says of the run")
                .isEqualTo("{% $states.result.Payload %}");
        assertThat(json("/States/Is it outdated?/Choices/0/Next")).isEqualTo("Outdated");
    }

    @Test
    void a_task_is_a_state_of_its_nodes_name_with_its_intent_timeout_and_retries() {
        var clean = task("Clean north");
        assertThat(clean.comment()).isEqualTo("Sales without test entries");
        assertThat(Json.print(Objects.requireNonNull(clean.data().arguments()).value()))
                .isEqualTo("{\"FunctionName\":\"arn:${Partition}:lambda:${Region}:${AccountId}:function:"
                        + "baton-sales-Clean:${CleanVersion}\",\"Payload\":{\"node\":\"Clean north\","
                        + "\"run\":\"{% $run %}\",\"execution\":\"{% $states.context.Execution.Id %}\","
                        + "\"attempt\":\"{% $states.context.State.RetryCount %}\"}}");
        assertThat(clean.timeout()).hasToString("Given[value=330]");
        assertThat(clean.retry()).hasSize(3);
        var never = clean.retry().get(0);
        assertThat(never.errorEquals()).contains("dev.baton.task.DataInvalid", "dev.baton.task.Superseded");
        assertThat(never.maxAttemptsOrDefault()).isZero();
        var asSaid = clean.retry().get(2);
        assertThat(asSaid.errorEquals()).containsExactly("States.ALL");
        assertThat(asSaid.maxAttempts()).isEqualTo(5L);
        assertThat(asSaid.intervalSeconds()).isEqualTo(10L);
        assertThat(asSaid.backoffRate()).isEqualTo(1.5);
        assertThat(asSaid.maxDelaySeconds()).isEqualTo(120L);
        // No retries of its own; what the Lambda service throws is still tried again.
        assertThat(task("Counts north").retry()).hasSize(2);
    }

    @Test
    void a_join_that_sequence_and_fork_cannot_say_is_a_task_that_waits_by_token() {
        var awaits = allStates().entrySet().stream()
                .filter(state -> state.getValue() instanceof TaskState task
                        && task.resource().endsWith(".waitForTaskToken"))
                .toList();
        assertThat(awaits).hasSize(1);
        var node = awaits.getFirst().getKey();
        var await = (TaskState) awaits.getFirst().getValue();
        assertThat(await.comment()).contains(". Runs baton-sales-").contains(" finished Counts ");
        var payload =
                Json.print(Objects.requireNonNull(await.data().arguments()).value());
        assertThat(payload)
                .contains("baton-sales-await:${AwaitVersion}", "\"awaiter\":\"" + node + "\"", "\"nodes\":[\"Counts ")
                .contains("\"token\":\"{% $states.context.Task.Token %}\"", "\"run\":\"{% $run %}\"")
                .contains("\"begin\":{\"function\":\"arn:", "\"event\":{\"node\":\"" + node + "\"");
        assertThat(await.retry().get(1).errorEquals()).containsExactly("States.Timeout");
        assertThat(await.retry().get(2).errorEquals()).containsExactly("dev.baton.lambda.Unregistered");
        assertThat(await.retry().getLast().errorEquals()).containsExactly("States.ALL");
    }

    @Test
    void a_task_that_waits_may_be_begun_by_the_await_and_the_callback_function_and_reports_to_the_latter() {
        var waiting = SALES.functions().stream()
                .filter(function -> function.resultsTo().isPresent())
                .toList();
        assertThat(waiting).hasSize(1);
        assertThat(waiting.getFirst().resultsTo())
                .hasValue(
                        "arn:${Partition}:lambda:${Region}:${AccountId}:function:baton-sales-callback:${CallbackVersion}");
        for (var role : List.of("baton-sales-await", "baton-sales-callback")) {
            assertThat(resources(SALES.role(role).policy(), "BeginWhatWaited"))
                    .containsExactly("arn:${Partition}:lambda:${Region}:${AccountId}:function:"
                            + waiting.getFirst().name() + ":*");
        }
        assertThat(resources(SALES.role("baton-sales-states").policy(), "InvokeFunctions"))
                .contains("arn:${Partition}:lambda:${Region}:${AccountId}:function:baton-sales-await:*")
                .doesNotContain("arn:${Partition}:lambda:${Region}:${AccountId}:function:baton-sales-callback:*");
        assertThat(Json.print(SALES.role("baton-sales-await").policy())).doesNotContain("states:SendTask");
        // Who runs tasks cannot make an await.
        assertThat(Json.print(SALES.role("baton-sales-Clean-runner").policy())).doesNotContain("baton-sales-await");
    }

    @Test
    void nothing_grows_from_state_to_state_and_the_root_tells_its_result() {
        allStates().forEach((name, state) -> {
            var output =
                    Json.print(Objects.requireNonNull(state.data().output()).value());
            switch (name) {
                case "Pin", "Report" -> assertThat(output).isEqualTo("\"{% $states.result.Payload %}\"");
                default -> assertThat(output).as(name).isEqualTo("{}");
            }
        });
    }

    @Test
    void a_task_may_read_its_inputs_write_its_output_and_see_its_records() {
        var policy = SALES.role("baton-sales-Orders").policy();
        assertThat(resources(policy, "ReadInputs"))
                .containsExactly(
                        "arn:${Partition}:s3:::${LakeBucket}/counts/north/*.json",
                        "arn:${Partition}:s3:::${LakeBucket}/counts/south/*.json");
        assertThat(resources(policy, "WriteOutput"))
                .containsExactly("arn:${Partition}:s3:::${LakeBucket}/orders/*.json");
        assertThat(resources(policy, "ReadRecords"))
                .containsExactly(
                        "arn:${Partition}:s3:::${StateBucket}/completions/dev.baton.compiler.Sales.Counts/*",
                        "arn:${Partition}:s3:::${StateBucket}/completions/dev.baton.compiler.Sales.Orders/*",
                        "arn:${Partition}:s3:::${StateBucket}/parts/dev.baton.compiler.Sales.Orders/*",
                        "arn:${Partition}:s3:::${StateBucket}/runs/sales/*/done/dev.baton.compiler.Sales.Counts-*",
                        "arn:${Partition}:s3:::${StateBucket}/runs/sales/*/done/dev.baton.compiler.Sales.Orders-*");
        assertThat(Json.print(policy)).doesNotContain("pin.json", "clean/", "\"*\"", "sts:", "iam:");
        assertThat(resources(SALES.role("baton-sales-Clean").policy(), "ReadRecords"))
                .contains("arn:${Partition}:s3:::${StateBucket}/runs/sales/*/pin.json");
    }

    @Test
    void what_a_task_uses_becomes_rights_with_conditions() {
        var policy = Json.print(SALES.role("baton-sales-Turnover").policy());
        assertThat(policy)
                .contains("arn:${Partition}:s3:::${ReferenceBucket}/prices/*")
                .contains("secret:rates/key-??????", "\"secretsmanager:VersionStage\":\"AWSCURRENT\"")
                .contains("\"dynamodb:GetItem\"", "table/currencies")
                .contains("\"ForAllValues:StringEquals\":{\"dynamodb:LeadingKeys\":\"EUR\"}")
                .contains("\"Null\":{\"dynamodb:LeadingKeys\":\"false\"}");
    }

    @Test
    void only_its_function_becomes_a_task_and_only_saying_for_what() {
        var trust = Json.print(SALES.role("baton-sales-Clean").trust());
        assertThat(trust)
                .contains(
                        "\"aws:PrincipalArn\":\"arn:${Partition}:iam::${AccountId}:role/baton/sales/baton-sales-Clean-runner\"")
                .contains("\"aws:RequestTag/baton:task\":\"Clean\"", "\"aws:RequestTag/baton:owner\":\"ledger\"")
                .contains("\"sts:RoleSessionName\":\"????????????????.Clean.*\"");
        assertThat(trust.split("aws:PrincipalArn", -1))
                .as("in each of its three statements")
                .hasSize(4);
        var runner = Json.print(SALES.role("baton-sales-Clean-runner").policy());
        assertThat(runner)
                .contains("role/baton/sales/baton-sales-Clean\"")
                .doesNotContain("${LakeBucket}", "baton-sales-Counts", "states:SendTask");
    }

    @Test
    void only_what_somebody_awaits_and_what_waited_nudges_the_callback_function() {
        assertThat(nudging(SALES)).containsExactly("baton-sales-Counts", "baton-sales-Orders");
        for (var function : SALES.functions()) {
            var told = function.environment().containsKey("BATON_CALLBACK_FUNCTION");
            assertThat(Json.print(SALES.role(function.role()).policy()).contains("function:baton-sales-callback"))
                    .as(function.name())
                    .isEqualTo(told);
        }
    }

    /// The functions of tasks that are told whom to nudge.
    private static Stream<String> nudging(CompiledPipeline pipeline) {
        return pipeline.functions().stream()
                .filter(function -> function.kind() == Kind.TASK)
                .filter(function -> function.environment().containsKey("BATON_CALLBACK_FUNCTION"))
                .map(CompiledFunction::name);
    }

    @Test
    void where_nothing_waits_nobody_nudges_and_there_is_no_right_to_answer_tokens() {
        var sequence = Compiler.compile(Pipeline.of("sequence", Sales.Clean.class));
        assertThat(nudging(sequence)).isEmpty();
        assertThat(sequence.functions())
                .extracting(CompiledFunction::kind)
                .containsExactlyInAnyOrder(Kind.TASK, Kind.PIN, Kind.START);
        for (var role : sequence.roles()) {
            assertThat(Json.print(role.policy())).as(role.name()).doesNotContain("callback", "states:SendTask");
        }
        assertThat(Json.print(sequence.boundary().policy())).doesNotContain("callback", "states:SendTask");
        assertThat(sequence.triggers()).extracting(CompiledTrigger::function).containsExactly("baton-sequence-start");
    }

    @Test
    void only_the_callback_role_completes_tasks_by_token() {
        for (var role : SALES.roles()) {
            assertThat(Json.print(role.policy()).contains("states:SendTaskSuccess"))
                    .as(role.name())
                    .isEqualTo(role.kind() == CompiledRole.Kind.CALLBACK);
        }
    }

    @Test
    void step_functions_may_invoke_versions_of_this_pipelines_functions_and_nothing_else() {
        assertThat(resources(SALES.role("baton-sales-states").policy(), "InvokeFunctions"))
                .containsExactlyInAnyOrderElementsOf(SALES.functions().stream()
                        .filter(function -> function.kind() != Kind.START && function.kind() != Kind.CALLBACK)
                        .map(function ->
                                "arn:${Partition}:lambda:${Region}:${AccountId}:function:" + function.name() + ":*")
                        .toList());
        assertThat(Json.print(SALES.role("baton-sales-states").trust()))
                .contains("stateMachine:baton-sales\"", "\"aws:SourceAccount\":\"${AccountId}\"");
    }

    @Test
    void uploads_start_and_done_objects_release() {
        var patterns = new LinkedHashMap<String, String>();
        SALES.triggers().forEach(trigger -> patterns.put(trigger.function(), Json.print(trigger.pattern())));
        assertThat(patterns.get("baton-sales-start"))
                .contains("{\"name\":[\"${LakeBucket}\"]}", "{\"wildcard\":\"uploads/*/*.csv\"}");
        assertThat(patterns.get("baton-sales-callback"))
                .contains("{\"name\":[\"${StateBucket}\"]}", "{\"wildcard\":\"runs/sales/*/done/*\"}");
        assertThat(SALES.buckets())
                .extracting(CompiledBucket::logical)
                .containsExactly("books", "lake", "reference", "state");
    }

    @Test
    void a_function_knows_its_task_role_and_its_buckets_from_its_environment() {
        var environment = SALES.functions().stream()
                .filter(function -> function.name().equals("baton-sales-Clean"))
                .findFirst()
                .orElseThrow()
                .environment(ACCOUNT);
        assertThat(environment)
                .containsEntry("BATON_TASK_ROLE", "arn:aws:iam::123456789012:role/baton/sales/baton-sales-Clean")
                .containsEntry("BATON_PIPELINE", "sales")
                .containsEntry("BATON_STATE_BUCKET", "state");
        assertThat(Json.parseObject(Objects.requireNonNull(environment.get("BATON_BUCKETS"))))
                .containsEntry("lake", "acme-lake")
                .containsEntry("books", "${BooksBucket}");
    }

    @Test
    void nothing_more_is_left_of_an_earlier_synthesis(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("policies"));
        Files.writeString(folder.resolve("policies/baton-sales-Gone.json"), "{}");
        Files.writeString(folder.resolve("README.md"), "kept");
        Synthesis.write(SALES, folder);
        assertThat(folder.resolve("policies/baton-sales-Gone.json")).doesNotExist();
        assertThat(folder.resolve("README.md")).exists();
        assertThat(folder.resolve("definition.asl.json"))
                .hasContent(SALES.machine().definition().toJson());
    }

    private static TaskState task(String name) {
        return (TaskState) Objects.requireNonNull(allStates().get(name), name);
    }

    private static Map<String, State> allStates() {
        var all = new LinkedHashMap<String, State>();
        collect(SALES.machine().definition(), all);
        all.remove("Outdated");
        return all;
    }

    private static void collect(StateGraph graph, Map<String, State> into) {
        graph.states().forEach((name, state) -> {
            into.put(name, state);
            if (state instanceof ParallelState parallel) {
                parallel.branches().forEach(branch -> collect(branch, into));
            }
        });
    }

    private static Object json(String pointer) {
        Object at = Json.parse(SALES.machine().definition().toJson());
        for (var name : pointer.substring(1).split("/")) {
            at = at instanceof List<?> list ? list.get(Integer.parseInt(name)) : ((Map<?, ?>) at).get(name);
        }
        return at;
    }

    private static List<String> resources(Map<String, ?> policy, String sid) {
        return ((List<?>) Objects.requireNonNull(policy.get("Statement")))
                .stream()
                        .map(statement -> (Map<?, ?>) statement)
                        .filter(statement -> sid.equals(statement.get("Sid")))
                        .flatMap(statement -> ((List<?>) statement.get("Resource")).stream())
                        .map(String::valueOf)
                        .toList();
    }
}
