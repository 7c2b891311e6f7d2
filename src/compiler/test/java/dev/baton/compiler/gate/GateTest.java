package dev.baton.compiler.gate;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each `NAME.asl.json` has a `NAME.findings` that says what the gate has against it and what it costs, under
/// `NAME.gate.json` if there is one. `-Dbaton.rewrite=true` writes the findings anew, to be read before they are
/// committed.
class GateTest {
    private static final Path FOLDER = Path.of("test/resources/gate");
    private static final boolean REWRITE = Boolean.getBoolean("baton.rewrite");

    @TestFactory
    Stream<DynamicTest> everything_that_breaks_a_rule_is_found() throws IOException {
        return definitions().stream()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    var expected = FOLDER.resolve(name(file) + ".findings");
                    var found = found(file);
                    if (REWRITE) {
                        Files.writeString(expected, found);
                    }
                    assertThat(found).isEqualTo(Files.readString(expected));
                }));
    }

    @Test
    void every_rule_is_shown_by_an_example() throws IOException {
        var shown = definitions().stream()
                .flatMap(file -> findings(file).stream())
                .map(Diagnostic::code)
                .collect(toSet());
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(GateRule.values()).map(GateRule::code).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no JSON                                       | is not a JSON object
            {"rule": {}}                                  | it has a member rule; there are [approvals, cost,
            {"rules": {"GAT099": "error"}}                | knows no rule GAT099
            {"rules": {"GAT001": "fatal"}}                | says GAT001 is "fatal"; it is error, warning or off
            {"rules": []}                                 | rules is an object, but was array
            {"cost": {"ceilingDollars": "1"}}             | ceilingDollars is a number of 0 or more, but was "1"
            {"cost": {"ceilingDollars": -1}}              | ceilingDollars is a number of 0 or more, but was -1
            {"cost": {"ceiling": 1}}                      | cost has a member ceiling
            {"approvals": {}}                             | approvals is a list, but was object
            {"approvals": [{"before": ["x"]}]}            | an approval names what it is before and what it is by
            {"approvals": [{"before": "x", "by": ["y"]}]} | before is a list of patterns, but was "x"
            """)
    void a_policy_file_that_says_something_else_is_refused(String text, String why) {
        var thrown = catchThrowableOfType(DiagnosticException.class, () -> GatePolicy.parse("gate.json", text));
        assertThat(thrown.diagnostics()).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("GAT010");
            assertThat(finding.message()).contains(why);
        });
    }

    @Test
    void an_empty_policy_file_is_the_default() {
        assertThat(GatePolicy.parse("gate.json", "{}")).isEqualTo(GatePolicy.DEFAULT);
    }

    @Test
    void a_machine_of_very_many_states_is_counted() {
        var states = new LinkedHashMap<String, Object>();
        for (var i = 0; i < 20_000; i++) {
            states.put("S" + i, Map.of("Type", "Pass", "Next", "S" + (i + 1)));
        }
        states.put("S20000", Map.of("Type", "Succeed"));
        var cost = Objects.requireNonNull(Gate.cost(Json.print(Map.of("StartAt", "S0", "States", states))));
        assertThat(cost.transitions()).isEqualTo(20_002);
        assertThat(cost.dollars(new BigDecimal("0.025"))).isEqualByComparingTo("0.50005");
    }

    @Test
    void whatever_stands_where_something_else_should_the_gate_does_not_stumble() throws IOException {
        var seed = Long.getLong("baton.seed", System.nanoTime());
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var policy = GatePolicy.parse("all", """
                {"approvals": [{"before": ["*"], "by": ["*approve*"]}],
                "cost": {"ceilingDollars": 0, "ceilingDollarsPerItem": 0}}""");
        for (var file : definitions()) {
            var whole = Json.parse(Files.readString(file));
            for (var i = 0; i < 150; i++) {
                var text = Json.print(spoiled(whole, random, i % 5 == 0 ? 3 : 20));
                assertThatCode(() -> {
                            Gate.check("spoiled", text, policy);
                            var cost = Gate.cost(text);
                            if (cost != null) {
                                assertThat(cost.transitions()).isPositive();
                                assertThat(cost.told(policy.perThousand())).contains(" transitions");
                            }
                        })
                        .as("seed %d: %s", seed, text)
                        .doesNotThrowAnyException();
            }
        }
    }

    /// The same value, in which every so often something else stands.
    private static Object spoiled(Object value, RandomGenerator random, int seldom) {
        if (random.nextInt(seldom) == 0) {
            var junk = Arrays.asList(
                    null,
                    0L,
                    -1L,
                    Long.MAX_VALUE,
                    1e300,
                    true,
                    "",
                    "x",
                    "{% $x %}",
                    "$.x",
                    "${X}",
                    List.of(),
                    Map.of(),
                    "arn:aws:states:::lambda:invoke",
                    "arn:aws:states:::lambda:invoke.waitForTaskToken");
            return junk.get(random.nextInt(junk.size()));
        }
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, Object>();
                map.forEach((name, member) -> copy.put((String) name, spoiled(member, random, seldom)));
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<Object>();
                list.forEach(element -> copy.add(spoiled(element, random, seldom)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    private static List<Path> definitions() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".asl.json"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".asl.json", "");
    }

    private static List<Diagnostic> findings(Path file) {
        try {
            return Gate.check(file.getFileName().toString(), Files.readString(file), policy(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GatePolicy policy(Path file) throws IOException {
        var policy = FOLDER.resolve(name(file) + ".gate.json");
        return Files.exists(policy)
                ? GatePolicy.parse(policy.toString(), Files.readString(policy))
                : GatePolicy.DEFAULT;
    }

    private static String found(Path file) throws IOException {
        var cost = Gate.cost(Files.readString(file));
        return findings(file).stream().map(finding -> finding + "\n\n").collect(joining())
                + (cost == null ? "no graph" : cost.told(GatePolicy.DEFAULT.perThousand()))
                + "\n";
    }
}
