package dev.baton.local.iam.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A value in a policy: text, wildcards and variables such as `${aws:PrincipalTag/team, 'nobody'}`.
///
/// `${*}`, `${?}` and `${$}` are those characters themselves. A value that a variable stands for is never read as a
/// wildcard. See [Variables and
/// tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html).
final class PolicyValue {
    private final String source;
    private final List<Part> parts;
    private final Shape shape;
    private final @Nullable Glob constant;
    private final boolean plain;

    /// The readings of wildcards.
    enum Shape {
        /// Not at all.
        LITERAL,
        /// Across everything.
        TEXT,
        /// Part by part, as in an ARN.
        ARN
    }

    private sealed interface Part {}

    private record Text(String text) implements Part {}

    private enum Wildcard implements Part {
        ANY,
        ONE
    }

    /// @param key in small letters
    private record Variable(String key, @Nullable String otherwise) implements Part {}

    private PolicyValue(String source, List<Part> parts, Shape shape, boolean plain) {
        this.source = source;
        this.parts = List.copyOf(parts);
        this.shape = shape;
        this.plain = plain;
        this.constant = parts.stream().anyMatch(Variable.class::isInstance) ? null : build(RequestContext.EMPTY);
    }

    /// @param variables whether the policy's version knows variables; else `${…}` is just text
    static PolicyValue parse(String source, Shape shape, boolean variables) {
        var parts = new ArrayList<Part>();
        var text = new StringBuilder();
        int i = 0;
        while (i < source.length()) {
            char c = source.charAt(i);
            int end = variables && c == '$' && source.startsWith("${", i) ? source.indexOf('}', i) : -1;
            if (end > 0) {
                var inside = source.substring(i + 2, end);
                if (inside.equals("*") || inside.equals("?") || inside.equals("$")) {
                    text.append(inside);
                } else {
                    flush(text, parts);
                    parts.add(variable(inside));
                }
                i = end + 1;
            } else if (shape != Shape.LITERAL && (c == '*' || c == '?')) {
                flush(text, parts);
                parts.add(c == '*' ? Wildcard.ANY : Wildcard.ONE);
                i++;
            } else {
                text.append(c);
                i++;
            }
        }
        flush(text, parts);
        return new PolicyValue(source, parts, shape, !variables && source.contains("${"));
    }

    private static Variable variable(String inside) {
        int comma = inside.indexOf(',');
        if (comma < 0) {
            return new Variable(inside.strip().toLowerCase(Locale.ROOT), null);
        }
        var key = inside.substring(0, comma).strip().toLowerCase(Locale.ROOT);
        var otherwise = inside.substring(comma + 1).strip();
        boolean quoted = otherwise.length() >= 2 && otherwise.startsWith("'") && otherwise.endsWith("'");
        return new Variable(key, quoted ? otherwise.substring(1, otherwise.length() - 1) : null);
    }

    private static void flush(StringBuilder text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Text(text.toString()));
            text.setLength(0);
        }
    }

    /// Whether the text fits; it never does where a variable has no value.
    boolean matches(String text, RequestContext context) {
        var glob = constant == null ? build(context) : constant;
        return glob != null && glob.matches(text);
    }

    /// The text with its variables replaced, or null where one has no value; wildcards stay as they are.
    @Nullable
    String text(RequestContext context) {
        var text = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case Text literal -> text.append(literal.text());
                case Wildcard wildcard -> text.append(wildcard == Wildcard.ANY ? '*' : '?');
                case Variable variable -> {
                    var value = value(variable, context);
                    if (value == null) {
                        return null;
                    }
                    text.append(value);
                }
            }
        }
        return text.toString();
    }

    private @Nullable Glob build(RequestContext context) {
        var glob = new Glob.Builder();
        for (var part : parts) {
            switch (part) {
                case Text literal -> glob.literal(literal.text());
                case Wildcard wildcard -> {
                    if (wildcard == Wildcard.ANY) {
                        glob.any();
                    } else {
                        glob.one();
                    }
                }
                case Variable variable -> {
                    var value = value(variable, context);
                    if (value == null) {
                        return null;
                    }
                    glob.literal(value);
                }
            }
        }
        return shape == Shape.ARN ? glob.buildArn() : glob.build();
    }

    /// A key with several values cannot stand in a text, so it counts as having none.
    private static @Nullable String value(Variable variable, RequestContext context) {
        var values = context.values(variable.key());
        return values != null && values.size() == 1 ? values.getFirst() : variable.otherwise();
    }

    /// As the policy has it, with what keeps it from matching anything.
    String explained(RequestContext context) {
        if (plain) {
            return source + " (plain text, as the policy's Version is not 2012-10-17)";
        }
        for (var part : parts) {
            if (part instanceof Variable variable && value(variable, context) == null) {
                return source + " (${" + variable.key() + "} has no single value here, so it matches nothing)";
            }
        }
        return source;
    }

    /// As the policy has it.
    @Override
    public String toString() {
        return source;
    }
}
