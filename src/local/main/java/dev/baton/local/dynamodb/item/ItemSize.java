package dev.baton.local.dynamodb.item;

import java.util.Map;

/// The size of items in bytes, as DynamoDB counts it against its limits and for its bill.
///
/// See [item sizes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
public final class ItemSize {
    /// A list or a map has this much beside its content, and one more for each of its elements.
    private static final int NESTED = 3;

    private ItemSize() {}

    /// Of names and values together.
    public static int of(Map<String, Attribute> attributes) {
        int size = 0;
        for (var attribute : attributes.entrySet()) {
            size += utf8(attribute.getKey()) + of(attribute.getValue());
        }
        return size;
    }

    public static int of(Attribute value) {
        return switch (value) {
            case Attribute.S text -> utf8(text.value());
            case Attribute.N number -> of(number);
            case Attribute.B bytes -> bytes.value().length;
            case Attribute.Bool flag -> 1;
            case Attribute.Null nothing -> 1;
            case Attribute.L list -> {
                int size = NESTED;
                for (var each : list.values()) {
                    size += 1 + of(each);
                }
                yield size;
            }
            case Attribute.M map -> NESTED + map.values().size() + of(map.values());
            case Attribute.SetOf set -> {
                int size = 0;
                for (var each : set.values()) {
                    size += of(each);
                }
                yield size;
            }
        };
    }

    /// A byte for two digits, one more, and one for a sign.
    private static int of(Attribute.N number) {
        var value = number.value();
        return (value.precision() + 1) / 2 + 1 + (value.signum() < 0 ? 1 : 0);
    }

    private static int utf8(String text) {
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            // Each half of a pair counts for two of its four bytes.
            size += letter < 0x80 ? 1 : letter < 0x800 || Character.isSurrogate(letter) ? 2 : 3;
        }
        return size;
    }
}
