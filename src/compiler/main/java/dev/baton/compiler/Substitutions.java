package dev.baton.compiler;

import dev.baton.asl.Asl;
import dev.baton.asl.StateMachine;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an environment puts in the place of `${Name}`: account, region, partition, buckets, function versions.
/// A name it does not know stays as it is, because policies have variables of their own (`${aws:username}`, `${*}`).
///
/// | name | is |
/// |---|---|
/// | `AccountId`, `Region`, `Partition` | where |
/// | `StateBucket`, `LakeBucket` … | the real name of Baton's own bucket, and of each logical one (`lake`) |
/// | `PinVersion`, `CallbackVersion`, `CleanObservationsVersion` … | the version of each function |
/// | `StateMachineAlias` | what the start function starts: the ARN of the alias, or of the state machine |
/// | `EventBus` | the bus that completions are told to |
/// | `Revision` | which sources the functions were built from, as JSON |
///
/// @param values by name
public record Substitutions(Map<String, String> values) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

    public Substitutions {
        values = Map.copyOf(values);
    }

    /// These and another one.
    public Substitutions and(String name, String value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Substitutions(more);
    }

    /// The text with every known `${Name}` replaced.
    public String in(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    /// The state machine with every known `${Name}` replaced.
    public StateMachine in(StateMachine machine) {
        return Asl.parse("definition.asl.json", text(machine)).orThrow();
    }

    /// The definition as it is given to Step Functions: every known `${Name}` replaced, on one line, because blanks count
    /// against the limit of 1 MB.
    public String text(StateMachine machine) {
        return Json.print(in(Json.parseObject(machine.toJson())));
    }

    /// The JSON object with every known `${Name}` in its strings replaced; member names stay.
    public Map<String, @Nullable Object> in(Map<String, @Nullable Object> object) {
        var replaced = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((name, value) -> replaced.put(name, value(value)));
        return replaced;
    }

    private @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case String text -> in(text);
            case List<?> array -> {
                var replaced = new ArrayList<@Nullable Object>();
                array.forEach(element -> replaced.add(value(element)));
                yield replaced;
            }
            case Map<?, ?> object -> {
                var replaced = new LinkedHashMap<String, @Nullable Object>();
                object.forEach((name, member) -> replaced.put((String) name, value(member)));
                yield replaced;
            }
            case null, default -> value;
        };
    }
}
