package dev.baton.cdk.account;

import static dev.baton.cdk.account.Template.object;
import static dev.baton.cdk.account.Template.text;

import dev.baton.local.http.Account;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A stack: brings its resources to what a template says, one after the other in the order of their references.
final class Stack {
    private final String name;
    private final Account account;
    private final Resources kinds;
    private final Function<String, String> imports;

    private final Map<String, Resource> made = new LinkedHashMap<>();
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final Map<String, String> exports = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private String template = "{}";

    /// @param imports what other stacks export
    Stack(String name, Account account, Resources kinds, Function<String, String> imports) {
        this.name = name;
        this.account = account;
        this.kinds = kinds;
        this.imports = imports;
    }

    String name() {
        return name;
    }

    String id() {
        return account.arn("cloudformation", "stack/" + name + "/11111111-2222-3333-4444-555555555555");
    }

    String template() {
        return template;
    }

    Map<String, Resource> made() {
        return made;
    }

    Map<String, String> outputs() {
        return outputs;
    }

    Map<String, String> exports() {
        return exports;
    }

    /// What happened last: `CREATE baton-weather-pin`.
    List<String> events() {
        return events;
    }

    void deploy(String text, Map<String, String> parameters) {
        events.clear();
        var wanted = Template.parse(text);
        var resources = wanted.resources();
        var names = new InStack(resources, parameters);
        resources.keySet().forEach(names::settle);
        for (var gone : Set.copyOf(made.keySet())) {
            if (!resources.containsKey(gone)) {
                remove(gone);
            }
        }
        outputs.clear();
        exports.clear();
        wanted.outputs().forEach((output, described) -> {
            var value = text(Template.resolved(object(described).get("Value"), names));
            outputs.put(output, value);
            if (object(described).get("Export") instanceof Map<?, ?> export) {
                exports.put(text(export.get("Name")), value);
            }
        });
        template = text;
    }

    void delete() {
        events.clear();
        List.copyOf(made.keySet()).reversed().forEach(this::remove);
    }

    private void remove(String logical) {
        var resource = made.get(logical);
        if (resource != null && !resource.retained()) {
            events.add("DELETE " + logical);
            kinds.remove(resource);
        }
        made.remove(logical);
    }

    /// The names in this stack's template; asked for a resource that is not settled yet, it settles that first.
    private final class InStack implements Template.Names {
        private final Map<String, Map<String, @Nullable Object>> resources;
        private final Map<String, String> parameters;
        private final Set<String> settled = new LinkedHashSet<>();

        InStack(Map<String, Map<String, @Nullable Object>> resources, Map<String, String> parameters) {
            this.resources = resources;
            this.parameters = parameters;
        }

        Resource settle(String logical) {
            var wanted = resources.get(logical);
            if (wanted == null) {
                throw new IllegalArgumentException("Template error: unresolved reference to " + logical);
            }
            if (settled.add(logical)) {
                Template.waitsFor(wanted).forEach(this::settle);
                var properties = object(Template.resolved(object(wanted.get("Properties")), this));
                var type = text(wanted.get("Type"));
                var before = made.get(logical);
                if (before == null || !before.properties().equals(properties)) {
                    events.add((before == null ? "CREATE " : "UPDATE ") + logical);
                    try {
                        var now = kinds.put(type, name, logical, properties, before);
                        made.put(
                                logical,
                                new Resource(
                                        type,
                                        now.id(),
                                        now.attributes(),
                                        properties,
                                        text(wanted.get("DeletionPolicy")).startsWith("Retain")));
                    } catch (RuntimeException e) {
                        throw new IllegalStateException(logical + " (" + type + "): " + e.getMessage(), e);
                    }
                }
            }
            var there = made.get(logical);
            if (there == null) {
                throw new IllegalArgumentException("Template error: circular dependency at " + logical);
            }
            return there;
        }

        @Override
        public Object ref(String reference) {
            if (parameters.containsKey(reference)) {
                return parameters.get(reference);
            }
            return switch (reference) {
                case "AWS::AccountId" -> account.id();
                case "AWS::Region" -> account.region();
                case "AWS::Partition" -> Account.PARTITION;
                case "AWS::URLSuffix" -> "amazonaws.com";
                case "AWS::StackName" -> name;
                default -> settle(reference).id();
            };
        }

        @Override
        public Object attribute(String resource, String attribute) {
            return settle(resource).attribute(attribute);
        }

        @Override
        public Object imported(String export) {
            return imports.apply(export);
        }
    }
}
