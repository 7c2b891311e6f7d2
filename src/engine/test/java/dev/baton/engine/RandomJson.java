package dev.baton.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// JSON values from a seed.
public final class RandomJson {
    private static final String[] TEXTS = {
        "", "a", "Seattle", "\"quoted\"", "back\\slash", "tab\tand\nline", "\u0001\u001f", "été", "雨", "🌧", "\u007f"
    };

    private RandomJson() {}

    public static @Nullable Object value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> (long) random.nextInt(-1000, 1000);
            case 4 -> random.nextDouble() * 1e6;
            case 5 -> text(random);
            case 6 -> {
                var array = new ArrayList<@Nullable Object>();
                for (var i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            default -> {
                var object = new LinkedHashMap<String, @Nullable Object>();
                for (var i = random.nextInt(4); i > 0; i--) {
                    object.put(text(random), value(random, depth - 1));
                }
                yield object;
            }
        };
    }

    static String text(RandomGenerator random) {
        return TEXTS[random.nextInt(TEXTS.length)] + TEXTS[random.nextInt(TEXTS.length)];
    }
}
