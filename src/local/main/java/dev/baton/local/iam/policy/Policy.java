package dev.baton.local.iam.policy;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A policy document, parsed once and ready to be matched.
public final class Policy {
    private final String name;
    private final String text;
    private final List<Statement> allows;
    private final List<Statement> denies;

    Policy(String name, String text, List<Statement> statements) {
        this.name = name;
        this.text = text;
        this.allows = statements.stream().filter(Statement::allows).toList();
        this.denies =
                statements.stream().filter(statement -> !statement.allows()).toList();
    }

    /// The policy that a JSON text stands for, wherever it is attached.
    ///
    /// @param name what findings and explanations call it, such as `inline policy read of role CleanOrders`
    /// @throws MalformedPolicy with every finding when it is none
    public static Policy parse(String name, String json) {
        return parse(PolicyKind.ANY, name, json);
    }

    /// The policy that a JSON text stands for, with what its kind asks for.
    ///
    /// @throws MalformedPolicy with every finding when it is none
    public static Policy parse(PolicyKind kind, String name, String json) {
        return new PolicyParser(kind, name).parse(json);
    }

    public String name() {
        return name;
    }

    /// The document as it was given.
    public String text() {
        return text;
    }

    @Nullable
    Statement allow(Request request) {
        for (var statement : allows) {
            if (statement.covers(request)) {
                return statement;
            }
        }
        return null;
    }

    /// What its statements write under `Action` and `NotAction`, in small letters.
    public List<String> actions() {
        return Stream.of(allows, denies)
                .flatMap(List::stream)
                .flatMap(statement -> statement.actions().stream())
                .map(PolicyValue::toString)
                .toList();
    }

    /// What its statements write under `Resource` and `NotResource` that is neither the resource of the ARN nor within
    /// it. What has a variable there is left open.
    public List<String> resourcesBeyond(String arn) {
        return Stream.of(allows, denies)
                .flatMap(List::stream)
                .map(Statement::resources)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .map(PolicyValue::toString)
                .filter(resource -> !isWithin(resource, arn))
                .toList();
    }

    private static boolean isWithin(String resource, String arn) {
        int slash = resource.indexOf('/');
        var head = slash < 0 ? resource : resource.substring(0, slash);
        return head.contains("${")
                || PolicyValue.parse(head, PolicyValue.Shape.ARN, false).matches(arn, RequestContext.EMPTY);
    }

    /// The ARNs of users, roles and sessions that its statements name.
    public List<String> namedPrincipals() {
        return Stream.of(allows, denies)
                .flatMap(List::stream)
                .map(Statement::principals)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .filter(PrincipalPattern.Named.class::isInstance)
                .map(pattern -> ((PrincipalPattern.Named) pattern).arn())
                .toList();
    }

    List<Statement> allows() {
        return allows;
    }

    List<Statement> denies() {
        return denies;
    }

    /// Equal are policies of one name and one text.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Policy policy && policy.name.equals(name) && policy.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
