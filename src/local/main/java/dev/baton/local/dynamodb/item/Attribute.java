package dev.baton.local.dynamodb.item;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A value of an item's attribute.
///
/// See [AttributeValue](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html).
public sealed interface Attribute {

    record S(String value) implements Attribute {
        @Override
        public AttributeType type() {
            return AttributeType.S;
        }
    }

    /// @param value without trailing zeros: equal numbers are equal
    record N(BigDecimal value) implements Attribute {
        @Override
        public AttributeType type() {
            return AttributeType.N;
        }

        /// As answers have it: without an exponent.
        public String text() {
            return value.toPlainString();
        }
    }

    record B(byte[] value) implements Attribute {
        @Override
        public AttributeType type() {
            return AttributeType.B;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof B bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return Base64.getEncoder().encodeToString(value);
        }
    }

    record Bool(boolean value) implements Attribute {
        @Override
        public AttributeType type() {
            return AttributeType.BOOL;
        }
    }

    record Null() implements Attribute {
        @Override
        public AttributeType type() {
            return AttributeType.NULL;
        }
    }

    record L(List<Attribute> values) implements Attribute {
        public L {
            values = List.copyOf(values);
        }

        @Override
        public AttributeType type() {
            return AttributeType.L;
        }
    }

    /// @param values by name; nobody changes them
    record M(Map<String, Attribute> values) implements Attribute {
        @Override
        public AttributeType type() {
            return AttributeType.M;
        }
    }

    /// A set of texts, numbers or bytes.
    ///
    /// @param of the type of its elements
    /// @param values at least one; nobody changes them
    record SetOf(AttributeType of, Set<Attribute> values) implements Attribute {
        @Override
        public AttributeType type() {
            return of.set();
        }
    }

    AttributeType type();

    /// The content of the value alone, as JSON has it.
    private Object content() {
        return switch (this) {
            case S text -> text.value();
            case N number -> number.text();
            case B bytes -> bytes.toString();
            case Bool flag -> flag.value();
            case Null nothing -> true;
            case L list -> list.values().stream().map(Attribute::toJson).toList();
            case M map -> json(map.values());
            case SetOf set -> {
                var all = new ArrayList<Object>();
                set.values().forEach(value -> all.add(value.content()));
                yield all;
            }
        };
    }

    /// `{"S": "text"}`.
    default Map<String, Object> toJson() {
        return Map.of(type().name(), content());
    }

    /// The attributes of an item or a map by name.
    static Map<String, Object> json(Map<String, Attribute> attributes) {
        var json = new LinkedHashMap<String, Object>(attributes.size() * 2);
        attributes.forEach((name, value) -> json.put(name, value.toJson()));
        return json;
    }
}
