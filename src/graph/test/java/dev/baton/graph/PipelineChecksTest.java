package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import java.time.Year;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pipelines beside each other.
class PipelineChecksTest {

    @Intent("uploads")
    record Raw(Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/raw/{year}.csv", this);
        }
    }

    @Intent("makes clean from raw")
    record Clean(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Raw(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/clean/{year}.csv", this);
        }
    }

    @Intent("clean, made by another pipeline")
    record CleanElsewhere(Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/clean/{year}.csv", this);
        }
    }

    @Intent("makes a report from clean")
    record Report(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new CleanElsewhere(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/report/{year}.csv", this);
        }
    }

    @Intent("report, made by another pipeline")
    record ReportElsewhere(Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/report/{year}.csv", this);
        }
    }

    @Intent("makes raw from reports")
    record Back(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new ReportElsewhere(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/raw/{year}.csv", this);
        }
    }

    @Intent("clean too")
    record CleanToo(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/clean/{year}.csv", this);
        }
    }

    private static final Pipeline CLEAN = Pipeline.of("clean", Clean.class);
    private static final Pipeline REPORT = Pipeline.of("report", Report.class);
    private static final Pipeline BACK = Pipeline.of("back", Back.class);

    @Test
    void one_pipeline_may_require_what_another_makes() {
        assertThat(messages(CLEAN, REPORT)).isEmpty();
        assertThat(messages(REPORT, BACK)).isEmpty();
    }

    @Test
    void pipelines_that_start_each_other_for_ever_are_refused() {
        assertThat(messages(CLEAN, REPORT, BACK))
                .containsExactly("TSK051 back: the pipelines start each other for ever: back -> clean -> report ->"
                        + " back; s3://lake/raw/{year}.csv can match the trigger s3://lake/raw/{year}.csv of clean");
    }

    @Test
    void a_target_that_two_pipelines_make_is_refused() {
        assertThat(messages(CLEAN, Pipeline.of("other", CleanToo.class)))
                .containsExactly("TSK050 clean/Clean: output s3://lake/clean/{year}.csv is also made by the pipeline"
                        + " other, as CleanToo s3://lake/clean/{year}.csv");
    }

    @Test
    void one_task_that_two_pipelines_have_is_right() {
        assertThat(messages(CLEAN, Pipeline.of("monthly", Clean.class))).isEmpty();
    }

    private static List<String> messages(Pipeline... pipelines) {
        return PipelineChecks.check(Arrays.stream(pipelines)
                        .map(pipeline -> CheckedGraph.of(pipeline).orThrow())
                        .toList())
                .stream()
                .map((Diagnostic finding) -> finding.code() + " " + finding.location() + ": " + finding.message())
                .toList();
    }
}
