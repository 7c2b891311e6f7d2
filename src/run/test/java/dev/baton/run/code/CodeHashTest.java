package dev.baton.run.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.run.decision.CodeChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which edits of a source change which task's code hash.
class CodeHashTest {
    private static final String TASK = """
            package shop;
            import dev.baton.task.*;
            @Intent("prices")
            public record %s(int n) implements Task {
                public Target output() { return S3Target.at("s3://lake/%s/{n}", this); }
                public void run(TaskRun run) throws Exception { run.output().text(%s); }
            }
            """;
    private static final Map<String, String> SOURCES = Map.of(
            "shop/Prices.java", TASK.formatted("Prices", "prices", "Rounding.round(1.5)"),
            "shop/Stock.java", TASK.formatted("Stock", "stock", "\"none\""),
            "shop/Rounding.java",
                    "package shop; final class Rounding { static String round(double x) { return Digits.of(x); } }",
            "shop/Digits.java", "package shop; final class Digits { static String of(double x) { return \"\" + x; } }",
            "shop/Kinds.java", """
                    package shop;
                    import dev.baton.task.*;
                    public final class Kinds {
                        public record One(int n) implements Task {
                            public Target output() { return S3Target.at("s3://lake/1/{n}", this); }
                            public void run(TaskRun run) {}
                        }
                        public record Two(int n) implements Task {
                            public Target output() { return S3Target.at("s3://lake/2/{n}", this); }
                            public void run(TaskRun run) {}
                        }
                        @Reaches(classes = Digits.class, resources = "shop/table.csv")
                        public record Table(int n) implements Task {
                            public Target output() { return S3Target.at("s3://lake/t/{n}", this); }
                            public void run(TaskRun run) {}
                        }
                    }
                    """);

    @TempDir
    private Path folder;

    private Map<String, String> hashes(Map<String, String> edits, String... options) throws Exception {
        var sources = new TreeMap<>(SOURCES);
        sources.putIfAbsent("shop/table.csv", "a,b");
        sources.putAll(edits);
        return new Compiled(folder).of(sources, List.of(options), loader -> {
            var hashes = new TreeMap<String, String>();
            for (var name : List.of("Prices", "Stock", "Kinds$One", "Kinds$Two", "Kinds$Table")) {
                hashes.put(name, CodeHash.of(loader.loadClass("shop." + name)));
            }
            return hashes;
        });
    }

    @Test
    void comments_lines_debug_information_and_declarations_change_nothing() throws Exception {
        var before = hashes(Map.of());
        var moved = "// a comment\n\n\n" + SOURCES.get("shop/Digits.java");
        var declared = SOURCES.get("shop/Prices.java")
                .replace("@Intent(\"prices\")", "@Intent(\"all prices\") @Retries(5) @Owner(\"us\")");

        assertThat(hashes(Map.of("shop/Digits.java", moved, "shop/Prices.java", declared), "-g"))
                .isEqualTo(before);
        assertThat(hashes(Map.of(), "-g:none", "--release", "21")).isEqualTo(before);
    }

    @Test
    void an_edited_helper_changes_just_the_tasks_that_reach_it() throws Exception {
        var before = hashes(Map.of());
        var edited = hashes(
                Map.of("shop/Digits.java", SOURCES.get("shop/Digits.java").replace("\"\" + x", "\" \" + x")));

        assertThat(changed(before, edited)).containsExactly("Kinds$Table", "Prices");
    }

    @Test
    void an_edited_neighbour_in_the_same_file_changes_nothing() throws Exception {
        var before = hashes(Map.of());
        var edited =
                hashes(Map.of("shop/Kinds.java", SOURCES.get("shop/Kinds.java").replace("lake/1/", "lake/one/")));

        assertThat(changed(before, edited)).containsExactly("Kinds$One");
    }

    private static final String REQUIRED = """
            package shop;
            import dev.baton.task.*;
            @Intent("stock")
            public record Stock(int n) implements Task {
                public Target output() { return S3Target.at("s3://lake/stock/{n}", this); }
                public void run(TaskRun run) throws Exception { run.output().text(none()); }
                private String none() { return "none"; }
                static String read(Input in) throws Exception { return trimmed(in.text()); }
                private static String trimmed(String text) { return text.strip(); }
                public String label() { return "stock"; }
                public java.util.List<Task> requires() { return java.util.List.of(); }
            }
            """;
    private static final Map<String, String> REQUIRING = Map.of("shop/Stock.java", REQUIRED, "shop/Prices.java", """
            package shop;
            import dev.baton.task.*;
            @Intent("prices")
            public record Prices(int n) implements Task {
                public java.util.List<Stock> requires() { return java.util.List.of(new Stock(n)); }
                public Target output() { return S3Target.at("s3://lake/prices/{n}", this); }
                public void run(TaskRun run) throws Exception {
                    run.output().text(Stock.read(run.input(new Stock(n))));
                }
            }
            """);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            return "none"         | return "nothing"       | Stock
            run.output().text(    | run.output().text(n +  | Stock
            text.strip()          | text.trim()            | Prices Stock
            trimmed(in.text())    | in.text()              | Prices Stock
            return "stock"        | return "stocks"        | Prices Stock
            record Stock(int n)   | record Stock(long n)   | Prices Stock
            lake/stock/           | lake/stocks/           | Prices Stock
            List.of(); }          | List.<Task>of((Task[]) new Stock[0]); } | Stock
            """)
    void of_a_task_that_is_required_only_what_can_be_called_counts(String from, String to, String changed)
            throws Exception {
        assertThat(REQUIRED).contains(from);
        var edited = new TreeMap<>(REQUIRING);
        edited.put("shop/Stock.java", REQUIRED.replace(from, to));

        assertThat(changed(required(REQUIRING), required(edited))).isEqualTo(List.of(changed.split(" ")));
    }

    @Test
    void a_task_that_another_calls_through_an_interface_counts_whole() throws Exception {
        var calling = new TreeMap<>(REQUIRING);
        calling.put(
                "shop/Prices.java",
                REQUIRING
                        .get("shop/Prices.java")
                        .replace("run.output().text(", "Task it = new Stock(n); it.run(run); //"));
        var edited = new TreeMap<>(calling);
        edited.put("shop/Stock.java", REQUIRED.replace("return \"none\"", "return \"nothing\""));

        assertThat(changed(required(calling), required(edited))).containsExactly("Prices", "Stock");
    }

    private Map<String, String> required(Map<String, String> sources) throws Exception {
        return new Compiled(folder).of(new TreeMap<>(sources), List.of(), loader -> {
            var hashes = new TreeMap<String, String>();
            for (var name : List.of("Prices", "Stock")) {
                hashes.put(name, CodeHash.of(loader.loadClass("shop." + name)));
            }
            return hashes;
        });
    }

    @Test
    void the_parts_name_the_class_and_the_resource_that_were_edited() throws Exception {
        var edits = Map.of(
                "shop/Digits.java",
                SOURCES.get("shop/Digits.java").replace("\"\" + x", "\" \" + x"),
                "shop/table.csv",
                "a,c");

        assertThat(CodeChange.between(parts(Map.of()), parts(edits)))
                .containsExactly(
                        new CodeChange("class", "shop.Digits", CodeChange.Way.CHANGED),
                        new CodeChange("resource", "shop/table.csv", CodeChange.Way.CHANGED));
    }

    private Map<String, String> parts(Map<String, String> edits) throws Exception {
        var sources = new TreeMap<>(SOURCES);
        sources.putIfAbsent("shop/table.csv", "a,b");
        sources.putAll(edits);
        return new Compiled(folder)
                .of(
                        sources,
                        List.of(),
                        loader -> CodeParts.of(loader.loadClass("shop.Kinds$Table"))
                                .hashes());
    }

    @Test
    void a_declared_resource_counts_and_a_missing_one_is_told() throws Exception {
        var before = hashes(Map.of());

        assertThat(changed(before, hashes(Map.of("shop/table.csv", "a,c")))).containsExactly("Kinds$Table");
        var source = SOURCES.get("shop/Kinds.java").replace("shop/table.csv", "shop/none.csv");
        assertThatThrownBy(() -> hashes(Map.of("shop/Kinds.java", source)))
                .hasMessage("@Reaches of Table names the resource shop/none.csv, which is not on the class path");
    }

    private static List<String> changed(Map<String, String> before, Map<String, String> after) {
        return before.keySet().stream()
                .filter(name -> !before.get(name).equals(after.get(name)))
                .toList();
    }
}
