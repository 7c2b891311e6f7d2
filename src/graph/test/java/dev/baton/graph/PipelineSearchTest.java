package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Service entries and providers that are wrong or fail, each told with its jar, its class and what to do.
class PipelineSearchTest {
    @TempDir
    private Path folder;

    private Build build() {
        return new Build(folder);
    }

    private List<String> provider(String source) throws IOException {
        return build().type("own.Provider", source).findings();
    }

    @Test
    void comments_empty_lines_and_a_provider_that_is_named_twice_are_right() throws IOException {
        assertThat(build().entry("# ours\n\n  own.Provider  # the shop's\nown.Provider\n")
                        .findings())
                .isEmpty();
    }

    @Test
    void an_entry_that_names_no_class_is_told() throws IOException {
        assertThat(build().entry("own.Povider\nown/Provider\n").findings())
                .satisfiesExactly(
                        finding -> assertThat(finding)
                                .startsWith("TSK072 shop.jar: META-INF/services/dev.baton.task.PipelineProvider names"
                                        + " own.Povider, which is in no jar that was given | name the class"),
                        finding -> assertThat(finding).contains("own/Provider"));
    }

    @Test
    void a_class_that_is_not_a_provider_is_told() throws IOException {
        assertThat(build().entry("own.Sum\n").findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding)
                        .contains("names own.Sum, which does not implement dev.baton.task.PipelineProvider"));
    }

    @Test
    void a_provider_that_nobody_can_make_is_told() throws IOException {
        var pipelines = " implements PipelineProvider { public List<Pipeline> pipelines() { return List.of(); } ";
        assertThat(provider("final class Provider" + pipelines + "}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding).contains("own.Provider, which is not public"));
        assertThat(provider("public abstract class Provider" + pipelines + "}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding).contains("own.Provider, which is abstract"));
        assertThat(provider("public class Provider" + pipelines + "public Provider(int number) {} }"))
                .singleElement()
                .satisfies(finding -> assertThat(finding).contains("has no public constructor without parameters"));
    }

    @Test
    void whatever_a_provider_throws_is_told_with_the_line_and_without_its_stack() throws IOException {
        for (var thrown :
                List.of("IllegalStateException", "AssertionError", "OutOfMemoryError", "ExceptionInInitializerError")) {
            var made = provider("""
                    public class Provider implements PipelineProvider {
                        public Provider() { throw new %s("no"); }
                        public List<Pipeline> pipelines() { return List.of(); }
                    }
                    """.formatted(thrown));
            assertThat(made)
                    .singleElement()
                    .satisfies(finding -> assertThat(finding)
                            .startsWith("TSK072 shop.jar: the constructor of own.Provider failed: java.lang." + thrown)
                            .contains(", at own.Provider.<init>(Provider.java:6)"));
        }
        assertThat(provider("""
                public class Provider implements PipelineProvider {
                    public List<Pipeline> pipelines() { return pipelines(); }
                }
                """))
                .singleElement()
                .satisfies(finding -> assertThat(finding)
                        .startsWith("TSK072 shop.jar: pipelines() of own.Provider failed: java.lang.StackOverflowError")
                        .endsWith(" | end the recursion in own.Provider"));
        assertThat(provider("""
                public class Provider implements PipelineProvider {
                    static final int NUMBER = Integer.parseInt("seven");
                    public List<Pipeline> pipelines() { return List.of(); }
                }
                """))
                .singleElement()
                .satisfies(finding -> assertThat(finding)
                        .contains("NumberFormatException: For input string: \"seven\", at own.Provider.<clinit>")
                        .endsWith(" | mend the static initialiser that own.Provider needs"));
        assertThat(provider("""
                public class Provider implements PipelineProvider {
                    public List<Pipeline> pipelines() { return null; }
                }
                """))
                .singleElement()
                .satisfies(finding -> assertThat(finding).contains("which answered null"));
    }

    @Test
    void a_class_that_the_jvm_does_not_link_is_told() throws IOException {
        assertThat(build().newer("own.Provider").findings())
                .containsExactly("TSK073 shop.jar: own.Provider in shop.jar is a class file of version 99 (Java 55),"
                        + " but functions run Java 21 | compile with --release 21, or take a release of the library"
                        + " that was");
        assertThat(build().without("own.Sum").findings())
                .containsExactly("TSK071 shop.jar: pipelines() of own.Provider failed: java.lang.NoClassDefFoundError:"
                        + " own/Sum, at own.Provider.pipelines(Provider.java:6) | give the jar that has this class with"
                        + " --jar, beside the one that needs it");
        var extending = build().type("org.lib.Base", "public class Base {}")
                .type("own.Provider", """
                        public class Provider extends org.lib.Base implements PipelineProvider {
                            public List<Pipeline> pipelines() { return List.of(); }
                        }
                        """)
                .without("org.lib.Base")
                .findings();
        assertThat(extending)
                .singleElement()
                .satisfies(finding -> assertThat(finding)
                        .startsWith("TSK071 shop.jar: the class of own.Provider failed:"
                                + " java.lang.NoClassDefFoundError: org/lib/Base"));
    }

    @Test
    void errors_of_a_task_that_is_asked_are_told_like_those_of_its_provider() throws IOException {
        var task = """
                @Intent("The sum of a year") public record Sum(Year year) implements Task {
                    public List<Task> requires() { %s }
                    public Target output() { return S3Target.at("s3://lake/sums/{year}.txt", this); }
                    public void run(TaskRun run) {}
                }
                """;
        assertThat(build().type("own.Sum", task.formatted("return requires();")).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding).startsWith("TSK006 own/Sum: requires() of Sum["));
        assertThat(build().type("own.Sum", task.formatted("throw new AssertionError(7);"))
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding).startsWith("TSK006 own/Sum: requires() of Sum["));
        assertThat(build().type("org.lib.Base", "public class Base { public static int one() { return 1; } }")
                        .type("own.Sum", task.formatted("org.lib.Base.one(); return List.of();"))
                        .without("org.lib.Base")
                        .findings())
                .satisfiesExactlyInAnyOrder(
                        finding -> assertThat(finding)
                                .startsWith("TSK071 own/Sum: requires() of own.Sum in shop.jar failed"),
                        finding -> assertThat(finding).startsWith("TSK070 own/Sum: org.lib.Base is missing"));
    }

    @Test
    void a_component_of_a_class_that_is_missing_is_told() throws IOException {
        var findings = build().type("org.lib.Base", "public enum Base { ONE, TWO }")
                .type("own.Sum", """
                        @Intent("The sum of a year") public record Sum(org.lib.Base base) implements Task {
                            public List<Task> requires() { return List.of(); }
                            public Target output() { return S3Target.at("s3://lake/sums/{base}.txt", this); }
                            public void run(TaskRun run) {}
                        }
                        """)
                .without("org.lib.Base")
                .findings();
        assertThat(findings)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding).contains("org", "Base"));
    }

    @Test
    void two_pipelines_of_one_name_are_told_with_their_jars() throws IOException {
        assertThat(provider("""
                public class Provider implements PipelineProvider {
                    public List<Pipeline> pipelines() {
                        return List.of(Pipeline.of("own", Sum.class), Pipeline.of("own", Sum.class));
                    }
                }
                """))
                .containsExactly("TSK074 own: two pipelines have this name: that of own.Sum in shop.jar and that"
                        + " of own.Sum in shop.jar | give one of them another name, or do not give both jars");
    }
}
