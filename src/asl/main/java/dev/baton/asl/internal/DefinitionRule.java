package dev.baton.asl.internal;

import dev.baton.diagnostic.Severity;

/// The rules that a definition has to keep. Each has a page `META-INF/baton/codes/CODE.md`.
public enum DefinitionRule {
    JSON("ASL001", "INVALID_JSON_DESCRIPTION"),
    OBJECT("ASL002", Aws.SCHEMA),
    SIZE("ASL003", Aws.SCHEMA),
    REPEATED_FIELD("ASL004", Aws.SCHEMA, Severity.WARNING),
    REQUIRED("ASL005", Aws.SCHEMA),
    UNSUPPORTED_FIELD("ASL006", Aws.SCHEMA),
    OTHER_LANGUAGE("ASL007", Aws.SCHEMA),
    TYPE("ASL008", Aws.SCHEMA),
    WORD("ASL009", Aws.SCHEMA),
    RANGE("ASL010", Aws.SCHEMA),
    EXCLUSIVE("ASL011", Aws.SCHEMA),
    ONE_OF("ASL012", Aws.SCHEMA),
    EMPTY("ASL013", Aws.SCHEMA),
    TIMESTAMP("ASL014", Aws.SCHEMA),
    STATE_NAME("ASL015", "INVALID_STATE_NAME"),
    REPEATED_STATE("ASL016", "DUPLICATE_STATE_NAME"),
    TARGET("ASL017", "MISSING_TRANSITION_TARGET"),
    UNREACHABLE("ASL018", "MISSING_TRANSITION_TARGET"),
    NO_END("ASL019", "MISSING_END_STATE"),
    LANGUAGE_DOWNGRADE("ASL020", Aws.SCHEMA),
    PATH("ASL021", Aws.SCHEMA),
    REFERENCE_PATH("ASL022", Aws.SCHEMA),
    TEMPLATE_PATH("ASL023", Aws.SCHEMA),
    TEMPLATE_CONFLICT("ASL024", Aws.SCHEMA),
    STRING_INTRINSIC("ASL025", Aws.SCHEMA),
    COMPARISON("ASL026", Aws.SCHEMA),
    ALL_ERRORS("ASL027", Aws.SCHEMA),
    RESERVED_ERROR("ASL028", Aws.SCHEMA, Severity.WARNING),
    HEARTBEAT("ASL029", Aws.SCHEMA),
    MAX_DELAY("ASL030", Aws.SCHEMA),
    ARN("ASL031", Aws.SCHEMA),
    INTEGRATION("ASL032", Aws.SCHEMA),
    PATTERN("ASL033", Aws.SCHEMA),
    EXPRESS("ASL034", Aws.SCHEMA),
    JSONATA_SYNTAX("ASL035", "INVALID_JSONATA_EXPRESSION"),
    JSONATA_CONTEXT("ASL036", "UNSUPPORTED_JSONATA_EXPRESSION"),
    STATES_FIELD("ASL037", "UNSUPPORTED_JSONATA_EXPRESSION"),
    JSONATA_EVAL("ASL038", "UNSUPPORTED_JSONATA_EXPRESSION", Severity.WARNING),
    JSONATA_BRACES("ASL039", Aws.SCHEMA),
    UNKNOWN_VARIABLE("ASL040", Aws.SCHEMA, Severity.WARNING),
    OUTER_VARIABLE("ASL041", Aws.SCHEMA, Severity.WARNING),
    VARIABLE_NAME("ASL042", Aws.SCHEMA),
    DISTRIBUTED_ONLY("ASL043", Aws.SCHEMA),
    ITEM_READER("ASL044", Aws.SCHEMA),
    LABEL("ASL045", "INVALID_LABEL_NAME"),
    REPEATED_LABEL("ASL046", "DUPLICATE_LABEL_NAME"),
    NO_DOLLAR("ASL047", "NO_DOLLAR", Severity.WARNING),
    STATIC_RESULT("ASL048", "PASS_RESULT_IS_STATIC", Severity.WARNING),
    ROLE_ARN("ASL049", Aws.SCHEMA),
    DEPTH("ASL050", "TOO_DEEPLY_NESTED"),
    PARAMETER("ASL051", Aws.SCHEMA),
    PATH_FUNCTION("ASL052", Aws.SCHEMA, Severity.WARNING),
    MANY_CALLS("ASL053", Aws.SCHEMA, Severity.WARNING);

    private final String code;
    private final String awsCode;
    private final Severity severity;

    DefinitionRule(String code, String awsCode) {
        this(code, awsCode, Severity.ERROR);
    }

    DefinitionRule(String code, String awsCode, Severity severity) {
        this.code = code;
        this.awsCode = awsCode;
        this.severity = severity;
    }

    public String code() {
        return code;
    }

    /// The service's code for the same.
    public String awsCode() {
        return awsCode;
    }

    Severity severity() {
        return severity;
    }

    /// An enum's constants cannot use its own static fields.
    private static final class Aws {
        static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";
    }
}
