package dev.baton.jsonata.evaluation;

/// An expression that is not JSONata, or whose evaluation failed.
public final class JsonataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// The code of an expression whose result is a function, which is not JSON.
    public static final String UNSUPPORTED_RESULT = "U2000";

    /// The code where a limit of time, memory or depth was exceeded.
    public static final String LIMIT = "U1001";

    /// The code of an evaluation that failed for no reason that JSONata knows; the message says what went wrong inside.
    public static final String INTERNAL = "D1000";

    private final String code;
    private final int position;

    /// @param code JSONata's own code, as `T2001`; `U1001` where a limit was exceeded
    /// @param position the character after which it happened, counted from 0; -1 where it is not known
    public JsonataException(String code, String message, int position) {
        super(message, null, false, false);
        this.code = code;
        this.position = position;
    }

    /// JSONata's own code: `S…` for syntax, `T…` for types, `D…` for dynamic errors, `U1001` for an exceeded limit;
    /// and the constants here.
    public String code() {
        return code;
    }

    /// The message alone; [#code] is not part of it.
    public String message() {
        return String.valueOf(getMessage());
    }

    /// Counted in characters from 0; -1 where it is not known.
    public int position() {
        return position;
    }
}
