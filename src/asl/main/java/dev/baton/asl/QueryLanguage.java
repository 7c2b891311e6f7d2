package dev.baton.asl;

/// The language in which a state speaks about data.
public enum QueryLanguage {
    JSONPATH("JSONPath"),
    JSONATA("JSONata");

    private final String text;

    QueryLanguage(String text) {
        this.text = text;
    }

    /// As `QueryLanguage` has it.
    public String text() {
        return text;
    }
}
