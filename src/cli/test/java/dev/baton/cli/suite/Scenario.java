package dev.baton.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.suite.bakery.Course;
import java.util.Set;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// What is tested on every backend.
enum Scenario {
    START("an upload starts exactly one execution, which makes the output", Capability.EVENTS) {
        @Override
        void run(Suite suite) throws InterruptedException {
            var version = suite.upload(Course.PLAIN, "rye");
            var execution = suite.startedBy(Course.PLAIN);
            assertThat(suite.ended(execution).status()).as(suite.told(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(suite.read("loaves/plain.txt"))
                    .isEqualTo("flour of rye with 3 spoons of water, and crumbs of flour of rye");
            assertThat(suite.executions(Course.PLAIN)).hasSize(1);
            assertThat(suite.ended(execution).input()).contains(version);
        }
    },
    REPEATED("the same event again and again starts nothing more", Capability.EVENTS) {
        @Override
        void run(Suite suite) throws InterruptedException {
            var before = suite.executions(Course.PLAIN);
            for (var again = 0; again < 3; again++) {
                assertThat(suite.tellOfUpload(Course.PLAIN)).contains("\"outcome\":\"succeeded\"");
            }
            assertThat(suite.executions(Course.PLAIN)).isEqualTo(before);
        }
    },
    AWAIT("a join over branches waits by task token and is released", Capability.EVENTS) {
        @Override
        void run(Suite suite) {
            var execution = suite.startedBy(Course.PLAIN);
            assertThat(suite.history(execution).stream()
                            .filter(event -> event.taskScheduledEventDetails() != null)
                            .map(event -> event.taskScheduledEventDetails().resource()))
                    .as("how its functions are invoked")
                    .contains("invoke.waitForTaskToken");
            assertThat(suite.ended(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
    },
    RETRY("a task that fails at its first attempt is tried again", Capability.EVENTS) {
        @Override
        void run(Suite suite) throws InterruptedException {
            suite.upload(Course.STUMBLING, "oats");
            var execution = suite.startedBy(Course.STUMBLING);
            assertThat(suite.ended(execution).status()).as(suite.told(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(suite.failures(execution)).containsExactly("java.io.IOException");
            assertThat(suite.read("loaves/stumbling.txt")).startsWith("flour of oats");
        }
    },
    DENIED(
            "a task that does what it has not declared is refused by its role, and fails for good",
            Capability.EVENTS,
            Capability.ENFORCEMENT) {
        @Override
        void run(Suite suite) throws InterruptedException {
            suite.upload(Course.SNOOPING, "spelt");
            var execution = suite.startedBy(Course.SNOOPING);
            var ended = suite.ended(execution);
            assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(ended.error()).isEqualTo("dev.baton.task.Undeclared");
            assertThat(ended.cause()).contains("states:ListStateMachines").contains("AccessDenied");
        }
    },
    REDRIVE(
            "an execution that failed goes on where it failed when it is redriven",
            Capability.EVENTS,
            Capability.REDRIVE) {
        @Override
        void run(Suite suite) throws InterruptedException {
            suite.upload(Course.COLD, "wheat");
            var execution = suite.startedBy(Course.COLD);
            var failed = suite.ended(execution);
            assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(failed.error()).isEqualTo("dev.baton.task.DataInvalid");
            var flour = suite.versions("flour/cold.txt");
            suite.put("oven/on.txt", "on");
            suite.redrive(execution);
            assertThat(suite.ended(execution).status()).as(suite.told(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(suite.read("loaves/cold.txt")).endsWith("crumbs of flour of wheat");
            assertThat(suite.versions("flour/cold.txt")).as("what was complete").isEqualTo(flour);
        }
    };

    private final String sentence;
    private final Set<Capability> needs;

    Scenario(String sentence, Capability... needs) {
        this.sentence = sentence;
        this.needs = Set.of(needs);
    }

    String sentence() {
        return sentence;
    }

    Set<Capability> needs() {
        return needs;
    }

    abstract void run(Suite suite) throws InterruptedException;
}
