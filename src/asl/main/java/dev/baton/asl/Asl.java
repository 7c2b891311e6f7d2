package dev.baton.asl;

/// Reads definitions: text in, state machine and findings out.
public final class Asl {
    private Asl() {}

    /// Reads and validates the definition of a STANDARD state machine.
    ///
    /// @param source the file or another name of the text, for the findings
    public static Definition parse(String source, String text) {
        return parse(source, text, StateMachineType.STANDARD);
    }

    /// Reads and validates a definition: everything that is wrong with it is found at once.
    ///
    /// @param source the file or another name of the text, for the findings
    public static Definition parse(String source, String text, StateMachineType type) {
        throw new UnsupportedOperationException("to be filled in");
    }
}
