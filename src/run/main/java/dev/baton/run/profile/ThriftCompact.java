package dev.baton.run.profile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads what [Thrift's compact protocol](https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md)
/// wrote, as far as the footer of Parquet needs it: structs by the numbers of their fields, with `Long`, `Double`,
/// `Boolean`, `byte[]`, lists and structs in them.
final class ThriftCompact {
    private static final int DEEPEST = 32;

    private final ByteBuffer in;
    private int depth;

    ThriftCompact(ByteBuffer in) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A struct.
    ///
    /// @throws UnreadableData when that is none
    /// @throws java.nio.BufferUnderflowException when the bytes end within it
    Map<Integer, Object> struct() throws UnreadableData {
        if (++depth > DEEPEST) {
            throw new UnreadableData("its footer is nested too deeply");
        }
        var fields = new HashMap<Integer, Object>();
        var number = 0;
        while (true) {
            var head = in.get() & 0xff;
            var type = head & 0x0f;
            if (head == 0) {
                depth--;
                return fields;
            }
            number = head >> 4 == 0 ? (int) zigzag() : number + (head >> 4);
            fields.put(number, type <= 2 ? (Object) (type == 1) : value(type));
        }
    }

    private Object value(int type) throws UnreadableData {
        return switch (type) {
            case 1, 2 -> in.get() == 1;
            case 3 -> (long) in.get();
            case 4, 5, 6 -> zigzag();
            case 7 -> in.getDouble();
            case 8 -> bytes();
            case 9, 10 -> list();
            case 12 -> struct();
            default -> throw new UnreadableData("its footer has a value of an unknown type");
        };
    }

    private byte[] bytes() throws UnreadableData {
        var length = varint();
        if (length < 0 || length > in.remaining()) {
            throw new UnreadableData("its footer ends within a text");
        }
        var bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    private List<Object> list() throws UnreadableData {
        var head = in.get() & 0xff;
        var size = head >> 4 == 15 ? varint() : head >> 4;
        if (size < 0 || size > in.remaining()) {
            throw new UnreadableData("its footer ends within a list");
        }
        var list = new ArrayList<Object>();
        for (var i = 0L; i < size; i++) {
            list.add(value(head & 0x0f));
        }
        return list;
    }

    private long zigzag() {
        var n = varint();
        return n >>> 1 ^ -(n & 1);
    }

    private long varint() {
        var value = 0L;
        for (var shift = 0; shift < Long.SIZE; shift += 7) {
            var b = in.get();
            value |= (b & 0x7fL) << shift;
            if (b >= 0) {
                break;
            }
        }
        return value;
    }

    /// The field of a struct that has to be there.
    ///
    /// @throws IllegalArgumentException when it is not
    static Object field(Map<?, ?> struct, int number) {
        var value = struct.get(number);
        if (value == null) {
            throw new IllegalArgumentException("field " + number + " is missing");
        }
        return value;
    }

    static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
