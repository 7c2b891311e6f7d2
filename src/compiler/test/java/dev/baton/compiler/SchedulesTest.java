package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.environment.Completions;
import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.task.Cron;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.Rate;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What else calls a start function than S3's own events: schedules, completions of others, notifications.
class SchedulesTest {
    @Intent("Rates of exchange, as another pipeline makes them")
    record Rates(LocalDate day) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://market/rates/{day}.csv", this);
        }
    }

    @Intent("The books of one day")
    @Cron(value = "0 6 * * ? *", zone = "Europe/Berlin", shift = "-P1D")
    @Rate("12 hours")
    record Books(LocalDate day) implements Task {
        @Override
        public List<Rates> requires() {
            return List.of(new Rates(day));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://ledger/books/{day}.csv", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text(run.input(new Rates(day)).text());
        }
    }

    @Intent("The same without a schedule")
    record Unplanned(LocalDate day) implements Task {
        @Override
        public List<Rates> requires() {
            return List.of(new Rates(day));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://ledger/unplanned/{day}.csv", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text("");
        }
    }

    static final CompiledPipeline BOOKS = Compiler.compile(Pipeline.of("books", Books.class));
    private static final CompiledPipeline UNPLANNED = Compiler.compile(Pipeline.of("unplanned", Unplanned.class));

    @Test
    void each_schedule_calls_the_start_function_with_the_time_of_its_tick() {
        assertThat(BOOKS.schedules()).hasSize(2).allSatisfy(schedule -> {
            assertThat(schedule.name()).matches("baton-books-at-[0-9a-f]{8}");
            assertThat(schedule.function()).isEqualTo("baton-books-start");
            assertThat(schedule.input()).containsEntry("time", "<aws.scheduler.scheduled-time>");
        });
        assertThat(BOOKS.schedules())
                .extracting(schedule -> schedule.expression() + " " + schedule.zone())
                .containsExactlyInAnyOrder("cron(0 6 * * ? *) Europe/Berlin", "cron(0 0/12 * * ? *) UTC");
        assertThat(Synthesis.files(BOOKS).get("triggers.json"))
                .contains("\"schedule\": \"cron(0 6 * * ? *)\"", "\"zone\": \"Europe/Berlin\"");
    }

    @Test
    void the_role_of_schedules_may_call_that_function_keep_what_failed_and_nothing_else() {
        var role = BOOKS.role("baton-books-by-schedule");
        assertThat(Json.print(role.policy()))
                .contains("\"lambda:InvokeFunction\"", "function:baton-books-start\"", "\"sqs:SendMessage\"")
                .doesNotContain("*");
        assertThat(Json.print(role.trust())).contains("scheduler.amazonaws.com", "schedule-group/default");
        assertThat(Json.print(BOOKS.boundary().policy()))
                .contains("baton-books-dead-letters", "function:baton-books-start\"");
        assertThat(Json.print(BOOKS.deployRole().policy())).contains("scheduler:CreateSchedule", "baton-books-at-*");
    }

    @Test
    void a_pipeline_without_schedules_has_no_rights_for_any() {
        assertThat(UNPLANNED.schedules()).isEmpty();
        assertThat(UNPLANNED.roles()).noneMatch(role -> role.kind() == CompiledRole.Kind.SCHEDULE);
        assertThat(Json.print(UNPLANNED.boundary().policy())).doesNotContain("dead-letters");
        assertThat(Json.print(UNPLANNED.deployRole().policy())).doesNotContain("scheduler");
    }

    @Test
    void the_rule_of_an_external_task_hears_of_the_object_and_of_the_task_that_made_it() {
        var trigger = UNPLANNED.triggers().getFirst();
        assertThat(trigger.hearsCompletions()).isTrue();
        assertThat(trigger.pattern())
                .containsEntry("source", List.of("aws.s3", Map.of("prefix", "baton.")))
                .containsEntry("detail-type", List.of("Object Created", "Task Completed"));
        assertThat(trigger.ofCompletions().name()).isEqualTo("baton-unplanned-from-market-completed");
        assertThat(trigger.ofCompletions().pattern())
                .containsEntry("detail-type", List.of("Task Completed"))
                .containsEntry("detail", trigger.pattern().get("detail"));
    }

    private static Environments environments(String members) {
        return Environments.parse("environments.json", """
                {"prod": {"account": "111111111111", "region": "eu-central-1", "stateBucket": {"name": "the-state"},
                 "buckets": {"ledger": {"name": "the-ledger"},
                             "market": {"name": "the-market", "imported": true%s}}}}
                """.formatted(members));
    }

    @Test
    void an_imported_bucket_may_notify_a_topic_or_a_queue_that_one_pipeline_reads() {
        var queue = ", \"notifications\": \"arn:aws:sqs:eu-central-1:222222222222:uploads\"";
        var topic = ", \"notifications\": \"arn:aws:sns:eu-central-1:222222222222:uploads\"";
        var both = List.of(BOOKS, UNPLANNED);
        assertThat(environments("").named("prod").notifications(BOOKS)).isEmpty();
        assertThat(environments(topic).named("prod").notifications(BOOKS))
                .containsExactly("arn:aws:sns:eu-central-1:222222222222:uploads");
        assertThat(environments(topic).named("prod").sharedQueues(both)).isEmpty();
        assertThat(environments(queue).named("prod").sharedQueues(List.of(BOOKS)))
                .isEmpty();
        assertThat(environments(queue).named("prod").sharedQueues(both))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("ENV035");
                    assertThat(finding.message()).contains("books, unplanned");
                });
    }

    @Test
    void a_bucket_that_baton_makes_and_a_queue_that_s3_cannot_send_to_are_refused() {
        for (var wrong : List.of(
                "}, \"more\": {\"name\": \"the-more\", \"notifications\": \"arn:aws:sqs:eu-central-1:222222222222:u\"",
                ", \"notifications\": \"arn:aws:sqs:eu-central-1:222222222222:uploads.fifo\"")) {
            assertThat(findings(wrong)).as(wrong).hasSize(1);
        }
    }

    private static List<Diagnostic> findings(String members) {
        try {
            environments(members);
            return List.of();
        } catch (DiagnosticException e) {
            return e.diagnostics();
        }
    }

    @Test
    void an_environment_says_whom_it_tells_and_hears_of_completions() {
        var text = """
                {"dev": {"endpoint": "embedded",
                  "completions": {"to": ["arn:aws:events:eu-central-1:222222222222:event-bus/default"],
                                  "from": ["222222222222"]}},
                 "test": {"endpoint": "embedded"}}
                """;
        var environments = Environments.parse("environments.json", text);
        assertThat(environments.named("dev").completions())
                .isEqualTo(new Completions(
                        List.of("arn:aws:events:eu-central-1:222222222222:event-bus/default"),
                        List.of("222222222222")));
        assertThat(environments.named("test").completions()).isEqualTo(Completions.HERE);
    }
}
