package dev.baton.asl.path;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The intrinsic functions, each with how many arguments it takes.
public enum IntrinsicFunction {
    FORMAT("States.Format", 1, Integer.MAX_VALUE),
    STRING_TO_JSON("States.StringToJson", 1, 1),
    JSON_TO_STRING("States.JsonToString", 1, 1),
    ARRAY("States.Array", 0, Integer.MAX_VALUE),
    ARRAY_PARTITION("States.ArrayPartition", 2, 2),
    ARRAY_CONTAINS("States.ArrayContains", 2, 2),
    ARRAY_RANGE("States.ArrayRange", 3, 3),
    ARRAY_GET_ITEM("States.ArrayGetItem", 2, 2),
    ARRAY_LENGTH("States.ArrayLength", 1, 1),
    ARRAY_UNIQUE("States.ArrayUnique", 1, 1),
    BASE64_ENCODE("States.Base64Encode", 1, 1),
    BASE64_DECODE("States.Base64Decode", 1, 1),
    HASH("States.Hash", 2, 2),
    JSON_MERGE("States.JsonMerge", 3, 3),
    MATH_RANDOM("States.MathRandom", 2, 3),
    MATH_ADD("States.MathAdd", 2, 2),
    STRING_SPLIT("States.StringSplit", 2, 2),
    UUID("States.UUID", 0, 0);

    private static final Map<String, IntrinsicFunction> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(IntrinsicFunction::text, Function.identity()));

    private final String text;
    private final int minimum;
    private final int maximum;

    IntrinsicFunction(String text, int minimum, int maximum) {
        this.text = text;
        this.minimum = minimum;
        this.maximum = maximum;
    }

    /// With `States.`.
    public String text() {
        return text;
    }

    /// Whether it may be called with so many arguments.
    public boolean takes(int arguments) {
        return arguments >= minimum && arguments <= maximum;
    }

    /// Whether an argument written out can be right; what a path or a call gives is known later.
    boolean allows(int index, IntrinsicCall.Argument argument) {
        var number = switch (this) {
            case MATH_ADD, MATH_RANDOM, ARRAY_RANGE -> true;
            case ARRAY_PARTITION, ARRAY_GET_ITEM -> index == 1;
            case FORMAT,
                    STRING_TO_JSON,
                    JSON_TO_STRING,
                    ARRAY,
                    ARRAY_CONTAINS,
                    ARRAY_LENGTH,
                    ARRAY_UNIQUE,
                    BASE64_ENCODE,
                    BASE64_DECODE,
                    HASH,
                    JSON_MERGE,
                    STRING_SPLIT,
                    UUID -> false;
        };
        return !number
                || switch (argument) {
                    case IntrinsicCall.Argument.Numeric numeric -> true;
                    case IntrinsicCall.Argument.Path path -> true;
                    case IntrinsicCall.Argument.Call call -> true;
                    case IntrinsicCall.Argument.Text text -> false;
                    case IntrinsicCall.Argument.Bool bool -> false;
                    case IntrinsicCall.Argument.Null none -> false;
                };
    }

    /// The number of arguments that it takes, in words.
    public String arity() {
        if (maximum == Integer.MAX_VALUE) {
            return minimum + " or more";
        }
        return minimum == maximum ? Integer.toString(minimum) : minimum + " to " + maximum;
    }

    public static Optional<IntrinsicFunction> of(String text) {
        return Optional.ofNullable(BY_NAME.get(text));
    }
}
