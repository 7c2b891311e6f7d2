package dev.baton.local.dynamodb.expression;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// The words that no expression may use as the name of an attribute.
///
/// See [Reserved words](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html).
final class ReservedWords {
    private static final Set<String> WORDS = read();

    private ReservedWords() {}

    private static Set<String> read() {
        try (var list = ReservedWords.class.getResourceAsStream("reserved-words.txt")) {
            if (list == null) {
                throw new IllegalStateException("reserved-words.txt is not there");
            }
            return Set.of(new String(list.readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean has(String word) {
        return WORDS.contains(word.toUpperCase(Locale.ROOT));
    }
}
