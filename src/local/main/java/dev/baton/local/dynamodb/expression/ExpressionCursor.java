package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.ItemErrors;
import dev.baton.local.http.AwsError;
import java.util.ArrayList;
import java.util.List;

/// The place in an expression that is being read: its tokens one after another, and what all expressions are made of.
final class ExpressionCursor {
    private static final int LONGEST = 4_096;
    private static final int DEEPEST = 32;

    private final String member;
    private final String text;
    private final Placeholders placeholders;
    private final List<ExpressionToken> tokens;
    private int at;

    /// @param member the request's member that the expression is, such as `ConditionExpression`
    ExpressionCursor(String member, String text, Placeholders placeholders) {
        this.member = member;
        this.text = text;
        this.placeholders = placeholders;
        if (text.isBlank()) {
            throw error("The expression can not be empty;");
        }
        if (text.length() > LONGEST) {
            throw error("Expression size has exceeded the maximum allowed size; expression size: " + text.length());
        }
        tokens = ExpressionLexer.tokens(text);
    }

    AwsError error(String what) {
        return ItemErrors.validation("Invalid " + member + ": " + what);
    }

    /// The token at hand is none that may stand there.
    AwsError syntax() {
        var from = tokens.get(Math.max(0, at - 1)).from();
        var to = tokens.get(Math.min(tokens.size() - 1, at + 1)).to();
        return error("Syntax error; token: \"" + peek().shown() + "\", near: \"" + text.substring(from, to) + "\"");
    }

    ExpressionToken peek() {
        return tokens.get(at);
    }

    private ExpressionToken peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    ExpressionToken next() {
        var token = tokens.get(at);
        if (token.kind() != ExpressionToken.Kind.END) {
            at++;
        }
        return token;
    }

    boolean take(String sign) {
        boolean there = peek().is(sign);
        if (there) {
            at++;
        }
        return there;
    }

    boolean takeWord(String keyword) {
        boolean there = peek().isWord(keyword);
        if (there) {
            at++;
        }
        return there;
    }

    void require(String sign) {
        if (!take(sign)) {
            throw syntax();
        }
    }

    void requireWord(String keyword) {
        if (!takeWord(keyword)) {
            throw syntax();
        }
    }

    void requireEnd() {
        if (peek().kind() != ExpressionToken.Kind.END) {
            throw syntax();
        }
    }

    /// How many tokens were read.
    int position() {
        return at;
    }

    boolean isFunction() {
        return peek().kind() == ExpressionToken.Kind.WORD && peekSecond().is("(");
    }

    boolean isPath() {
        return peek().kind() == ExpressionToken.Kind.WORD || peek().kind() == ExpressionToken.Kind.NAME;
    }

    Attribute value() {
        var placeholder = next().text();
        var value = placeholders.value(placeholder);
        if (value == null) {
            throw error(
                    "An expression attribute value used in expression is not defined; attribute value: " + placeholder);
        }
        return value;
    }

    DocumentPath path() {
        var steps = new ArrayList<DocumentPath.Step>();
        steps.add(new DocumentPath.Member(name()));
        while (true) {
            if (take(".")) {
                steps.add(new DocumentPath.Member(name()));
            } else if (take("[")) {
                if (peek().kind() != ExpressionToken.Kind.NUMBER) {
                    throw syntax();
                }
                steps.add(new DocumentPath.Element(index(next().text())));
                require("]");
            } else {
                break;
            }
        }
        if (steps.size() > DEEPEST) {
            throw error("The document path has too many nesting elements; nesting levels: " + steps.size());
        }
        return new DocumentPath(steps);
    }

    private int index(String digits) {
        if (digits.length() > 9) {
            throw error("List index is not within the allowable range; index: [" + digits + "]");
        }
        return Integer.parseInt(digits);
    }

    private String name() {
        if (!isPath()) {
            throw syntax();
        }
        var token = next();
        if (token.kind() == ExpressionToken.Kind.NAME) {
            var name = placeholders.name(token.text());
            if (name == null) {
                throw error("An expression attribute name used in the document path is not defined; attribute name: "
                        + token.text());
            }
            return name;
        }
        if (ReservedWords.has(token.text())) {
            throw error("Attribute name is a reserved keyword; reserved keyword: " + token.text());
        }
        return token.text();
    }
}
