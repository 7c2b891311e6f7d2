package dev.baton.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.Compiler;
import dev.baton.task.Access;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.time.Year;
import java.util.List;
import org.junit.jupiter.api.Test;

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
                    new Access.TableItems("currencies", List.of("GetItem"), List.of("EUR")),
                    Access.actions(
                            List.of("sqs:SendMessage"), List.of("arn:${Partition}:sqs:${Region}:${AccountId}:news")));
        }

        @Override
        public void run(TaskRun run) {}
    }
}
