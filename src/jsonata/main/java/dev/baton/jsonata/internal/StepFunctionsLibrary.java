package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The functions that Step Functions adds to JSONata, and `$shuffle`, which draws from the same source as they do.
///
/// See [Step Functions' JSONata
/// functions](https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html).
final class StepFunctionsLibrary {
    private static final Set<String> ALGORITHMS = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    /// JSONata's code for a failure that says itself what it is.
    private static final String SAID = "D3137";

    /// So many the service's users got from `$range`, and not one more.
    private static final int MOST_IN_RANGE = 360_145;

    private StepFunctionsLibrary() {}

    /// No chunks of an empty array, nor of the size 0, but nothing; one chunk where no size is given.
    static @Nullable Object partition(List<@Nullable Object> arguments, Evaluation evaluation) {
        var argument = arguments.get(0);
        if (argument == null) {
            return null;
        }
        if (!(argument instanceof List<?> array)) {
            throw Failures.coded("T0412", -1, 1, "partition", null);
        }
        var size = arguments.get(1) instanceof Number number ? (int) number.doubleValue() : array.size();
        if (size < 0) {
            throw new JException(SAID, -1, "Second argument must be zero or greater");
        }
        if (array.isEmpty() || size == 0) {
            return null;
        }
        var chunks = new ArrayList<Object>();
        for (var from = 0; from < array.size(); from += size) {
            chunks.add(new ArrayList<>(array.subList(from, Math.min(array.size(), from + size))));
        }
        return chunks;
    }

    /// The range of numbers. What is not whole is rounded towards zero, here and for the size of chunks. A sequence: of
    /// one number it is that number, of none it is nothing, as with the step 0 or none.
    static @Nullable Object range(List<@Nullable Object> arguments, Evaluation evaluation) {
        if (!(arguments.get(0) instanceof Number first)
                || !(arguments.get(1) instanceof Number last)
                || !(arguments.get(2) instanceof Number step)
                || (long) step.doubleValue() == 0) {
            return null;
        }
        double from = (long) first.doubleValue();
        double to = (long) last.doubleValue();
        double by = (long) step.doubleValue();
        var count = Math.floor((to - from) / by);
        if (count >= MOST_IN_RANGE) {
            throw Evaluation.tooLarge();
        }
        evaluation.checkElements((long) count + 1);
        var range = Utils.createSequence();
        for (var i = 0; i <= count; i++) {
            range.add(Utils.convertNumber(from + i * by));
        }
        return range;
    }

    static @Nullable Object hash(List<@Nullable Object> arguments, Evaluation evaluation)
            throws NoSuchAlgorithmException {
        if (!(arguments.get(0) instanceof String data) || !(arguments.get(1) instanceof String algorithm)) {
            return null;
        }
        if (!ALGORITHMS.contains(algorithm)) {
            throw new JException(
                    SAID,
                    -1,
                    "Hash algorithm '" + algorithm + "' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5");
        }
        var digest = MessageDigest.getInstance(algorithm);
        return HexFormat.of().formatHex(digest.digest(data.getBytes(StandardCharsets.UTF_8)));
    }

    /// With a seed the same number for ever, the one that the service gives: 0.7275636800328681 for 42.
    static Object random(List<@Nullable Object> arguments, Evaluation evaluation) {
        return arguments.get(0) instanceof Number seed
                ? new Random(seed.longValue()).nextDouble()
                : evaluation.context().random().nextDouble();
    }

    static Object uuid(List<@Nullable Object> arguments, Evaluation evaluation) {
        var random = evaluation.context().random();
        var high = random.nextLong() & ~0xF000L | 0x4000L;
        var low = random.nextLong() & ~(3L << 62) | 1L << 63;
        return new UUID(high, low).toString();
    }

    static @Nullable Object parse(List<@Nullable Object> arguments, Evaluation evaluation) {
        if (!(arguments.get(0) instanceof String text)) {
            return null;
        }
        EvaluationBounds.checkParsed(text);
        try {
            return ValueConversion.inward(Json.parse(text));
        } catch (JsonException e) {
            throw new JException(SAID, -1, "Invalid JSON");
        }
    }

    static @Nullable Object shuffle(List<@Nullable Object> arguments, Evaluation evaluation) {
        if (!(arguments.get(0) instanceof List<?> list)) {
            return null;
        }
        var shuffled = new ArrayList<Object>(list);
        for (var i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, evaluation.context().random().nextInt(i + 1));
        }
        return shuffled;
    }
}
