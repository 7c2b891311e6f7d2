package dev.baton.cli.command;

import static java.util.stream.Collectors.joining;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.graph.OptionNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The words of a call that are not options of the command: the parameters of a run, as `--year 2012` or `--year=2012`.
/// One that is called like an option is given as `--param.data=raw`, and any other may be.
///
/// @param command as messages name it: `baton run weather`
/// @param known the components of the root task; null where only the deployed pipeline knows them
record ParameterWords(
        String command, String pipeline, @Nullable List<String> known) {

    private static final String ANY = "param.";

    /// @throws DiagnosticException CLI005 when they are not
    Map<String, String> parse(List<String> words) {
        var parameters = new LinkedHashMap<String, String>();
        for (var i = 0; i < words.size(); i++) {
            var word = words.get(i);
            var equals = word.indexOf('=');
            if (!word.startsWith("--")) {
                throw wrong("\"" + word + "\" belongs to no parameter");
            }
            var name = (equals < 0 ? word : word.substring(0, equals)).substring(2);
            if (name.startsWith(ANY)) {
                name = name.substring(ANY.length());
            }
            refuseUnknown(name);
            if (equals < 0 && i + 1 == words.size()) {
                throw wrong(word + " has no value");
            }
            var value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
            if (parameters.put(name, value) != null) {
                throw wrong(OptionNames.given(name) + " is given twice");
            }
        }
        return parameters;
    }

    private void refuseUnknown(String name) {
        if (known != null && !known.contains(name)) {
            throw wrong(OptionNames.given(name) + " is neither an option of " + command.split(" ")[1] + " nor a"
                    + " parameter of "
                    + pipeline + ", which has "
                    + (known.isEmpty()
                            ? "none"
                            : known.stream().map(OptionNames::given).collect(joining(", "))));
        }
    }

    /// Whether each parameter has a value, right or wrong.
    boolean areAllIn(Map<String, String> given) {
        return known == null || given.keySet().containsAll(known);
    }

    /// What is missing, unknown or there twice.
    DiagnosticException wrong(String message) {
        return finding(
                message,
                known == null || known.isEmpty()
                        ? "give each component of the root task once, as in --year 2012"
                        : "give each parameter once: " + given(known));
    }

    /// A value that its parameter cannot have.
    DiagnosticException wrongValue(String message) {
        return finding(message, "give a value of that form: " + given(known == null ? List.of() : known));
    }

    private DiagnosticException finding(String message, String mend) {
        return new DiagnosticException(Diagnostic.error("CLI005", Location.named(command), message, mend));
    }

    private static String given(List<String> parameters) {
        return parameters.stream()
                .map(parameter -> OptionNames.given(parameter) + "=VALUE")
                .collect(joining(" "));
    }
}
