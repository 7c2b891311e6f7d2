package dev.baton.local.iam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Wildcards against what a regular expression says of the same pattern.
class GlobTest {
    private static final String[] PATTERN = {"a", "b", "/", ":", "*", "?", "*", "."};
    private static final String[] TEXT = {"a", "b", "/", ":", "."};

    @Test
    void patterns_of_text_match_as_regular_expressions_do() {
        compare(PolicyValue.Shape.TEXT, "", "", 11);
    }

    @Test
    void patterns_of_arns_match_part_by_part() {
        compare(PolicyValue.Shape.ARN, "arn:*:s?:a*:", "arn:aws:s3:a:", 12);
    }

    private static void compare(PolicyValue.Shape shape, String patternStart, String textStart, long seed) {
        var random = new Random(seed);
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            var pattern = patternStart + any(random, PATTERN, 9);
            var text = textStart + any(random, TEXT, 9);
            boolean expected = regex(pattern, shape).matcher(text).matches();
            matched += expected ? 1 : 0;
            assertThat(PolicyValue.parse(pattern, shape, true).matches(text, RequestContext.EMPTY))
                    .as("seed %d, pattern %s, text %s", seed, pattern, text)
                    .isEqualTo(expected);
        }
        assertThat(matched).isGreaterThan(1_000);
    }

    private static String any(Random random, String[] from, int most) {
        var text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(from[random.nextInt(from.length)]);
        }
        return text.toString();
    }

    private static Pattern regex(String pattern, PolicyValue.Shape shape) {
        var regex = new StringBuilder();
        int colons = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean within = shape == PolicyValue.Shape.ARN && colons < 5;
            switch (c) {
                case '*' -> regex.append(within && i < pattern.length() - 1 ? "[^:]*" : ".*");
                case '?' -> regex.append(within ? "[^:]" : ".");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
            colons += c == ':' ? 1 : 0;
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
