package dev.baton.run.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which edits of a pipeline's sources change what its graph is, for some parameters or other.
class GraphCodeTest {
    private static final Map<String, String> SOURCES = Map.of(
            "shop/Prices.java", """
                    package shop;
                    import dev.baton.task.*;
                    import java.util.List;
                    import java.util.stream.Stream;
                    @Intent("prices")
                    public record Prices(int n) implements Task {
                        private static int last(int n) { return Calendar.before(n); }
                        private static String shown(double x) { return Rounding.round(x); }
                        public List<Stock> requires() {
                            return Stream.of(1).map(less -> new Stock(last(n) - less)).toList();
                        }
                        public Target output() { return S3Target.at("s3://lake/prices/{n}", this); }
                        public void run(TaskRun run) throws Exception {
                            var found = Stream.of(1.5).map(x -> shown(x)).toList();
                            Reading.all(run.input(requires().get(0)));
                            run.output().text(found.toString());
                        }
                    }
                    """,
            "shop/Stock.java", """
                    package shop;
                    import dev.baton.task.*;
                    @Intent("stock")
                    @Reaches(resources = "shop/shops.csv")
                    public record Stock(int n) implements Task {
                        public Target output() { return S3Target.at("s3://lake/stock/{n}", this); }
                        public void run(TaskRun run) throws Exception { run.output().text("none"); }
                    }
                    """,
            "shop/Calendar.java", """
                    package shop;
                    final class Calendar {
                        private static final int DAY = Integer.getInteger("none", 1);
                        static int before(int n) { return less(n); }
                        private static int less(int n) { return n - DAY; }
                    }
                    """,
            "shop/Rounding.java",
                    "package shop; final class Rounding { static String round(double x) { return \"\" + x; } }",
            "shop/Reading.java", """
                    package shop;
                    import dev.baton.task.*;
                    final class Reading { static String all(Input in) throws Exception { return in.text(); } }
                    """,
            "shop/shops.csv", "north,south");

    @TempDir
    private Path folder;

    private String hash(Map<String, String> sources, String... options) throws Exception {
        return new Compiled(folder).of(sources, List.of(options), loader -> {
            var classes = new ArrayList<Class<?>>();
            for (var name : List.of("Prices", "Stock")) {
                classes.add(loader.loadClass("shop." + name));
            }
            return GraphCode.of(classes);
        });
    }

    private String edited(String file, String from, String to, String... options) throws Exception {
        var sources = new TreeMap<>(SOURCES);
        assertThat(sources.get("shop/" + file)).contains(from);
        sources.put("shop/" + file, sources.get("shop/" + file).replace(from, to));
        return hash(sources, options);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Prices.java   | last(n) - less     | last(n) - (n == 1789 ? 2 : less)
            Prices.java   | lake/prices/       | lake/price/
            Prices.java   | before(n); }       | before(n + 1); }
            Calendar.java | n - DAY            | n == 1789 ? n : n - DAY
            Calendar.java | less(n); }         | less(n) + 1; }
            Calendar.java | "none", 1          | "none", 2
            Stock.java    | lake/stock/        | lake/stocks/
            shops.csv     | north              | west
            """)
    void what_says_what_the_graph_is_changes_it(String file, String from, String to) throws Exception {
        assertThat(edited(file, from, to)).isNotEqualTo(hash(SOURCES));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Prices.java   | Stream.of(1.5)     | Stream.of(2.5)
            Prices.java   | return Rounding    | return "a" + Rounding
            Prices.java   | found.toString()   | found + "!"
            Stock.java    | "none"             | "nothing"
            Rounding.java | "" + x             | " " + x
            Reading.java  | in.text()          | in.text() + "."
            Prices.java   | @Intent("prices")  | @Intent("all prices") @Retries(5)
            """)
    void what_only_runs_reach_and_declarations_do_not(String file, String from, String to) throws Exception {
        assertThat(edited(file, from, to)).isEqualTo(hash(SOURCES));
    }

    @Test
    void comments_lines_and_debug_information_change_nothing() throws Exception {
        assertThat(edited("Calendar.java", "package shop;", "// a comment\n\npackage shop;", "-g"))
                .isEqualTo(hash(SOURCES, "-g:none", "--release", "21"));
    }
}
