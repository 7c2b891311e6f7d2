package dev.baton.cdk.account;

import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/// A CloudFormation template: its resources in the order of their references, with CloudFormation's functions resolved.
///
/// It knows the functions that the templates use, and refuses others.
record Template(Map<String, @Nullable Object> members) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)\\}");

    /// @param text in JSON, or in YAML, in which CDK's command sends what goes in a request
    static Template parse(String text) {
        var options = new LoaderOptions();
        var dumping = new DumperOptions();
        var yaml = new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options, new Plain());
        return new Template(Json.parseObject(Json.print(yaml.load(text))));
    }

    /// What is a text in JSON is one here: dates are.
    private static final class Plain extends Resolver {
        @Override
        public void addImplicitResolver(Tag tag, Pattern regexp, @Nullable String first, int limit) {
            if (tag != Tag.TIMESTAMP && tag != Tag.MERGE) {
                super.addImplicitResolver(tag, regexp, first, limit);
            }
        }
    }

    /// What a name in a template stands for.
    interface Names {
        /// Of a resource (what `Ref` gives for its kind), a parameter, or `AWS::Region` and the like.
        Object ref(String name);

        /// An attribute of a resource.
        Object attribute(String resource, String name);

        /// What another stack exports.
        Object imported(String name);
    }

    Map<String, Map<String, @Nullable Object>> resources() {
        var resources = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        object(members.get("Resources")).forEach((name, resource) -> resources.put(name, object(resource)));
        return resources;
    }

    Map<String, @Nullable Object> outputs() {
        return object(members.get("Outputs"));
    }

    /// What a resource names in `DependsOn`.
    static List<String> waitsFor(Map<String, @Nullable Object> resource) {
        return switch (resource.get("DependsOn")) {
            case String one -> List.of(one);
            case List<?> several -> several.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }

    static @Nullable Object resolved(@Nullable Object value, Names names) {
        return switch (value) {
            case Map<?, ?> map when map.size() == 1 && map.containsKey("Ref") -> names.ref(text(map.get("Ref")));
            case Map<?, ?> map
            when map.size() == 1 && text(map.keySet().iterator().next()).startsWith("Fn::") ->
                function(text(map.keySet().iterator().next()), map.values().iterator().next(), names);
            case Map<?, ?> map -> {
                var resolved = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, member) -> resolved.put(text(name), resolved(member, names)));
                yield resolved;
            }
            case List<?> list -> {
                var resolved = new ArrayList<@Nullable Object>();
                list.forEach(element -> resolved.add(resolved(element, names)));
                yield resolved;
            }
            case null, default -> value;
        };
    }

    private static Object function(String name, @Nullable Object argument, Names names) {
        var list = argument instanceof List<?> several ? several : List.of(Objects.requireNonNull(argument));
        return switch (name) {
            case "Fn::GetAtt" -> names.attribute(text(list.get(0)), text(list.get(1)));
            case "Fn::ImportValue" -> names.imported(text(resolved(list.get(0), names)));
            case "Fn::Join" ->
                String.join(
                        text(list.get(0)),
                        ((List<?>) Objects.requireNonNull(resolved(list.get(1), names)))
                                .stream().map(Template::text).toList());
            case "Fn::Sub" -> substituted(list, names);
            default -> throw new IllegalArgumentException("Template error: no function " + name + " is known here");
        };
    }

    private static String substituted(List<?> argument, Names names) {
        var own = argument.size() > 1 ? object(argument.get(1)) : Map.<String, @Nullable Object>of();
        return VARIABLE.matcher(text(argument.getFirst()))
                .replaceAll(found -> {
                    var name = found.group(1);
                    var dot = name.indexOf('.');
                    var value = own.containsKey(name)
                            ? resolved(own.get(name), names)
                            : dot < 0
                                    ? names.ref(name)
                                    : names.attribute(name.substring(0, dot), name.substring(dot + 1));
                    return Matcher.quoteReplacement(text(value));
                })
                .replace("${!", "${");
    }

    static String text(@Nullable Object value) {
        return String.valueOf(value);
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    static List<Map<String, @Nullable Object>> objects(@Nullable Object value) {
        return value instanceof List<?> list ? list.stream().map(Template::object).toList() : List.of();
    }
}
