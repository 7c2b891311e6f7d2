package dev.baton.compiler.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.CompiledBucket;
import dev.baton.compiler.internal.Awaiting;
import dev.baton.compiler.internal.Names;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.json.Json;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.graph.TaskGraph;
import java.time.Year;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a bucket's policy says of its writers, also where there are too many to say it of each.
class BucketsTest {

    @ParameterizedTest
    @CsvSource({
        "a/*.csv, a/*.csv, true",
        "a/*.csv, a/*/*.csv, true",
        "a/*/*.csv, a/*.csv, false",
        "runs/p/*/pin.json, runs/p/*/done/Clean-*, false",
        "runs/p/*, runs/p/*/pin.json, true",
        "a/?.csv, a/*.csv, true",
        "a/x.csv, a/y.csv, false",
        "*, a/b, true",
        "a, a, true",
        "a*, b*, false"
    })
    void a_pattern_covers_keys_of_another_as_iam_reads_it(String pattern, String keys, boolean covers) {
        assertThat(Globs.covers(pattern, keys)).isEqualTo(covers);
    }

    @Test
    void usually_each_output_has_its_writer() {
        assertThat(policy("lake", Buckets.Limits.USUAL)).contains("baton-shop-Clean\"", "baton-shop-Load\"");
    }

    @Test
    void many_writers_are_the_roles_of_the_pipeline() {
        assertThat(policy("lake", new Buckets.Limits(1, 100)))
                .contains("role/baton/shop/*", "${LakeBucket}/clean/*.csv", "${LakeBucket}/load/out-*.csv")
                .doesNotContain("baton-shop-Clean");
    }

    @Test
    void of_many_patterns_their_beginnings_stay_but_uploads_are_not_shut_out() {
        assertThat(policy("lake", new Buckets.Limits(1, 1)))
                .contains("role/baton/shop/*", "${LakeBucket}/clean/*\"")
                // Uploads are there too.
                .doesNotContain("${LakeBucket}/load/");
        assertThat(policy(CompiledBucket.STATE, new Buckets.Limits(1, 3)))
                .contains(
                        "${StateBucket}/runs/shop/*\"",
                        "${StateBucket}/completions/dev.baton.compiler.internal.access.")
                .doesNotContain("pin.json");
    }

    private static String policy(String bucket, Buckets.Limits limits) {
        var graph = TaskGraph.of(Pipeline.of("shop", Load.class));
        var classes = TaskClass.of(graph);
        var names = new Names("shop", classes.stream().map(TaskClass::type).toList());
        var roles = new Roles(graph, classes, names, Awaiting.NOTHING, List.of("baton-shop"), List.of());
        return roles.buckets(List.of("lake"), limits).stream()
                .filter(compiled -> compiled.logical().equals(bucket))
                .map(compiled -> Json.print(compiled.policy()))
                .findFirst()
                .orElseThrow();
    }

    @Intent("An upload")
    record Upload(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/load/in-{year}.csv", this);
        }
    }

    @Intent("Cleans")
    record Clean(Year year) implements Task {
        @Override
        public List<Upload> requires() {
            return List.of(new Upload(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/clean/{year}.csv", this);
        }

        @Override
        public void run(TaskRun run) {}
    }

    @Intent("Loads")
    record Load(Year year) implements Task {
        @Override
        public List<Clean> requires() {
            return List.of(new Clean(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/load/out-{year}.csv", this);
        }

        @Override
        public void run(TaskRun run) {}
    }
}
