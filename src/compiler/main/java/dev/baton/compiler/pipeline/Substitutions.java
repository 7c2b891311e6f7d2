package dev.baton.compiler.pipeline;

import dev.baton.asl.StateMachine;
import dev.baton.asl.definition.Asl;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The substitutions of an environment: account, region, partition, buckets, versions. A name it does not know stays as
/// it is, because policies have variables of their own (`${aws:username}`, `${*}`).
///
/// | name | is |
/// |---|---|
/// | `AccountId`, `Region`, `Partition` | where |
/// | `StateBucket`, `LakeBucket` … | the real name of Baton's own bucket, and of each logical one (`lake`) |
/// | `StateKey`, `LakeKey` … | the ARN of the KMS key that each of them is encrypted with; they may be the same |
/// | `PinVersion`, `AwaitVersion`, `CallbackVersion`, `CleanObservationsVersion` … | the version of each function |
/// | `Part1Version` … | the version of each child machine |
/// | `JarsConcurrency` … | how many iterations of a distributed Map run at a time; 0: as many as Step Functions runs |
/// | `SimulateRevision` … | the revision of each task definition |
/// | `ContainerImage`, `ContainerRepository` | the image of the containers, and the name of the ECR repository that it is in |
/// | `ContainerSubnets`, `ContainerSecurityGroups` | where containers run: ids, with commas between |
/// | `ContainerPublicIp` | whether they have public addresses: `ENABLED` or `DISABLED` |
/// | `StateMachineAlias` | what the start function starts: the ARN of the alias, or of the state machine |
/// | `EventBus` | the bus that completions are told to |
/// | `Revision` | which sources the functions were built from, as JSON |
/// | `OidcIssuer`, `OidcAudience`, `OidcSubject` | who may deploy: the issuer without `https://`, and what its tokens say (`repo:acme/weather:environment:prod`; `*` and `?` as in `StringLike`) |
///
/// @param values by name
public record Substitutions(Map<String, String> values) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

    public Substitutions {
        values = Map.copyOf(values);
    }

    /// These and another one.
    public Substitutions and(String name, String value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Substitutions(more);
    }

    /// The text with every known `${Name}` replaced.
    public String in(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    /// The state machine with every known `${Name}` replaced.
    public StateMachine in(StateMachine machine) {
        return Asl.parse("definition.asl.json", text(machine)).orThrow();
    }

    /// The definition as it is given to Step Functions: every known `${Name}` replaced, on one line, because blanks
    /// count against the limit of 1 MB.
    public String text(StateMachine machine) {
        return Json.print(in(Json.parseObject(machine.toJson())));
    }

    /// The JSON object with every known `${Name}` replaced, in its strings and in the names of its members: a condition
    /// key may name the issuer of a token.
    public Map<String, @Nullable Object> in(Map<String, @Nullable Object> object) {
        var replaced = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((name, value) -> replaced.put(in(name), value(value)));
        return replaced;
    }

    private @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case String text -> in(text);
            case List<?> array -> {
                var replaced = new ArrayList<@Nullable Object>();
                array.forEach(element -> replaced.add(value(element)));
                yield replaced;
            }
            case Map<?, ?> object -> {
                var replaced = new LinkedHashMap<String, @Nullable Object>();
                object.forEach((name, member) -> replaced.put(in((String) name), value(member)));
                yield replaced;
            }
            case null, default -> value;
        };
    }
}
