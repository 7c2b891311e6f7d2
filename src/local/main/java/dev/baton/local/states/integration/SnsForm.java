package dev.baton.local.states.integration;

import dev.baton.json.Json;
import dev.baton.local.http.PercentCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The form that an operation of SNS is asked for with: members of lists and entries of maps are numbered.
final class SnsForm {
    /// The members that are maps, of texts but for a message's attributes.
    private static final Set<String> MAPS = Set.of("Attributes", "MessageAttributes");

    private final StringBuilder text;

    private SnsForm(String operation) {
        text = new StringBuilder("Version=2010-03-31&Action=").append(operation);
    }

    static String of(String operation, Map<String, @Nullable Object> parameters) {
        var form = new SnsForm(operation);
        parameters.forEach((name, value) -> form.add(name, name, value));
        return form.text.toString();
    }

    private void add(String path, String name, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Map<?, ?> map
            when MAPS.contains(name) -> {
                int number = 0;
                var isOfMessage = name.equals("MessageAttributes");
                for (var entry : map.entrySet()) {
                    var at = path + ".entry." + ++number;
                    pair(at + (isOfMessage ? ".Name" : ".key"), String.valueOf(entry.getKey()));
                    add(at + (isOfMessage ? ".Value" : ".value"), "", entry.getValue());
                }
            }
            // A message and a policy may be given as JSON.
            case Map<?, ?> map when name.equals("Message") || name.endsWith("Value") -> pair(path, Json.print(map));
            case Map<?, ?> map -> map.forEach((key, member) -> add(path + "." + key, String.valueOf(key), member));
            case List<?> list
            when !name.equals("Message") -> {
                for (int i = 0; i < list.size(); i++) {
                    add(path + ".member." + (i + 1), "", list.get(i));
                }
            }
            case String given -> pair(path, given);
            default -> pair(path, Json.print(value));
        }
    }

    private void pair(String name, String value) {
        text.append('&').append(name).append('=');
        PercentCode.encode(value, false, text);
    }
}
