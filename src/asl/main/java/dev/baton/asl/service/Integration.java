package dev.baton.asl.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An optimized integration: the patterns that it has besides request-response, and what it takes.
///
/// They stand in `optimized-integrations.txt`, whose head tells how.
///
/// @param parameters by their names; none where they are those of the model alone
/// @param required those of them that must be there
/// @param input what the service's API takes, where the integration takes the same
public record Integration(
        Set<String> patterns, Set<String> parameters, List<String> required, Shape.@Nullable Structure input) {
    private static final Map<String, Integration> ALL = all();

    /// @param action such as `lambda:invoke`
    public static @Nullable Integration named(String action) {
        return ALL.get(action);
    }

    /// All names that it takes.
    public Set<String> names() {
        if (input == null) {
            return parameters;
        }
        var names = new LinkedHashSet<>(parameters);
        names.addAll(input.members());
        return names;
    }

    /// The words in which the service refuses some parameters; empty where the integration would start with them. What
    /// is null is there: what it means is for the service that is called to say.
    public List<String> problems(Map<String, ?> given) {
        var problems = new ArrayList<String>();
        var present = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        present.addAll(given.keySet());
        required.stream()
                .filter(name -> !present.contains(name))
                .forEach(name -> problems.add("The field '" + name + "' is required but was missing"));
        var names = names();
        given.keySet().stream()
                .filter(name -> !names.contains(name) && (input == null || input.member(name) == null))
                .forEach(name -> problems.add("The field '" + name + "' is not supported by Step Functions"));
        return problems;
    }

    private static Map<String, Integration> all() {
        var file = Objects.requireNonNull(Integration.class.getResourceAsStream("optimized-integrations.txt"));
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", -1))
                    .collect(Collectors.toUnmodifiableMap(parts -> parts[0].split(" ", -1)[0], Integration::of));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Integration of(String[] parts) {
        var patterns = new HashSet<>(List.of(parts[0].split(" ", -1)));
        var parameters = new LinkedHashSet<String>();
        var required = new ArrayList<String>();
        Shape.Structure input = null;
        for (var word : parts[1].split(" ", -1)) {
            if (word.startsWith("=")) {
                input = input(word.substring(1));
                required.addAll(input.required());
            } else if (word.endsWith("!")) {
                parameters.add(word.substring(0, word.length() - 1));
                required.add(word.substring(0, word.length() - 1));
            } else if (word.endsWith("?")) {
                required.remove(word.substring(0, word.length() - 1));
            } else {
                parameters.add(word);
            }
        }
        return new Integration(patterns, parameters, List.copyOf(required), input);
    }

    private static Shape.Structure input(String operation) {
        var colon = operation.indexOf(':');
        return ServiceModel.of(operation.substring(0, colon))
                .flatMap(model -> model.operation(operation.substring(colon + 1)))
                .map(ServiceModel.Operation::input)
                .filter(Shape.Structure.class::isInstance)
                .map(Shape.Structure.class::cast)
                .orElseThrow(() -> new IllegalStateException("no operation " + operation));
    }
}
