package dev.baton.cli.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.baton.compiler.Compiler;
import dev.baton.task.Access;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.ServiceTask;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.service.DynamoDbGet;
import dev.baton.task.service.DynamoDbUpdate;
import dev.baton.task.service.References;
import dev.baton.task.service.ServiceCall;
import java.time.Year;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskAccessTest {

    @Test
    void what_a_task_declares_is_shown_in_its_authors_words() {
        assertThat(TaskAccess.of(Compiler.compile(Pipeline.of("shop", Rates.class))))
                .containsExactly(new TaskAccess(
                        "Rates",
                        List.of("lake/reference/*"),
                        List.of("lake/current/* (and deletes)", "lake/log/*", "lake/rates/*.csv"),
                        List.of(
                                "list lake/reference/*",
                                "secretsmanager:GetSecretValue rates/key-?????? (VersionStage AWSCURRENT)",
                                "dynamodb:GetItem table/currencies (LeadingKeys EUR)",
                                "sqs:SendMessage news")));
    }

    @Test
    void what_the_call_of_a_service_may_do_is_shown_beside_its_task() {
        assertThat(TaskAccess.of(Compiler.compile(Pipeline.of("shop", Closing.class))))
                .extracting(TaskAccess::task, TaskAccess::other)
                .containsExactly(
                        tuple("Closing", List.of()),
                        tuple("Closing-called", List.of("dynamodb:UpdateItem table/books (LeadingKeys tills)")));
    }

    @ParameterizedTest
    @CsvSource({"tills, true", "wages, false", "'', false"})
    void a_call_touches_only_the_partition_that_its_key_names(String partition, boolean allowed) {
        var question = new AccessQuestion(Compiler.compile(Pipeline.of("shop", Closing.class)));
        var answer = question.ask(
                "Closing-called",
                "dynamodb:UpdateItem",
                "arn:aws:dynamodb:eu-central-1:123456789012:table/books",
                Map.of("dynamodb:LeadingKeys", partition));
        assertThat(answer.decision().allowed())
                .as(answer.decision().explanation())
                .isEqualTo(allowed);
    }

    @Test
    void a_partition_that_is_another_one_for_each_parameter_narrows_nothing() {
        assertThat(TaskAccess.of(Compiler.compile(Pipeline.of("shop", Opening.class))))
                .filteredOn(access -> access.task().equals("Opening-called"))
                .singleElement()
                .satisfies(access -> assertThat(access.other()).containsExactly("dynamodb:GetItem table/books"));
    }

    @Test
    void an_item_that_is_an_output_is_put_by_its_task_and_by_nobody_else() {
        assertThat(TaskAccess.of(Compiler.compile(Pipeline.of("shop", Tides.class))))
                .extracting(TaskAccess::task, TaskAccess::writes, TaskAccess::other)
                .containsExactly(tuple(
                        "Tides",
                        List.of("items/tides/tide-*.json"),
                        List.of(
                                "dynamodb:GetItem table/tides (LeadingKeys tide-*)",
                                "dynamodb:PutItem table/tides (LeadingKeys tide-*)")));
    }

    @ParameterizedTest
    @CsvSource({
        "Tides, PutItem, tides, tide-2012, '', true",
        "Tides, GetItem, tides, tide-2012, '', true",
        "Tides, PutItem, tides, moon-2012, '', false",
        "Tides, PutItem, tides, '', '', false",
        "Tides, PutItem, moons, tide-2012, '', false",
        "Tides, UpdateItem, tides, tide-2012, '', false",
        "Tides, DeleteItem, tides, tide-2012, '', false",
        "start, GetItem, tides, tide-2012, baton, true",
        "start, GetItem, tides, tide-2012, id, false",
        "start, GetItem, tides, tide-2012, height, false",
        "start, GetItem, tides, tide-2012, '', false",
        "start, PutItem, tides, tide-2012, baton, false",
        "pin, GetItem, tides, tide-2012, baton, false"
    })
    void the_role_of_a_task_touches_the_items_of_its_key_only(
            String role, String operation, String table, String partition, String attribute, boolean allowed) {
        var question = new AccessQuestion(Compiler.compile(Pipeline.of("shop", Tides.class)));
        var answer = question.ask(
                role,
                "dynamodb:" + operation,
                "arn:aws:dynamodb:eu-central-1:123456789012:table/" + table,
                Map.of(
                        "dynamodb:LeadingKeys",
                        partition,
                        "dynamodb:Attributes",
                        attribute,
                        "dynamodb:Select",
                        attribute.equals("id") ? "ALL_ATTRIBUTES" : "SPECIFIC_ATTRIBUTES"));
        assertThat(answer.decision().allowed())
                .as(answer.decision().explanation())
                .isEqualTo(allowed);
    }

    @Intent("The tides of a year")
    record Tides(Year year) implements Task {
        @Override
        public Target output() {
            return DynamoDbTarget.item("tides", "id", "tide-{year}", this);
        }

        @Override
        public void run(TaskRun run) {}
    }

    @Intent("The tills are counted")
    record Closing(Year year) implements ServiceTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/closing/{year}.json", this);
        }

        @Override
        public ServiceCall call(References references) {
            return new DynamoDbUpdate(
                    "books",
                    Map.of("book", Map.of("S", "tills"), "year", Map.of("N", year.toString())),
                    "SET #closed = :yes",
                    "",
                    Map.of("#closed", "closed"),
                    Map.of(":yes", Map.of("BOOL", true)),
                    "book");
        }
    }

    @Intent("What was in the tills")
    record Opening(Year year) implements ServiceTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/opening/{year}.json", this);
        }

        @Override
        public ServiceCall call(References references) {
            return new DynamoDbGet("books", Map.of("book", Map.of("S", "tills-" + year)));
        }
    }

    @Intent("Exchange rates of a year")
    record Rates(Year year) implements Task {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/rates/{year}.csv", this);
        }

        @Override
        public List<Access> uses() {
            return List.of(
                    Access.read("s3://lake/reference/"),
                    Access.list("s3://lake/reference/"),
                    Access.write("s3://lake/log/"),
                    Access.replace("s3://lake/current/"),
                    Access.secret("rates/key"),
                    Access.items("currencies", List.of("GetItem"), List.of("EUR")),
                    Access.actions(
                            List.of("sqs:SendMessage"), List.of("arn:${Partition}:sqs:${Region}:${AccountId}:news")));
        }

        @Override
        public void run(TaskRun run) {}
    }
}
