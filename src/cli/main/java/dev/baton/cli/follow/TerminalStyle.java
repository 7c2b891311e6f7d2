package dev.baton.cli.follow;

/// The style of a terminal: how words are set off from each other on a terminal; on anything else they are not.
record TerminalStyle(boolean coloured) {
    static final TerminalStyle NONE = new TerminalStyle(false);
    static final TerminalStyle ANSI = new TerminalStyle(true);

    String good(String text) {
        return in("32", text);
    }

    String bad(String text) {
        return in("31", text);
    }

    String soft(String text) {
        return in("2", text);
    }

    String strong(String text) {
        return in("1", text);
    }

    private String in(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
