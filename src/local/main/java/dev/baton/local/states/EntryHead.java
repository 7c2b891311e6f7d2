package dev.baton.local.states;

/// The beginning of the text of a journal's entry: read without the rest, which may be long.
///
/// @param kind the first value, one letter
/// @param number the second value
/// @param third the third value, 0 where it is not a number
record EntryHead(char kind, int number, int third) {
    private static final int NUMBER_AT = 5;

    /// @param text of an entry as [dev.baton.json.Json] prints it: `["B",17,…`
    static EntryHead of(byte[] text) {
        var end = end(text, NUMBER_AT);
        return new EntryHead(
                (char) text[2],
                number(text, NUMBER_AT, end),
                end < text.length && text[end] == ',' ? number(text, end + 1, end(text, end + 1)) : 0);
    }

    private static int end(byte[] text, int from) {
        var at = from;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    private static int number(byte[] text, int from, int to) {
        var number = 0;
        for (var at = from; at < to; at++) {
            number = number * 10 + text[at] - '0';
        }
        return number;
    }

    boolean is(String letter) {
        return letter.charAt(0) == kind;
    }

    /// Whether it says how an execution began or closed.
    boolean tellsBriefly() {
        return is(EntryJson.BEGAN) || is(EntryJson.CLOSED);
    }
}
