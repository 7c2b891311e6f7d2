package dev.baton.compiler.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.internal.AwaitClasses;
import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.compiler.internal.policy.Globs;
import dev.baton.compiler.internal.policy.KeyPrefixes;
import dev.baton.graph.CheckedGraph;
import dev.baton.json.Json;
import dev.baton.run.Prefix;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.time.Year;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a bucket's policy says of its writers.
class BucketCompilerTest {

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
    void an_output_beside_uploads_keeps_its_own_pattern_and_others_their_folder() {
        assertThat(policy("lake"))
                .contains("${LakeBucket}/clean/*\"", "${LakeBucket}/load/out-*.csv\"")
                .doesNotContain("${LakeBucket}/load/*");
    }

    @Test
    void what_many_patterns_begin_with_stands_for_them_but_never_for_what_is_spared() {
        var many = List.of("p1/a/*", "p1/b/*", "p1/c/x-*.csv", "p2/a/*", "q/*");
        assertThat(KeyPrefixes.atMost(9, many, List.of())).containsExactlyElementsOf(many);
        assertThat(KeyPrefixes.atMost(3, many, List.of())).containsExactly("p1/*", "p2/a/*", "q/*");
        assertThat(KeyPrefixes.atMost(2, many, List.of())).containsExactly("p*", "q/*");
        assertThat(KeyPrefixes.atMost(1, many, List.of()))
                .as("nothing in common")
                .containsExactly("p*", "q/*");
        assertThat(KeyPrefixes.atMost(1, many, List.of("p1/landing/*.csv")))
                .containsExactly("p1/a/*", "p1/b/*", "p1/c/x-*.csv", "p2/a/*", "q/*");
        assertThat(KeyPrefixes.atMost(1, many, List.of("p3/*"))).containsExactly("p1/*", "p2/a/*", "q/*");
        assertThat(KeyPrefixes.folders(List.of("a/b/*/c.csv", "a/x-*.csv", "*.csv"), List.of("a/in-*.csv")))
                .containsExactlyInAnyOrder("a/b/*", "a/x-*.csv", "*.csv");
    }

    private static String policy(String bucket) {
        var graph = CheckedGraph.of(Pipeline.of("shop", Load.class)).orThrow();
        var classes = TaskClass.of(graph);
        var names = new ResourceNames(
                Prefix.BATON, "shop", classes.stream().map(TaskClass::type).toList());
        var roles = new RoleCompiler(
                graph, classes, names, AwaitClasses.NOTHING, List.of("baton-shop"), List.of(), false, false);
        return roles.buckets(List.of("lake")).stream()
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
