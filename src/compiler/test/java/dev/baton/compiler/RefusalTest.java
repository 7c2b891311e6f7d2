package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.graph.CheckedGraph;
import dev.baton.task.Access;
import dev.baton.task.Compute;
import dev.baton.task.ExpandingTask;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.time.Year;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void wildcards_and_rights_over_identities_are_refused_all_at_once() {
        assertThat(codes(Pipeline.of("greedy", Greedy.class)))
                .containsExactly("CMP001", "CMP002", "CMP002", "CMP001", "CMP001");
    }

    @Test
    void what_iam_does_not_know_is_refused_with_what_was_meant() {
        assertThat(findings(Pipeline.of("confused", Confused.class)))
                .extracting(finding -> finding.code() + " " + finding.message())
                .containsExactly(
                        "CMP030 there is no action glue:StartJobRuns in IAM; there is glue:StartJobRun",
                        "CMP031 sqs:SendMessage is never asked for on arn:${Partition}:sns:${Region}:${AccountId}:news,"
                                + " only on arn:${Partition}:sqs:${Region}:${Account}:${QueueName}",
                        "CMP031 xray:PutTraceSegments knows no resources, so that"
                                + " arn:${Partition}:xray:${Region}:${AccountId}:group/a never fits");
    }

    @Test
    void rows_of_a_scan_cannot_be_narrowed() {
        assertThat(findings(Pipeline.of("scanning", Scanning.class)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("CMP032");
                    assertThat(finding.message()).contains("dynamodb:Scan", "dynamodb:LeadingKeys");
                });
    }

    @Test
    void a_policy_that_iam_would_not_take_is_refused_before() {
        assertThat(findings(Pipeline.of("secretive", Secretive.class)))
                .extracting(finding -> finding.code() + " " + finding.location())
                .containsExactlyInAnyOrder(
                        "CMP008 secretive/baton-secretive-Secretive", "CMP008 secretive/baton-secretive-boundary");
    }

    @Test
    void a_declared_write_over_an_upload_is_refused() {
        assertThat(findings(Pipeline.of("looping", Looping.class)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("CMP003");
                    assertThat(finding.message()).contains("s3://lake/in/", "Upload");
                });
    }

    @Test
    void a_task_that_expands_is_refused_on_fargate_and_what_it_expands_into_is_not() {
        assertThat(findings(Pipeline.of("large", Large.class)))
                .extracting(finding -> finding.code() + " " + finding.location())
                .containsExactly("CMP004 large/Large");
    }

    @Test
    void the_state_bucket_is_nobody_elses() {
        assertThat(codes(Pipeline.of("hidden", Hidden.class))).containsExactly("CMP007");
    }

    @Test
    void two_pipelines_may_not_write_one_target_or_start_each_other_for_ever() {
        var there = CheckedGraph.of(Pipeline.of("there", There.class)).orThrow();
        var back = CheckedGraph.of(Pipeline.of("back", Back.class)).orThrow();
        var again = CheckedGraph.of(Pipeline.of("again", There.class)).orThrow();
        var other = CheckedGraph.of(Pipeline.of("other", ThereToo.class)).orThrow();
        assertThat(Compiler.checkTogether(List.of(there, back)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("back -> there -> back"));
        assertThat(Compiler.checkTogether(List.of(there, other)))
                .extracting(Diagnostic::code)
                .containsExactly("TSK050");
        assertThat(Compiler.checkTogether(List.of(there, again)))
                .as("one task of both")
                .isEmpty();
        assertThat(Compiler.checkTogether(
                        List.of(CheckedGraph.of(Sales.PIPELINE).orThrow(), there)))
                .isEmpty();
    }

    @Test
    void a_pipeline_called_like_a_child_machine_is_told_and_one_that_only_begins_alike_is_not() {
        var one = CheckedGraph.of(Pipeline.of("weather", There.class)).orThrow();
        var two = CheckedGraph.of(Pipeline.of("weather-eu", Confused.class)).orThrow();
        var three = CheckedGraph.of(Pipeline.of("weathered", Looping.class)).orThrow();
        assertThat(Compiler.checkTogether(List.of(two, three, one))).isEmpty();
        for (var name : List.of("weather-part", "weather-part-2", "weather-part-two")) {
            assertThat(Compiler.checkTogether(List.of(
                            CheckedGraph.of(Pipeline.of(name, Confused.class)).orThrow(), three, one)))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.code()).isEqualTo("CMP035");
                        assertThat(finding.isError()).isTrue();
                        assertThat(finding.message()).contains(name);
                    });
        }
        assertThat(Compiler.checkTogether(List.of(
                        CheckedGraph.of(Pipeline.of("weather-parts", Confused.class))
                                .orThrow(),
                        one)))
                .isEmpty();
    }

    private static List<String> codes(Pipeline pipeline) {
        return findings(pipeline).stream().map(Diagnostic::code).toList();
    }

    private static List<Diagnostic> findings(Pipeline pipeline) {
        return catchThrowableOfType(DiagnosticException.class, () -> Compiler.compile(pipeline)).diagnostics().stream()
                .filter(Diagnostic::isError)
                .toList();
    }

    interface Idle extends Task {
        @Override
        default void run(TaskRun run) {}
    }

    @Intent("An upload")
    record Upload(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/in/{year}.csv", this);
        }
    }

    @Intent("Asks for too much")
    record Greedy(Year year) implements Idle {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/greedy/{year}.csv", this);
        }

        @Override
        public List<Access> uses() {
            return List.of(
                    Access.actions(
                            List.of("glue:*", "iam:PassRole", "STS:AssumeRole"),
                            List.of("arn:aws:glue:eu-central-1:123456789012:job/clean")),
                    Access.actions(
                            List.of("glue:StartJobRun"),
                            List.of("*", "arn:aws:s3:::*", "arn:aws:glue:eu-central-1:123456789012:job/a-*")));
        }
    }

    @Intent("Means well")
    record Confused(Year year) implements Idle {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/confused/{year}.csv", this);
        }

        @Override
        public List<Access> uses() {
            var account = ":${Region}:${AccountId}:";
            return List.of(
                    Access.actions(
                            List.of("glue:StartJobRuns"), List.of("arn:${Partition}:glue" + account + "job/clean")),
                    Access.actions(List.of("sqs:SendMessage"), List.of("arn:${Partition}:sns" + account + "news")),
                    Access.actions(
                            List.of("xray:PutTraceSegments"), List.of("arn:${Partition}:xray" + account + "group/a")));
        }
    }

    @Intent("Reads rows by scanning")
    record Scanning(Year year) implements Idle {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/scanned/{year}.csv", this);
        }

        @Override
        public List<Access> uses() {
            return List.of(Access.items("rates", List.of("Query", "Scan"), List.of("EUR")));
        }
    }

    @Intent("Knows more secrets than a policy holds")
    record Secretive(Year year) implements Idle {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/secretive/{year}.csv", this);
        }

        @Override
        public List<Access> uses() {
            return IntStream.range(0, 120)
                    .<Access>mapToObj(i -> Access.secret("some/rather/long/name/of/a/secret/" + i))
                    .toList();
        }
    }

    @Intent("Writes where uploads arrive")
    record Looping(Year year) implements Idle {
        @Override
        public List<Upload> requires() {
            return List.of(new Upload(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/out/{year}.csv", this);
        }

        @Override
        public List<Access> uses() {
            return List.of(Access.write("s3://lake/in/"));
        }
    }

    @Intent("Needs a container")
    @Compute(on = Compute.Platform.FARGATE, memory = 2_048)
    record Large(Year year) implements ExpandingTask<Small> {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/large/{year}.json", this);
        }

        @Override
        public Class<Small> itemClass() {
            return Small.class;
        }

        @Override
        public Stream<Small> expand(TaskRun run) {
            return Stream.of();
        }
    }

    @Intent("One of what the large one expands into, in a container too")
    @Compute(on = Compute.Platform.FARGATE, memory = 2_048)
    record Small(Year year, int number) implements Idle {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/small/{year}/{number}.csv", this);
        }
    }

    @Intent("Writes among Baton's own objects")
    record Hidden(Year year) implements Idle {
        @Override
        public Target output() {
            return S3Target.at("s3://state/hidden/{year}.csv", this);
        }
    }

    @Intent("What the other pipeline makes")
    record FromBack(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/back/{year}.csv", this);
        }
    }

    @Intent("There")
    record There(Year year) implements Idle {
        @Override
        public List<FromBack> requires() {
            return List.of(new FromBack(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/there/{year}.csv", this);
        }
    }

    @Intent("Makes what another task makes")
    record ThereToo(Year year) implements Idle {
        @Override
        public List<Upload> requires() {
            return List.of(new Upload(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/there/{year}.csv", this);
        }
    }

    @Intent("What the one pipeline makes")
    record FromThere(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/there/{year}.csv", this);
        }
    }

    @Intent("And back")
    record Back(Year year) implements Idle {
        @Override
        public List<FromThere> requires() {
            return Stream.of(new FromThere(year)).toList();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/back/{year}.csv", this);
        }
    }
}
