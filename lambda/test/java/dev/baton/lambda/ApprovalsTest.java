package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import dev.baton.json.Json;
import dev.baton.lambda.farm.Wine;
import dev.baton.policy.GovernedPipeline;
import dev.baton.run.ApprovalFacts;
import dev.baton.run.ApprovalRecord;
import dev.baton.run.ExecutionInput;
import dev.baton.run.Requester;
import dev.baton.run.RunAction;
import dev.baton.run.StartRecord;
import dev.baton.run.StateKeys;
import dev.baton.run.StrictFields;
import dev.baton.task.Pipeline;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// A pipeline whose tasks have to be approved, deployed where policies about people hold.
class ApprovalsTest {
    private static final Pipeline PIPELINE = Pipeline.of("cellar", Wine.class);
    /// In this year nobody has time.
    private static final int HASTE = 1812;

    private static final String ADA = "ada of vintners,tasters";
    private static final String BEN = "ben of tasters";
    private static final String CYD = "cyd of vintners,cellar";

    private static final AtomicInteger YEARS = new AtomicInteger(1900);
    private static DeployedFarm farm;

    @BeforeAll
    static void deploy() {
        var compiled = Compiler.compile(PIPELINE, CompilerOptions.DEFAULT.governed(true));
        farm = new DeployedFarm(
                compiled,
                DeployedFarm::task,
                definition -> definition.replaceFirst(
                        "(\"TimeoutSeconds\": ?)3600",
                        "$1\"{% \\$run.parameters.year = '" + HASTE + "' ? 1 : 3600 %}\""));
        compiled.triggers().forEach(trigger -> farm.withoutRule(trigger.name()));
        put(
                StateKeys.governed("cellar"),
                GovernedPipeline.of(compiled.graph(), "test", Optional.empty()).toBytes());
    }

    @AfterAll
    static void close() {
        farm.close();
    }

    private static void put(String key, byte[] content) {
        farm.s3().putObject(r -> r.bucket(DeployedFarm.STATE).key(key), RequestBody.fromBytes(content));
    }

    private static String approvalFunction() {
        return farm.compiled().function(Kind.APPROVAL).name();
    }

    /// A run of a year of its own that somebody started.
    private static final class Vintage {
        final int year;
        final String name;
        final String execution;

        Vintage(String starter) {
            this(YEARS.incrementAndGet(), starter);
        }

        Vintage(int year, String starter) {
            this.year = year;
            this.name = "cellar-" + year;
            grapes("grapes");
            var input = new ExecutionInput(Optional.empty(), Map.of("year", String.valueOf(year)), Map.of());
            put(
                    StateKeys.start("cellar", name),
                    Json.bytes(new StartRecord(
                                    "cellar",
                                    name,
                                    starter.isEmpty() ? Requester.NOBODY : Requester.person("okta", starter, List.of()),
                                    RunAction.START,
                                    Optional.empty(),
                                    Instant.now(),
                                    StartRecord.hash(input))
                            .toJson()));
            this.execution = farm.start(name, "{\"parameters\":{\"year\":\"" + year + "\"}}");
        }

        void grapes(String content) {
            farm.upload("grapes/" + year + ".txt", content);
        }

        List<ApprovalRecord> approvals() {
            return listed(Map.of("execution", name));
        }

        /// The approval of a task, as soon as it waits.
        ApprovalRecord waiting(String task) throws InterruptedException {
            for (var look = 0; look < 300; look++) {
                for (var approval : approvals()) {
                    if (approval.request().task().equals(task) && approval.end().isEmpty()) {
                        return approval;
                    }
                }
                if (farm.states()
                                .describeExecution(r -> r.executionArn(execution))
                                .status()
                        != ExecutionStatus.RUNNING) {
                    break;
                }
                Thread.sleep(20);
            }
            throw new AssertionError(task + " never waited: " + farm.cause(execution)
                    + ask(ADA, "approvals", Map.of("execution", name)));
        }

        Map<String, @Nullable Object> decide(String who, ApprovalRecord seen, boolean approved, String reason) {
            return ask(
                    who,
                    "decision",
                    Map.of(
                            "execution", name,
                            "task", seen.request().node(),
                            "hash", seen.request().hash(),
                            "approved", approved,
                            "reason", reason));
        }

        Map<String, @Nullable Object> approve(String who, ApprovalRecord seen) {
            return decide(who, seen, true, "it is good");
        }

        String outcome() throws InterruptedException {
            var over = farm.over(execution);
            return over.status() == ExecutionStatus.SUCCEEDED ? "" : over.error() + ": " + over.cause();
        }
    }

    private static List<ApprovalRecord> listed(Map<String, ?> asked) {
        var answer = ask(ADA, "approvals", asked);
        return StrictFields.of("the answer", answer).objectList("approvals").stream()
                .map(ApprovalRecord::of)
                .toList();
    }

    private static Map<String, @Nullable Object> ask(String who, String member, Map<String, ?> asked) {
        return farm.invoke(approvalFunction(), Map.of("identity", Map.of("token", who), member, asked));
    }

    private static String refusal(Map<String, @Nullable Object> answer) {
        return answer.get("refused") instanceof Map<?, ?> refused
                ? refused.get("code") + " " + refused.get("message")
                : Json.print(answer);
    }

    private static String outcome(Map<String, @Nullable Object> answer) {
        return ApprovalRecord.of(StrictFields.of("the answer", answer).object("approval"))
                .end()
                .map(end -> end.outcome().word() + ": " + end.why())
                .orElse("open");
    }

    private static List<String> keys(String prefix) {
        return farm
                .s3()
                .listObjectsV2Paginator(r -> r.bucket(DeployedFarm.STATE).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    @Test
    void who_has_to_approve_does_and_the_run_goes_on_with_no_token_anywhere() throws InterruptedException {
        var run = new Vintage("dan");
        var juice = run.waiting("Juice");
        assertThat(juice.request().facts().inputs())
                .singleElement()
                .satisfies(input -> assertThat(input.uri()).isEqualTo("s3://lake/grapes/" + run.year + ".txt"));
        assertThat(listed(Map.of()))
                .extracting(approval -> approval.request().execution())
                .contains(run.execution);
        assertThat(farm.versions(DeployedFarm.LAKE, "juice/" + run.year)).isEmpty();
        var folder = StateKeys.approvals("cellar", juice.request().run());
        var token = farm.read(DeployedFarm.STATE, keys(folder + "tokens/").getFirst());

        assertThat(outcome(run.approve(ADA, juice))).isEqualTo("approved: okta:ada approved it: it is good");
        var wine = run.waiting("Wine");
        assertThat(outcome(run.approve(ADA, wine))).isEqualTo("open");
        assertThat(refusal(run.approve(ADA, wine)))
                .isEqualTo("RUN085 okta:ada has decided already, and 2 different people have to");
        assertThat(outcome(run.approve(BEN, wine))).startsWith("approved: okta:ada, okta:ben approved it");
        assertThat(run.outcome()).isEmpty();
        assertThat(farm.read(DeployedFarm.LAKE, "wine/" + run.year + ".txt")).isEqualTo("wine of juice of grapes");

        var seen = new ArrayList<String>();
        for (var key : keys("")) {
            if (!key.contains("/approvals/tokens/")) {
                seen.add(farm.read(DeployedFarm.STATE, key));
            }
        }
        assertThat(seen).isNotEmpty().noneMatch(text -> text.contains(token));
        assertThat(keys(StateKeys.EVIDENCE).stream()
                        .filter(key -> key.contains("-approval-"))
                        .map(key -> farm.read(DeployedFarm.STATE, key))
                        .filter(text -> text.contains(juice.request().run()))
                        .map(text -> Json.parseObject(text.getBytes(StandardCharsets.UTF_8)))
                        .map(entry ->
                                StrictFields.of("it", entry).object("details").string("what")))
                .containsExactlyInAnyOrder(
                        "requested", "approved", "ended", "requested", "approved", "approved", "ended");
    }

    @Test
    void one_who_rejects_ends_it_and_a_redrive_asks_anew() throws InterruptedException {
        var run = new Vintage("dan");
        var juice = run.waiting("Juice");
        assertThat(outcome(run.decide(ADA, juice, false, "they are rotten")))
                .isEqualTo("rejected: okta:ada rejected it: they are rotten");
        assertThat(run.outcome()).isEqualTo("ApprovalRejected: okta:ada rejected it: they are rotten");
        assertThat(refusal(run.approve(CYD, juice)))
                .startsWith("RUN084 it is over since ")
                .endsWith(" (rejected): okta:ada rejected it: they are rotten");

        farm.states().redriveExecution(r -> r.executionArn(run.execution));
        var anew = run.waiting("Juice");
        assertThat(anew.request().hash()).isNotEqualTo(juice.request().hash());
        assertThat(refusal(run.approve(ADA, juice))).startsWith("RUN082 what is asked is not what you looked at");
        assertThat(outcome(run.approve(ADA, anew))).startsWith("approved");
        run.waiting("Wine");
        farm.states().stopExecution(r -> r.executionArn(run.execution));
    }

    @Test
    void nobody_else_may_and_nobody_what_they_started() throws InterruptedException {
        var run = new Vintage("ada");
        var juice = run.waiting("Juice");
        assertThat(refusal(run.approve(ADA, juice)))
                .isEqualTo("RUN083 nobody approves what they started themselves, and okta:ada started this run");
        assertThat(refusal(run.approve(BEN, juice))).startsWith("RUN086 okta:ben may not approve it: ");
        assertThat(refusal(run.approve("eve of cellar", juice))).startsWith("RUN086 okta:eve may not approve it: ");
        assertThat(refusal(run.decide(CYD, juice, true, " "))).startsWith("RUN089 a decision has a reason");
        assertThat(refusal(ask(
                        CYD,
                        "decision",
                        Map.of(
                                "execution", run.name,
                                "task", "Wine",
                                "hash", "",
                                "approved", true,
                                "reason", "why not"))))
                .isEqualTo("RUN080 nothing of Wine waits, or waited, for an approval there");
        assertThat(StrictFields.of("the answer", ask("eve of nobody", "approvals", Map.of()))
                        .objectList("approvals"))
                .isEmpty();
        assertThat(run.approvals()).extracting(ApprovalRecord::decisions).containsExactly(List.of());
        farm.states().stopExecution(r -> r.executionArn(run.execution));
        assertThat(outcome(run.approve(CYD, juice))).isEqualTo("void: its execution does not wait for it any more");
    }

    @Test
    void what_nobody_is_known_to_have_started_is_not_approved() throws InterruptedException {
        var run = new Vintage("");
        assertThat(refusal(run.approve(ADA, run.waiting("Juice")))).startsWith("RUN083 nobody knows who started");
        farm.states().stopExecution(r -> r.executionArn(run.execution));
    }

    @Test
    void a_newer_version_of_an_input_makes_an_approval_void() throws InterruptedException {
        var run = new Vintage("dan");
        var juice = run.waiting("Juice");
        run.grapes("other grapes");
        assertThat(outcome(run.approve(ADA, juice)))
                .startsWith("void: since it was asked, the input s3://lake/grapes/" + run.year
                        + ".txt has another version: ");
        assertThat(run.outcome()).startsWith("ApprovalVoid: since it was asked, the input ");
    }

    @Test
    void a_deployment_meanwhile_makes_an_approval_void() throws InterruptedException {
        var function = farm.compiled().function(Kind.APPROVAL);
        var real = Objects.requireNonNull(function.environment().get(ApprovalFacts.PERMISSIONS_VARIABLE));
        var run = new Vintage("dan");
        var juice = run.waiting("Juice");
        farm.redeploy(function, Map.of(ApprovalFacts.PERMISSIONS_VARIABLE, "wider"));
        try {
            assertThat(outcome(run.approve(ADA, juice)))
                    .isEqualTo("void: since it was asked, the permissions of the pipeline's roles changed");
        } finally {
            farm.redeploy(function, Map.of(ApprovalFacts.PERMISSIONS_VARIABLE, real));
        }
        var other = new Vintage("dan");
        var asked = other.waiting("Juice");
        farm.redeploy(function, Map.of("BATON_REVISION", "{\"system\":\"git\",\"id\":\"4f2a\"}"));
        try {
            assertThat(outcome(other.approve(ADA, asked)))
                    .startsWith("void: since it was asked, another revision is deployed");
        } finally {
            farm.redeploy(function, Map.of("BATON_REVISION", "none"));
        }
    }

    @Test
    void who_says_nothing_in_time_has_refused() throws InterruptedException {
        var run = new Vintage(HASTE, "dan");
        assertThat(run.outcome())
                .isEqualTo("ApprovalTimedOut: nobody of vintners approved Juice within PT1H, which is a refusal; "
                        + "whoever may start the pipeline can start this run again");
    }

    @Test
    void a_stopped_run_that_is_redriven_asks_anew() throws InterruptedException {
        var run = new Vintage("dan");
        var juice = run.waiting("Juice");
        farm.states().stopExecution(r -> r.executionArn(run.execution));
        farm.states().redriveExecution(r -> r.executionArn(run.execution));
        for (var look = 0; look < 300; look++) {
            if (!run.waiting("Juice").request().equals(juice.request())) {
                break;
            }
            Thread.sleep(20);
        }
        var anew = run.waiting("Juice");
        assertThat(anew.request().askedAt()).isAfter(juice.request().askedAt());
        assertThat(outcome(run.approve(ADA, anew))).startsWith("approved");
        run.waiting("Wine");
        farm.states().stopExecution(r -> r.executionArn(run.execution));
    }

    @Test
    void a_decision_whose_function_died_is_told_by_the_next_call_and_waiting_costs_nothing()
            throws InterruptedException {
        var run = new Vintage("dan");
        var juice = run.waiting("Juice");
        var waited = farm.history(run.execution).stream()
                .filter(event -> event.type() == HistoryEventType.TASK_SUBMITTED)
                .count();
        assertThat(waited).isEqualTo(1);
        var key = keys(StateKeys.approvals("cellar", juice.request().run())).stream()
                .filter(each -> each.endsWith(ApprovalRecord.NAME))
                .findFirst()
                .orElseThrow();
        put(
                key,
                Json.bytes(juice.ended(ApprovalRecord.Outcome.APPROVED, "somebody did", Instant.now())
                        .toJson()));
        assertThat(run.waiting("Wine").request().facts().inputs()).hasSize(1);
        farm.states().stopExecution(r -> r.executionArn(run.execution));
    }

    @Test
    void a_task_does_not_run_unapproved_whoever_asks_its_function() throws InterruptedException {
        var run = new Vintage("dan");
        var juice = run.waiting("Juice");
        var scheduled = farm.history(run.execution).stream()
                .filter(event -> event.type() == HistoryEventType.TASK_SCHEDULED)
                .map(event -> Json.parseObject(
                        event.taskScheduledEventDetails().parameters().getBytes(StandardCharsets.UTF_8)))
                .reduce((one, other) -> other)
                .orElseThrow();
        var event = new LinkedHashMap<String, Object>();
        event.put("node", juice.request().node());
        event.put(
                "run",
                Objects.requireNonNull(
                        StrictFields.of("it", scheduled.get("Payload")).values().get("run")));
        event.put("execution", run.execution);
        event.put("attempt", 0L);
        assertThat(String.valueOf(farm.invoke("baton-cellar-Juice", event).get("errorMessage")))
                .startsWith("Juice needs an approval, and nobody approved it in this run")
                .endsWith("(baton explain RUN088)");
        assertThat(farm.versions(DeployedFarm.LAKE, "juice/" + run.year)).isEmpty();
        farm.states().stopExecution(r -> r.executionArn(run.execution));
    }

    @Test
    void only_the_state_machine_says_that_something_is_to_be_approved() throws InterruptedException {
        var run = new Vintage("dan");
        var juice = run.waiting("Juice");
        assertThat(refusal(farm.invoke(
                        approvalFunction(),
                        Map.of(
                                "approval",
                                Map.of("node", "Juice", "execution", run.execution, "token", "mine"),
                                "run",
                                Map.of()))))
                .startsWith("RUN089 only the state machine says");
        assertThat(run.waiting("Juice")).isEqualTo(juice);
        farm.states().stopExecution(r -> r.executionArn(run.execution));
    }
}
