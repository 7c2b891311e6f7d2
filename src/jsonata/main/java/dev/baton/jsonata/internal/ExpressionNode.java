package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.Parser;
import com.dashjoin.jsonata.Parser.Symbol;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A node of an expression's syntax tree.
///
/// The library's parser keeps the members of its nodes to itself, so they are read through handles; that is the price
/// of having one parser, the one whose trees are evaluated.
record ExpressionNode(Symbol symbol) {
    private static final VarHandle TYPE = member("type", String.class);
    private static final VarHandle VALUE = member("value", Object.class);
    private static final VarHandle POSITION = member("position", int.class);
    private static final VarHandle LHS = member("lhs", Symbol.class);
    private static final VarHandle RHS = member("rhs", Symbol.class);
    private static final VarHandle EXPRESSION = member("expression", Symbol.class);
    private static final VarHandle PROCEDURE = member("procedure", Symbol.class);
    private static final VarHandle BODY = member("body", Symbol.class);
    private static final VarHandle CONDITION = member("condition", Symbol.class);
    private static final VarHandle THEN = member("then", Symbol.class);
    private static final VarHandle ELSE = member("_else", Symbol.class);
    private static final VarHandle PATTERN = member("pattern", Symbol.class);
    private static final VarHandle UPDATE = member("update", Symbol.class);
    private static final VarHandle DELETE = member("delete", Symbol.class);
    private static final VarHandle STEPS = member("steps", List.class);
    private static final VarHandle ARGUMENTS = member("arguments", List.class);
    private static final VarHandle PREDICATE = member("predicate", List.class);
    private static final VarHandle TERMS = member("terms", List.class);
    private static final VarHandle EXPRESSIONS = member("expressions", List.class);
    private static final VarHandle SIGNATURE_TEXT = signatureText();

    private static VarHandle member(String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(Symbol.class, MethodHandles.lookup())
                    .findVarHandle(Symbol.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static VarHandle signatureText() {
        var signature = com.dashjoin.jsonata.utils.Signature.class;
        try {
            return MethodHandles.privateLookupIn(signature, MethodHandles.lookup())
                    .findVarHandle(signature, "_signature", String.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static ExpressionNode parse(String text) {
        return new ExpressionNode(new Parser().parse(text));
    }

    String type() {
        return String.valueOf((String) TYPE.get(symbol));
    }

    boolean is(String type) {
        return type.equals(type());
    }

    /// An operator, a name, a literal; as text.
    String text() {
        return String.valueOf(VALUE.get(symbol));
    }

    @Nullable
    Object value() {
        return VALUE.get(symbol);
    }

    /// The signature that a function's author writes, such as `<n-:n>`, or null.
    @Nullable
    String signature() {
        return symbol.signature instanceof com.dashjoin.jsonata.utils.Signature signature
                ? (String) SIGNATURE_TEXT.get(signature)
                : null;
    }

    int position() {
        return (int) POSITION.get(symbol);
    }

    @Nullable
    ExpressionNode lhs() {
        return node(LHS.get(symbol));
    }

    @Nullable
    ExpressionNode rhs() {
        return node(RHS.get(symbol));
    }

    @Nullable
    ExpressionNode expression() {
        return node(EXPRESSION.get(symbol));
    }

    @Nullable
    ExpressionNode procedure() {
        return node(PROCEDURE.get(symbol));
    }

    @Nullable
    ExpressionNode body() {
        return node(BODY.get(symbol));
    }

    @Nullable
    ExpressionNode condition() {
        return node(CONDITION.get(symbol));
    }

    @Nullable
    ExpressionNode then() {
        return node(THEN.get(symbol));
    }

    @Nullable
    ExpressionNode otherwise() {
        return node(ELSE.get(symbol));
    }

    @Nullable
    ExpressionNode pattern() {
        return node(PATTERN.get(symbol));
    }

    @Nullable
    ExpressionNode update() {
        return node(UPDATE.get(symbol));
    }

    @Nullable
    ExpressionNode delete() {
        return node(DELETE.get(symbol));
    }

    @Nullable
    ExpressionNode group() {
        return node(symbol.group);
    }

    List<ExpressionNode> steps() {
        return nodes(STEPS.get(symbol));
    }

    List<ExpressionNode> arguments() {
        return nodes(ARGUMENTS.get(symbol));
    }

    List<ExpressionNode> expressions() {
        return nodes(EXPRESSIONS.get(symbol));
    }

    /// The terms of an order-by.
    List<ExpressionNode> terms() {
        return nodes(TERMS.get(symbol)).stream()
                .flatMap(term -> Stream.ofNullable(term.expression()))
                .toList();
    }

    /// The nodes in brackets after it, in order: filters, and `index` nodes.
    List<ExpressionNode> stages() {
        return Stream.concat(nodes(PREDICATE.get(symbol)).stream(), nodes(symbol.stages).stream())
                .toList();
    }

    /// A filter's own expression.
    @Nullable
    ExpressionNode filter() {
        return node(symbol.expr);
    }

    /// The members of an object constructor or a grouping: key and value.
    List<ExpressionNode[]> members() {
        return symbol.lhsObject == null
                ? List.of()
                : symbol.lhsObject.stream()
                        .map(pair -> new ExpressionNode[] {new ExpressionNode(pair[0]), new ExpressionNode(pair[1])})
                        .toList();
    }

    /// The variable that `@` binds here.
    @Nullable
    String focus() {
        return symbol.focus == null ? null : symbol.focus.toString();
    }

    /// The variable that `#` binds here.
    @Nullable
    String index() {
        return symbol.index instanceof String name ? name : null;
    }

    /// Whether it is more than its kind alone says: filtered, grouped, kept an array, part of a join.
    boolean isPlain() {
        return stages().isEmpty()
                && symbol.group == null
                && symbol.focus == null
                && symbol.index == null
                && symbol.tuple == null
                && symbol.ancestor == null
                && !symbol.keepSingletonArray
                && !symbol.consarray
                && !keepsArray();
    }

    boolean keepsArray() {
        return (boolean) KEEP_ARRAY.get(symbol);
    }

    private static final VarHandle KEEP_ARRAY = member("keepArray", boolean.class);

    private static @Nullable ExpressionNode node(@Nullable Object symbol) {
        return symbol instanceof Symbol one ? new ExpressionNode(one) : null;
    }

    private static List<ExpressionNode> nodes(@Nullable Object symbols) {
        return symbols instanceof List<?> list
                ? list.stream().map(one -> new ExpressionNode((Symbol) one)).toList()
                : List.of();
    }
}
