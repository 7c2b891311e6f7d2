package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Classes that a jar lacks: told where a task surely needs them, and nowhere else.
class ReachedCodeTest {
    @TempDir
    private Path folder;

    private Build build;

    @BeforeEach
    void library() {
        build = new Build(folder)
                .type("org.lib.Base", "public class Base { public static int size() { return 1; } }")
                .type("org.lib.Csv", """
                        public class Csv extends Base implements AutoCloseable {
                            public static final int LIMIT = Integer.parseInt("7");
                            public static int read() { return 1; }
                            public int rows() { return 1; }
                            public void close() {}
                        }
                        """)
                .type("org.lib.Mapper", """
                        public class Mapper {
                            public Mapper() { Base.size(); }
                            public static Mapper of(boolean fast) { return fast ? new Mapper() : null; }
                            public static int guarded() {
                                try { return Base.size(); } catch (NoClassDefFoundError e) { return 0; }
                            }
                            public static int unbranched() { return helper(); }
                            private static int helper() { return Base.size(); }
                            public int virtual() { return Base.size(); }
                        }
                        """)
                .type("org.lib.Started", """
                        public class Started {
                            static final int SIZE = Base.size();
                            public static int size() { return 1; }
                        }
                        """)
                .type("org.lib.Marked", """
                        public @interface Marked {}
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new org.lib.Csv();",
                "org.lib.Csv.read();",
                "int limit = org.lib.Csv.LIMIT;",
                "Object type = org.lib.Csv.class;",
                "Object[] all = new org.lib.Csv[2][3];",
                "java.util.function.Supplier<Object> made = org.lib.Csv::new;",
                "if (year.isLeap()) { org.lib.Csv.read(); }",
                "try (var csv = new org.lib.Csv()) { csv.rows(); }",
                "try (var one = new java.io.StringReader(\"\"); var two = new java.io.StringReader(\"\")) {"
                        + " org.lib.Csv.read(); }",
                "try { org.lib.Csv.read(); } finally { Thread.yield(); }",
                "try { org.lib.Csv.read(); } catch (RuntimeException e) { throw e; }",
                "synchronized (this) { org.lib.Csv.read(); }",
                "Runnable later = () -> org.lib.Csv.read();",
                "Object given = null; ((org.lib.Csv) given).rows();"
            })
    void what_a_task_names_has_to_be_there(String statements) throws Exception {
        assertThat(build.run(statements).findings()).as("whole").isEmpty();
        assertThat(build.without("org.lib.Csv").findings())
                .containsExactly("TSK070 own/Sum: org.lib.Csv is missing: own.Sum in shop.jar needs it, and neither the"
                        + " jars that were given nor Baton's deployed jar nor the JDK has it | give the jar that has it"
                        + " with --jar, beside shop.jar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new org.lib.Csv();",
                "new org.lib.Mapper();",
                "org.lib.Mapper.unbranched();",
                "org.lib.Started.size();"
            })
    void so_does_what_a_library_surely_needs(String statements) throws Exception {
        assertThat(build.run(statements).without("org.lib.Base").findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding)
                        .startsWith("TSK070 ")
                        .contains("org.lib.Base is missing: org.lib.", " in shop.jar needs it"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.lib.Mapper.of(false);",
                "org.lib.Mapper.guarded();",
                "org.lib.Mapper mapper = null; if (mapper != null) { mapper.virtual(); }",
                "try { org.lib.Base.size(); } catch (NoClassDefFoundError e) { Thread.yield(); }",
                "try { org.lib.Base.size(); } catch (Throwable e) { Thread.yield(); }",
                "try { Class.forName(\"org.lib.Base\"); } catch (ClassNotFoundException e) { Thread.yield(); }"
            })
    void what_may_be_missing_is_not_told(String statements) throws Exception {
        assertThat(build.run(statements).without("org.lib.Base").findings()).isEmpty();
    }

    @Test
    void an_annotation_that_only_the_compiler_needs_may_be_missing() throws Exception {
        var helper = "@org.lib.Marked public class Helper { @org.lib.Marked static int one; }";
        var findings = build.type("own.Helper", helper)
                .run("int one = Helper.class.hashCode();")
                .without("org.lib.Marked")
                .findings();
        assertThat(findings).isEmpty();
    }

    @Test
    void every_missing_class_is_told_with_the_first_that_needs_it() throws Exception {
        var findings = build.type("own.inner.Helper", """
                        public class Helper { public static int size() { return org.lib.Base.size(); } }
                        """)
                .run("own.inner.Helper.size(); org.lib.Started.size(); new org.lib.Csv();")
                .without("org.lib.Base", "org.lib.Csv")
                .findings();
        assertThat(findings)
                .satisfiesExactlyInAnyOrder(
                        finding -> assertThat(finding).startsWith("TSK070 own/Helper: org.lib.Base is missing"),
                        finding -> assertThat(finding).startsWith("TSK070 own/Sum: org.lib.Csv is missing"));
    }

    @Test
    void a_class_file_that_functions_are_too_old_for_is_told_wherever_it_is_reached() throws Exception {
        assertThat(build.run("org.lib.Csv.read();").newer("org.lib.Csv").findings())
                .containsExactly("TSK073 own/Csv: org.lib.Csv in shop.jar is a class file of version 99 (Java 55), but"
                        + " functions run Java 21 | compile with --release 21, or take a release of the library that"
                        + " was");
    }
}
