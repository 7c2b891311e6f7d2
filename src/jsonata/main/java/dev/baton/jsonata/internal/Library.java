package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils.JList;
import dev.baton.jsonata.internal.LibraryFunction.Body;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The functions that expressions may call: JSONata's, without `$eval`, and those that Step Functions adds.
///
/// The library's own bodies serve where they do as JSONata says; the others are ours.
final class Library {
    private static final Body JOIN = LibraryFunction.theirs("join");
    private static final Map<String, LibraryFunction> FUNCTIONS = new LinkedHashMap<>();

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
    private static final Pattern BASED = Pattern.compile("0(?:([xX])([0-9A-Fa-f]+)|([oO])([0-7]+)|([bB])([01]+))");

    static {
        theirs("sum", "<a<n>:n>");
        theirs("count", "<a:n>");
        theirs("max", "<a<n>:n>");
        theirs("min", "<a<n>:n>");
        theirs("average", "<a<n>:n>");
        ours("string", "<x-b?:s>", Library::string);
        theirs("substring", "<s-nn?:s>");
        theirs("substringBefore", "<s-s:s>");
        theirs("substringAfter", "<s-s:s>");
        theirs("lowercase", "<s-:s>");
        theirs("uppercase", "<s-:s>");
        theirs("length", "<s-:n>");
        theirs("trim", "<s-:s>");
        ours("pad", "<s-ns?:s>", Library::pad);
        ours("match", "<s-fn?:a>", MatchFunctions::match);
        ours("contains", "<s-(sf):b>", MatchFunctions::contains);
        ours("replace", "<s-(sf)(sf)n?:s>", MatchFunctions::replace);
        ours("split", "<s-(sf)n?:a>", MatchFunctions::split);
        ours("join", "<a<s>s?:s>", Library::join);
        ours("formatNumber", "<n-so?:s>", Library::formatNumber);
        ours("formatBase", "<n-n?:s>", Library::formatBase);
        ours("formatInteger", "<n-s:s>", Integers::format);
        ours("parseInteger", "<s-s:n>", Integers::parse);
        ours("number", "<(nsb)-:n>", Library::number);
        theirs("floor", "<n-:n>");
        theirs("ceil", "<n-:n>");
        ours("round", "<n-n?:n>", Library::round);
        theirs("abs", "<n-:n>");
        theirs("sqrt", "<n-:n>");
        theirs("power", "<n-n:n>");
        theirs("boolean", "<x-:b>", "toBoolean");
        theirs("not", "<x-:b>");
        theirs("map", "<af>");
        ours("zip", "<a+>", Library::zip);
        theirs("filter", "<af>");
        theirs("single", "<af?>");
        theirs("reduce", "<afj?:j>", "foldLeft");
        theirs("sift", "<o-f?:o>");
        theirs("keys", "<x-:a>");
        theirs("lookup", "<x-s:x>");
        ours("append", "<xx:a>", Library::append);
        theirs("exists", "<x:b>");
        ours("spread", "<x-:a>", Library::spread);
        theirs("merge", "<a<o>:o>");
        theirs("reverse", "<a:a>");
        theirs("each", "<o-f:a>");
        theirs("error", "<s?:x>");
        theirs("assert", "<bs?:x>", "assertFn");
        theirs("type", "<x:s>");
        ours("sort", "<af?:a>", SortFunction::sort);
        ours("shuffle", "<a:a>", StepFunctionsLibrary::shuffle);
        ours("distinct", "<x:x>", DistinctFunction::of);
        theirs("base64encode", "<s-:s>");
        theirs("base64decode", "<s-:s>");
        ours("encodeUrlComponent", "<s-:s>", UrlFunctions.encode("encodeUrlComponent", true));
        ours("encodeUrl", "<s-:s>", UrlFunctions.encode("encodeUrl", false));
        ours("decodeUrlComponent", "<s-:s>", UrlFunctions.decode("decodeUrlComponent", true));
        ours("decodeUrl", "<s-:s>", UrlFunctions.decode("decodeUrl", false));
        ours("toMillis", "<s-s?:n>", TimestampFunctions::toMillis);
        ours("fromMillis", "<n-s?s?:s>", TimestampFunctions::fromMillis);
        ours("now", "<s?s?:s>", TimestampFunctions::now);
        ours("millis", "<:n>", (arguments, evaluation) -> evaluation.millis());
        theirs("clone", "<(oa)-:o>", "functionClone");

        ours("eval", "<xx?:x>", Library::refuseEval);
        ours("partition", "<xn?:a>", StepFunctionsLibrary::partition);
        ours("range", "<nnn?:a>", StepFunctionsLibrary::range);
        ours("hash", "<ss?:s>", StepFunctionsLibrary::hash);
        ours("random", "<n?:n>", StepFunctionsLibrary::random);
        ours("uuid", "<:s>", StepFunctionsLibrary::uuid);
        ours("parse", "<s?:x>", StepFunctionsLibrary::parse);
    }

    private Library() {}

    private static void ours(String name, String signature, Body body) {
        FUNCTIONS.put(name, new LibraryFunction(name, signature, body));
    }

    private static void theirs(String name, String signature) {
        theirs(name, signature, name);
    }

    private static void theirs(String name, String signature, String method) {
        FUNCTIONS.put(name, LibraryFunction.of(name, signature, method));
    }

    static boolean has(String name) {
        return FUNCTIONS.containsKey(name);
    }

    static @Nullable LibraryFunction get(String name) {
        return FUNCTIONS.get(name);
    }

    static void registerWith(Jsonata expression) {
        FUNCTIONS.forEach(expression::registerFunction);
    }

    private static @Nullable Object refuseEval(List<@Nullable Object> arguments, Evaluation evaluation) {
        throw new JException("T1006", -1, "eval");
    }

    private static @Nullable Object string(List<@Nullable Object> arguments, Evaluation evaluation) {
        var value = arguments.get(0);
        if (value instanceof JList<?> list && list.outerWrapper) {
            // The array that an expression is evaluated on is its context as the one element of another.
            value = list.getFirst();
        }
        return value == null ? null : TextConversion.of(value, Boolean.TRUE.equals(arguments.get(1)), evaluation);
    }

    private static @Nullable Object pad(List<@Nullable Object> arguments, Evaluation evaluation) {
        if (!(arguments.get(0) instanceof String text) || !(arguments.get(1) instanceof Number width)) {
            return arguments.get(0);
        }
        evaluation.checkLength((long) Math.abs(width.doubleValue()));
        var missing = Math.abs(width.intValue()) - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        var filler = arguments.get(2) instanceof String given && !given.isEmpty() ? given : " ";
        var padding = filling(filler, missing);
        evaluation.checkLength((long) text.length() + padding.length());
        return width.doubleValue() > 0 ? text + padding : padding + text;
    }

    /// @param length in characters of Unicode
    private static String filling(String filler, int length) {
        var period = filler.codePointCount(0, filler.length());
        return filler.repeat(length / period) + filler.substring(0, filler.offsetByCodePoints(0, length % period));
    }

    private static @Nullable Object join(List<@Nullable Object> arguments, Evaluation evaluation) throws Throwable {
        if (arguments.get(0) instanceof List<?> strings) {
            EvaluationBounds.checkJoin(strings, arguments.get(1), evaluation);
        }
        return JOIN.apply(arguments, evaluation);
    }

    private static @Nullable Object round(List<@Nullable Object> arguments, Evaluation evaluation) {
        return Functions.round((Number) arguments.get(0), EvaluationBounds.precision((Number) arguments.get(1)));
    }

    private static @Nullable Object formatNumber(List<@Nullable Object> arguments, Evaluation evaluation) {
        if (!(arguments.get(0) instanceof Number value) || !(arguments.get(1) instanceof String picture)) {
            return null;
        }
        EvaluationBounds.checkPicture(picture);
        return NumberPicture.format(value.doubleValue(), picture, (Map<?, ?>) arguments.get(2));
    }

    private static @Nullable Object number(List<@Nullable Object> arguments, Evaluation evaluation) {
        return switch (arguments.get(0)) {
            case null -> null;
            case Number number -> number;
            case Boolean bool -> bool ? 1 : 0;
            case Object other -> parse(String.valueOf(other));
        };
    }

    private static Number parse(String text) {
        if (DECIMAL.matcher(text).matches()) {
            var value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return com.dashjoin.jsonata.Utils.convertNumber(value);
            }
        }
        var based = BASED.matcher(text);
        if (based.matches() && text.length() <= 2 + 52) {
            var radix = based.group(1) != null ? 16 : based.group(3) != null ? 8 : 2;
            return com.dashjoin.jsonata.Utils.convertNumber(new BigInteger(text.substring(2), radix).doubleValue());
        }
        throw new JException("D3030", -1, text);
    }

    private static @Nullable Object append(List<@Nullable Object> arguments, Evaluation evaluation) {
        var result = Functions.append(arguments.get(0), arguments.get(1));
        if (result instanceof List<?> list) {
            evaluation.checkElements(list.size());
        }
        return result;
    }

    /// The library's copies all that it has for each element.
    private static @Nullable Object spread(List<@Nullable Object> arguments, Evaluation evaluation) {
        var value = arguments.get(0);
        if (!(value instanceof List<?>) && !(value instanceof Map<?, ?>)) {
            return value;
        }
        var result = com.dashjoin.jsonata.Utils.createSequence();
        spread(value, result, evaluation);
        return result;
    }

    private static void spread(@Nullable Object value, List<@Nullable Object> result, Evaluation evaluation) {
        evaluation.tick();
        switch (value) {
            case List<?> list -> list.forEach(element -> spread(element, result, evaluation));
            case Map<?, ?> map ->
                map.forEach((name, member) -> {
                    var object = new LinkedHashMap<Object, @Nullable Object>();
                    object.put(name, member);
                    result.add(object);
                });
            case null -> {}
            default -> result.add(value);
        }
    }

    private static Object zip(List<@Nullable Object> arguments, Evaluation evaluation) {
        var tuples = new ArrayList<Object>();
        var length = arguments.stream()
                .mapToInt(argument -> argument instanceof List<?> list ? list.size() : 0)
                .min()
                .orElse(0);
        for (var i = 0; i < length; i++) {
            evaluation.tick(arguments.size());
            var tuple = new ArrayList<@Nullable Object>();
            for (var argument : arguments) {
                if (argument instanceof List<?> list) {
                    tuple.add(list.get(i));
                }
            }
            tuples.add(tuple);
        }
        return tuples;
    }

    private static @Nullable Object formatBase(List<@Nullable Object> arguments, Evaluation evaluation) {
        if (arguments.get(1) instanceof Number radix && (radix.intValue() < 2 || radix.intValue() > 36)) {
            throw new JException("D3100", -1, radix);
        }
        return Functions.formatBase((Number) arguments.get(0), (Number) arguments.get(1));
    }
}
