package dev.baton.local.dynamodb.item;

/// The types that an attribute can have, by the names that the API has for them.
public enum AttributeType {
    S("STRING"),
    N("NUMBER"),
    B("BINARY"),
    BOOL("BOOLEAN"),
    NULL("NULL"),
    L("LIST"),
    M("MAP"),
    SS("STRING_SET"),
    NS("NUMBER_SET"),
    BS("BINARY_SET");

    private final String word;

    AttributeType(String word) {
        this.word = word;
    }

    /// What messages call it, such as `STRING`.
    public String word() {
        return word;
    }

    /// The set of elements of this type.
    public AttributeType set() {
        return switch (this) {
            case S -> SS;
            case N -> NS;
            case B -> BS;
            default -> throw new IllegalStateException("there are no sets of " + this);
        };
    }
}
