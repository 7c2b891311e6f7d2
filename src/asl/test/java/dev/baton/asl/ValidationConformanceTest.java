package dev.baton.asl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.definition.Asl;
import dev.baton.asl.definition.AwsWording;
import dev.baton.asl.definition.Definition;
import dev.baton.asl.definition.VariableReferences;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Measures the validation against what the service and others said of definitions. The corpus is data that lies
/// outside of the repository: `-Dbaton.corpus=DIR`.
@EnabledIfSystemProperty(named = "baton.corpus", matches = ".+")
class ValidationConformanceTest {
    private static final Path CORPUS = Path.of(System.getProperty("baton.corpus", "."));

    @Test
    void definitions_of_the_real_world_are_accepted() throws IOException {
        measure("real-world definitions accepted", "validation-realworld", 1.0, ValidationConformanceTest::label);
    }

    @Test
    void labelled_definitions_are_judged_as_their_authors_do() throws IOException {
        measure("labelled definitions, agreeing", "validation-labelled", 0.98, ValidationConformanceTest::label);
    }

    @Test
    void definitions_of_which_an_answer_was_reported_get_that_answer() throws IOException {
        measure("reported definitions, agreeing", "validation-reported", 0.95, ValidationConformanceTest::reported);
    }

    @Test
    void create_state_machine_is_answered_as_the_service_does() throws IOException {
        measure("create: error and message", "validation-aws", 0.95, ValidationConformanceTest::created);
    }

    @Test
    void validate_state_machine_definition_is_answered_as_the_service_does() throws IOException {
        measure("validate: result and diagnostics", "validation-aws", 0.95, ValidationConformanceTest::validated);
    }

    @Test
    void variable_references_are_those_of_the_service() throws IOException {
        measure("variable references", "variable-references", 0.95, ValidationConformanceTest::references);
    }

    @Test
    void what_the_service_ran_is_accepted() throws IOException {
        measure("executed definitions accepted", "execution", 1.0, ValidationConformanceTest::executed);
        measure("reported executions accepted", "execution-reported", 1.0, ValidationConformanceTest::executed);
    }

    @Test
    void states_that_the_service_tested_are_accepted() throws IOException {
        measure("tested states accepted", "test-state", 1.0, ValidationConformanceTest::tested);
    }

    @Test
    void what_is_printed_is_read_again_as_the_same() throws IOException {
        measure("printed and read again", "execution", 1.0, ValidationConformanceTest::roundTrip);
        measure("printed and read again", "validation-realworld", 1.0, ValidationConformanceTest::roundTrip);
    }

    /// What is wrong with the answer to a case: empty when nothing is, null when the case is not of the kind.
    private interface Judge extends Function<Map<String, @Nullable Object>, @Nullable String> {}

    private static void measure(String what, String folder, double floor, Judge judge) throws IOException {
        var wrong = new TreeMap<String, String>();
        var count = 0;
        for (var file : files(CORPUS.resolve(folder))) {
            var json = Json.parseObject(Files.readString(file));
            var problem = judge.apply(json);
            if (problem != null) {
                count++;
                if (!problem.isEmpty()) {
                    wrong.put(String.valueOf(json.get("id")), problem);
                }
            }
        }
        assertThat(count).as("cases of " + folder).isPositive();
        var rate = (count - wrong.size()) / (double) count;
        System.out.printf(
                "asl conformance: %-36s %5.1f %% (%d of %d)%n", what, 100 * rate, count - wrong.size(), count);
        wrong.forEach((id, problem) -> System.out.println("  " + id + ": " + problem));
        assertThat(rate).as(what).isGreaterThanOrEqualTo(floor);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static @Nullable String label(Map<String, @Nullable Object> json) {
        var definition = definition(json);
        var accepted = definition.isValid();
        return accepted == "valid".equals(json.get("label"))
                ? ""
                : (accepted ? "accepted" : "refused: " + AwsWording.invalidDefinition(definition.findings()));
    }

    private static @Nullable String executed(Map<String, @Nullable Object> json) {
        var definition = definition(json);
        return definition.isValid() ? "" : AwsWording.invalidDefinition(definition.findings());
    }

    private static @Nullable String tested(Map<String, @Nullable Object> json) {
        var text = text(json);
        if (map(json.get("definition")).containsKey("States")) {
            return executed(json);
        }
        var definition = Asl.parseState(String.valueOf(json.get("id")), text, StateMachineType.STANDARD);
        return definition.isValid() ? "" : AwsWording.invalidDefinition(definition.findings());
    }

    private static @Nullable String roundTrip(Map<String, @Nullable Object> json) {
        var definition = definition(json);
        if (definition.machine() == null) {
            return "no machine";
        }
        var printed = definition.machine().toJson();
        var again = Asl.parse("again", printed).machine();
        if (!definition.machine().equals(again)) {
            return "another machine was read";
        }
        return withoutEmptyLists(Json.parse(printed)).equals(withoutEmptyLists(Json.parse(text(json))))
                ? ""
                : "something was lost: " + printed;
    }

    /// An empty Retry or Catch says the same as none.
    private static Object withoutEmptyLists(@Nullable Object json) {
        return switch (json) {
            case null -> "null";
            case Map<?, ?> object -> {
                var kept = new TreeMap<Object, Object>();
                object.forEach((name, value) -> {
                    if (!Set.of("Retry", "Catch").contains(name) || !List.of().equals(value)) {
                        kept.put(name, withoutEmptyLists(value));
                    }
                });
                yield kept;
            }
            case List<?> array ->
                array.stream().map(ValidationConformanceTest::withoutEmptyLists).toList();
            default -> json;
        };
    }

    private static @Nullable String reported(Map<String, @Nullable Object> json) {
        var problem = label(json);
        if (problem == null || !problem.isEmpty()) {
            return problem;
        }
        var expect = map(json.get("expect"));
        var expected = list(expect.get("diagnostics"));
        var actual = diagnostics(definition(json));
        return switch (String.valueOf(expect.get("match"))) {
            case "exact" -> new HashSet<>(expected).equals(new HashSet<>(actual)) ? "" : "said " + actual;
            case "contains" -> actual.containsAll(expected) ? "" : "said " + actual;
            default -> {
                for (var each : expected) {
                    var code = map(each).get("code");
                    var fragment = String.valueOf(map(each).get("message"));
                    if (actual.stream()
                            .noneMatch(said -> said.get("code").equals(code)
                                    && said.get("message").contains(fragment))) {
                        yield "said " + actual;
                    }
                }
                yield "";
            }
        };
    }

    private static @Nullable String created(Map<String, @Nullable Object> json) {
        if (!"create".equals(json.get("kind")) || !json.containsKey("expect")) {
            return null;
        }
        var definition = definition(json);
        var expect = map(json.get("expect"));
        if (Boolean.TRUE.equals(expect.get("accepted"))) {
            return definition.isValid() ? "" : AwsWording.invalidDefinition(definition.findings());
        }
        if (definition.isValid()) {
            return "accepted";
        }
        var message = AwsWording.invalidDefinition(definition.findings());
        return "InvalidDefinition".equals(expect.get("error")) && message.equals(expect.get("message")) ? "" : message;
    }

    private static @Nullable String validated(Map<String, @Nullable Object> json) {
        if (!"validate".equals(json.get("kind")) || !json.containsKey("expect")) {
            return null;
        }
        var definition = definition(json);
        var expect = map(json.get("expect"));
        if (definition.isValid() != "OK".equals(expect.get("result"))) {
            return "result is " + (definition.isValid() ? "OK" : "FAIL");
        }
        var actual = diagnostics(definition);
        return new HashSet<>(list(expect.get("diagnostics"))).equals(new HashSet<>(actual)) ? "" : "said " + actual;
    }

    private static @Nullable String references(Map<String, @Nullable Object> json) {
        if (!json.containsKey("expect")) {
            return null;
        }
        var actual = new TreeMap<String, Set<String>>();
        VariableReferences.of(definition(json).orThrow().toJson())
                .forEach((state, variables) -> actual.put(state, new LinkedHashSet<>(variables)));
        var expected = new TreeMap<String, Set<Object>>();
        map(map(json.get("expect")).get("variableReferences"))
                .forEach((state, variables) -> expected.put(state, new LinkedHashSet<>(list(variables))));
        return actual.equals(expected) ? "" : "said " + actual + ", expected " + expected;
    }

    private static List<Map<String, String>> diagnostics(Definition definition) {
        var all = new ArrayList<Map<String, String>>();
        for (var finding : definition.findings()) {
            if (finding.diagnostic().isError()) {
                var said = new TreeMap<String, String>();
                said.put("severity", "ERROR");
                said.put("code", finding.aws().code());
                said.put("message", finding.aws().message());
                if (!finding.aws().location().isEmpty()) {
                    said.put("location", finding.aws().location());
                }
                all.add(said);
            }
        }
        return all;
    }

    private static Definition definition(Map<String, @Nullable Object> json) {
        var type = "EXPRESS".equals(json.get("machine_type")) ? StateMachineType.EXPRESS : StateMachineType.STANDARD;
        return Asl.parse(String.valueOf(json.get("id")), text(json), type);
    }

    private static String text(Map<String, @Nullable Object> json) {
        return json.get("definition_text") instanceof String text ? text : Json.print(json.get("definition"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(@Nullable Object json) {
        return json == null ? Map.of() : (Map<String, @Nullable Object>) json;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object json) {
        return json == null ? List.of() : (List<Object>) json;
    }
}
