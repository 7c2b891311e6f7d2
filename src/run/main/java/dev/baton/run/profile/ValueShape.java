package dev.baton.run.profile;

import dev.baton.run.ColumnType;

/// The shape of a piece of ASCII text: whether it is a number, a date, a time.
final class ValueShape {
    private static final int DATE = 10;
    private static final int LONGEST_NUMBER = 40;

    private ValueShape() {}

    /// What a field of a text file holds.
    static ColumnType of(byte[] text, int offset, int length) {
        var first = text[offset];
        var isDigit = isDigit(first);
        if (isDigit || first == '-' || first == '+' || first == '.') {
            if (isDigit) {
                var time = time(text, offset, length);
                if (time != ColumnType.TEXT) {
                    return time;
                }
            }
            return number(text, offset, length);
        }
        return isBoolean(text, offset, length) ? ColumnType.BOOLEAN : ColumnType.TEXT;
    }

    /// A date or a timestamp, else text.
    static ColumnType time(byte[] text, int offset, int length) {
        if (length < DATE || !isDate(text, offset)) {
            return ColumnType.TEXT;
        }
        if (length == DATE) {
            return ColumnType.DATE;
        }
        var at = offset + DATE;
        return length >= DATE + 6
                        && (text[at] == 'T' || text[at] == ' ')
                        && isDigit(text[at + 1])
                        && isDigit(text[at + 2])
                        && text[at + 3] == ':'
                        && isDigit(text[at + 4])
                        && isDigit(text[at + 5])
                ? ColumnType.TIMESTAMP
                : ColumnType.TEXT;
    }

    private static boolean isDate(byte[] text, int offset) {
        for (var i = 0; i < DATE; i++) {
            var isDash = i == 4 || i == 7;
            if (isDash ? text[offset + i] != '-' : !isDigit(text[offset + i])) {
                return false;
            }
        }
        var month = pair(text, offset + 5);
        var day = pair(text, offset + 8);
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    private static int pair(byte[] text, int offset) {
        return (text[offset] - '0') * 10 + text[offset + 1] - '0';
    }

    /// Digits that begin with a needless zero are a code of something, not a number.
    private static ColumnType number(byte[] text, int offset, int length) {
        if (length > LONGEST_NUMBER) {
            return ColumnType.TEXT;
        }
        var end = offset + length;
        var at = offset + (text[offset] == '-' || text[offset] == '+' ? 1 : 0);
        var begin = at;
        while (at < end && isDigit(text[at])) {
            at++;
        }
        var digits = at - begin;
        if (digits > 1 && text[begin] == '0') {
            return ColumnType.TEXT;
        }
        if (at == end) {
            return digits > 0 ? ColumnType.INTEGER : ColumnType.TEXT;
        }
        if (text[at] == '.') {
            at++;
            while (at < end && isDigit(text[at])) {
                at++;
                digits++;
            }
        }
        if (digits > 0 && at < end && (text[at] | 0x20) == 'e') {
            at++;
            if (at < end && (text[at] == '-' || text[at] == '+')) {
                at++;
            }
            var exponent = at;
            while (at < end && isDigit(text[at])) {
                at++;
            }
            if (at == exponent) {
                return ColumnType.TEXT;
            }
        }
        return digits > 0 && at == end ? ColumnType.NUMBER : ColumnType.TEXT;
    }

    private static boolean isBoolean(byte[] text, int offset, int length) {
        return (length == 4 && isWord(text, offset, "true")) || (length == 5 && isWord(text, offset, "false"));
    }

    private static boolean isWord(byte[] text, int offset, String word) {
        for (var i = 0; i < word.length(); i++) {
            if ((text[offset + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
