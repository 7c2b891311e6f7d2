package dev.baton.local.secretsmanager;

import dev.baton.local.service.ApiInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// The filters of a list of secrets: one of the values of each must match, and none of those that begin with `!`.
///
/// See [Filter](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html).
record SecretFilters(List<Predicate<StoredSecret>> all) {
    static SecretFilters of(List<ApiInput> filters) {
        return new SecretFilters(filters.stream()
                .map(filter -> filter(filter.text("Key", "all"), filter.texts("Values")))
                .toList());
    }

    List<StoredSecret> in(Collection<StoredSecret> secrets) {
        return secrets.stream()
                .filter(secret -> all.stream().allMatch(filter -> filter.test(secret)))
                .toList();
    }

    private static Predicate<StoredSecret> filter(String key, List<String> values) {
        var wanted = new ArrayList<String>();
        var unwanted = new ArrayList<String>();
        values.forEach(value -> {
            if (value.startsWith("!")) {
                unwanted.add(value.substring(1));
            } else {
                wanted.add(value);
            }
        });
        return secret -> (wanted.isEmpty() || wanted.stream().anyMatch(value -> matches(secret, key, value)))
                && unwanted.stream().noneMatch(value -> matches(secret, key, value));
    }

    private static boolean matches(StoredSecret secret, String key, String value) {
        return switch (key) {
            case "name" -> secret.name().startsWith(value);
            case "description" -> hasWord(secret.description(), value);
            case "tag-key" -> secret.tags().keySet().stream().anyMatch(tag -> tag.startsWith(value));
            case "tag-value" -> secret.tags().values().stream().anyMatch(tag -> tag.startsWith(value));
            // Nothing is replicated here, and no service owns a secret.
            case "primary-region", "owning-service" -> false;
            default -> isAnywhere(secret, value);
        };
    }

    private static boolean isAnywhere(StoredSecret secret, String value) {
        return List.of(value.split("\\s+")).stream()
                .anyMatch(word -> contains(secret.name(), word)
                        || hasWord(secret.description(), word)
                        || secret.tags().entrySet().stream()
                                .anyMatch(tag -> contains(tag.getKey(), word) || contains(tag.getValue(), word)));
    }

    private static boolean contains(String text, String word) {
        return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }

    private static boolean hasWord(String text, String beginning) {
        return (" " + text.toLowerCase(Locale.ROOT)).contains(" " + beginning.toLowerCase(Locale.ROOT));
    }
}
