package dev.baton.local.dynamodb.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/// The order of texts, numbers and bytes, each among their kind: texts by the bytes of their UTF-8, numbers by their
/// value, bytes as numbers without a sign.
public enum AttributeOrder implements Comparator<Attribute> {
    ORDER;

    /// Whether values of a type have an order.
    public static boolean has(AttributeType type) {
        return type == AttributeType.S || type == AttributeType.N || type == AttributeType.B;
    }

    @Override
    public int compare(Attribute one, Attribute other) {
        return switch (one) {
            case Attribute.S text when other instanceof Attribute.S also -> texts(text.value(), also.value());
            case Attribute.N number
            when other instanceof Attribute.N also -> number.value().compareTo(also.value());
            case Attribute.B bytes
            when other instanceof Attribute.B also -> Arrays.compareUnsigned(bytes.value(), also.value());
            default -> one.type().compareTo(other.type());
        };
    }

    /// By code points, which is the order of their UTF-8.
    private static int texts(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                // Halves of a pair stand for what is beyond all others, and come before some of those.
                boolean mixed = Character.isSurrogate(a) != Character.isSurrogate(b);
                return mixed ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /// The bytes by which keys begin with one another.
    public static byte[] bytes(Attribute value) {
        return switch (value) {
            case Attribute.S text -> text.value().getBytes(StandardCharsets.UTF_8);
            case Attribute.N number -> number.text().getBytes(StandardCharsets.US_ASCII);
            case Attribute.B bytes -> bytes.value();
            default -> throw new IllegalArgumentException(value.type() + " has no order");
        };
    }
}
