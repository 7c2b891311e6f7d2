package dev.baton.cdk;

import dev.baton.compiler.pipeline.Substitutions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Fn;

/// Turns the compiler's `${Name}` into what CloudFormation replaces: the account, Region and partition become
/// pseudo-parameters, what the environment names becomes text, what a stack makes becomes a reference. Names that are
/// not known, which are policies' own variables (`${aws:username}`, `${*}`), stay.
final class Intrinsics {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Map<String, String> PSEUDO = Map.of(
            "AccountId", "AWS::AccountId",
            "Region", "AWS::Region",
            "Partition", "AWS::Partition",
            "UrlSuffix", "AWS::URLSuffix");

    private final Map<String, String> texts;
    private final Map<String, String> references;

    private Intrinsics(Map<String, String> texts, Map<String, String> references) {
        this.texts = Map.copyOf(texts);
        this.references = Map.copyOf(references);
    }

    /// @param known what the environment says
    static Intrinsics of(Substitutions known) {
        var texts = new LinkedHashMap<>(known.values());
        texts.keySet().removeAll(PSEUDO.keySet());
        return new Intrinsics(texts, Map.of());
    }

    Intrinsics and(String name, String text) {
        var more = new LinkedHashMap<>(texts);
        more.put(name, text);
        return new Intrinsics(more, references);
    }

    /// @param token that CDK resolves where it is used
    Intrinsics refer(String name, String token) {
        var more = new LinkedHashMap<>(references);
        more.put(name, token);
        return new Intrinsics(texts, more);
    }

    /// The text for a property that takes text.
    String text(String text) {
        return switch (in(text)) {
            case Substituted(String body, Map<String, String> variables) ->
                variables.isEmpty() ? Fn.sub(body) : Fn.sub(body, variables);
            case Whole(String token) -> token;
            case Plain(String plain) -> plain;
        };
    }

    /// What stands for each name that is known.
    Map<String, String> all() {
        var all = new LinkedHashMap<>(texts);
        all.putAll(references);
        PSEUDO.forEach((name, parameter) -> all.put(name, Fn.ref(parameter)));
        return all;
    }

    /// The text with what is text replaced, and every reference as its placeholder: equal for equal deployments.
    String stable(String text) {
        return new Substitutions(texts).in(text);
    }

    /// The JSON object for a property that takes any.
    Map<String, Object> json(Map<String, ? extends @Nullable Object> object) {
        var replaced = new LinkedHashMap<String, Object>();
        object.forEach((name, value) -> {
            if (value != null) {
                replaced.put(known(name), json(value));
            }
        });
        return replaced;
    }

    private Object json(Object value) {
        return switch (value) {
            case String text ->
                switch (in(text)) {
                    case Substituted(String body, Map<String, String> variables) ->
                        Map.of("Fn::Sub", variables.isEmpty() ? body : List.of(body, variables));
                    case Whole(String token) -> token;
                    case Plain(String plain) -> plain;
                };
            case List<?> list -> {
                var replaced = new ArrayList<Object>();
                list.forEach(element -> replaced.add(json(element)));
                yield replaced;
            }
            case Map<?, ?> map -> {
                var replaced = new LinkedHashMap<String, Object>();
                map.forEach((name, member) -> replaced.put(known((String) name), json(member)));
                yield replaced;
            }
            default -> value;
        };
    }

    /// CloudFormation takes no function as the name of a member: only what is text already is replaced there.
    private String known(String name) {
        return new Substitutions(texts).in(name);
    }

    private Replaced in(String text) {
        var body = new StringBuilder();
        var plain = new StringBuilder();
        var variables = new TreeMap<String, String>();
        var pseudo = false;
        var end = 0;
        var matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            var between = text.substring(end, matcher.start());
            end = matcher.end();
            body.append(between);
            plain.append(between);
            var name = matcher.group(1);
            var known = texts.get(name);
            var reference = references.get(name);
            if (known != null) {
                body.append(known.replace("${", "${!"));
                plain.append(known);
            } else if (reference != null) {
                if (matcher.group().equals(text)) {
                    return new Whole(reference);
                }
                body.append(matcher.group());
                variables.put(name, reference);
            } else if (PSEUDO.containsKey(name)) {
                body.append("${").append(PSEUDO.get(name)).append('}');
                pseudo = true;
            } else {
                body.append("${!").append(name).append('}');
                plain.append(matcher.group());
            }
        }
        var rest = text.substring(end);
        return pseudo || !variables.isEmpty() ? new Substituted(body + rest, variables) : new Plain(plain + rest);
    }

    private sealed interface Replaced {}

    private record Plain(String text) implements Replaced {}

    private record Whole(String token) implements Replaced {}

    private record Substituted(String body, Map<String, String> variables) implements Replaced {}
}
