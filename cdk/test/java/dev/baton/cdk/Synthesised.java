package dev.baton.cdk;

import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The templates that an environment was synthesised to, by file, with nested stacks as files of their own.
record Synthesised(Path folder, Map<String, Map<String, Object>> templates) {
    private static final String SUFFIX = ".template.json";

    record Resource(String stack, String id, Map<String, Object> body) {
        String type() {
            return (String) body.get("Type");
        }

        Map<String, Object> properties() {
            return object(body.getOrDefault("Properties", Map.of()));
        }

        Object property(String name) {
            return properties().get(name);
        }

        /// A property inside of others: `A/0/B`.
        Object at(String path) {
            Object value = properties();
            for (var step : path.split("/")) {
                value = value instanceof List<?> list
                        ? list.get(Integer.parseInt(step))
                        : value instanceof Map<?, ?> map ? map.get(step) : null;
            }
            return value;
        }
    }

    static Synthesised in(Path folder) throws IOException {
        var templates = new TreeMap<String, Map<String, Object>>();
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                templates.put(
                        name.substring(0, name.length() - SUFFIX.length()), Json.parseObject(Files.readAllBytes(file)));
            }
        }
        return new Synthesised(folder, templates);
    }

    List<Path> files() {
        return templates.keySet().stream()
                .map(name -> folder.resolve(name + SUFFIX))
                .toList();
    }

    List<Resource> all() {
        var all = new ArrayList<Resource>();
        templates.forEach((stack, template) -> object(template.get("Resources"))
                .forEach((id, body) -> all.add(new Resource(stack, id, object(body)))));
        return all;
    }

    List<Resource> all(String type) {
        return all().stream().filter(resource -> resource.type().equals(type)).toList();
    }

    /// The one resource of a type whose property has a value.
    Resource one(String type, String property, String value) {
        var found = all(type).stream()
                .filter(resource -> value.equals(resolved(resource.stack(), resource.property(property))))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    found.size() + " resources of type " + type + " have the " + property + " " + value);
        }
        return found.getFirst();
    }

    Resource one(String type) {
        var found = all(type);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " resources of type " + type);
        }
        return found.getFirst();
    }

    Resource named(String stack, String id) {
        return new Resource(
                stack, id, object(object(templates.get(stack).get("Resources")).get(id)));
    }

    /// A value of a stack as CloudFormation would have it; what only the account knows is `<type.attribute>`.
    Object resolved(String stack, Object value) {
        return switch (value) {
            case Map<?, ?> map
            when map.size() == 1 && map.containsKey("Ref") -> reference(stack, (String) map.get("Ref"));
            case Map<?, ?> map
            when map.size() == 1 && map.containsKey("Fn::Sub") -> substituted(stack, map.get("Fn::Sub"));
            case Map<?, ?> map
            when map.size() == 1 && map.containsKey("Fn::GetAtt") -> {
                var get = (List<?>) map.get("Fn::GetAtt");
                yield attribute(stack, (String) get.get(0), (String) get.get(1));
            }
            case Map<?, ?> map
            when map.size() == 1 && map.containsKey("Fn::ImportValue") -> imported((String) map.get("Fn::ImportValue"));
            case Map<?, ?> map
            when map.size() == 1 && map.containsKey("Fn::Join") -> {
                var join = (List<?>) map.get("Fn::Join");
                var text = new ArrayList<String>();
                ((List<?>) join.get(1)).forEach(part -> text.add((String) resolved(stack, part)));
                yield String.join((String) join.get(0), text);
            }
            case Map<?, ?> map
            when map.size() == 1 && map.containsKey("Fn::Select") -> {
                var select = (List<?>) map.get("Fn::Select");
                var from = (List<?>) resolved(stack, select.get(1));
                yield from.get(Integer.parseInt(select.get(0).toString()));
            }
            case Map<?, ?> map
            when map.size() == 1 && map.containsKey("Fn::Split") -> {
                var split = (List<?>) map.get("Fn::Split");
                yield List.of(((String) resolved(stack, split.get(1))).split(Pattern.quote((String) split.get(0)), -1));
            }
            case Map<?, ?> map -> {
                var resolved = new LinkedHashMap<String, Object>();
                map.forEach((name, member) -> resolved.put((String) name, resolved(stack, member)));
                yield resolved;
            }
            case List<?> list ->
                list.stream().map(element -> resolved(stack, element)).toList();
            case null, default -> value;
        };
    }

    private String substituted(String stack, Object argument) {
        var text = argument instanceof List<?> list ? (String) list.getFirst() : (String) argument;
        var values = new LinkedHashMap<String, String>();
        if (argument instanceof List<?> list) {
            object(list.get(1)).forEach((name, value) -> values.put(name, (String) resolved(stack, value)));
        }
        for (var pseudo : List.of("AccountId", "Region", "Partition", "URLSuffix")) {
            text = text.replace("${AWS::" + pseudo + "}", reference(stack, "AWS::" + pseudo));
        }
        return new Substitutions(values).in(text).replace("${!", "${");
    }

    private String reference(String stack, String name) {
        if (name.startsWith("AWS::")) {
            return switch (name) {
                case "AWS::AccountId" -> account();
                case "AWS::Region" -> "eu-central-1";
                case "AWS::Partition" -> "aws";
                case "AWS::URLSuffix" -> "amazonaws.com";
                default -> throw new AssertionError(name);
            };
        }
        if (object(templates.get(stack).get("Resources")).containsKey(name)) {
            var resource = named(stack, name);
            if (resource.type().equals("AWS::ECS::TaskDefinition")) {
                // Its revision is what the account counts.
                return "arn:aws:ecs:eu-central-1:" + account() + ":task-definition/" + resource.property("Family")
                        + ":<" + name + ">";
            }
            return "<" + resource.type() + "." + name + ">";
        }
        // A nested stack is told what it does not make itself.
        for (var nested : all("AWS::CloudFormation::Stack")) {
            var parameters = object(nested.properties().getOrDefault("Parameters", Map.of()));
            if (parameters.containsKey(name)) {
                return (String) resolved(nested.stack(), parameters.get(name));
            }
        }
        throw new AssertionError(stack + " refers to " + name + ", which is nowhere");
    }

    private String attribute(String stack, String id, String attribute) {
        var resource = named(stack, id);
        if (resource.type().equals("AWS::CloudFormation::Stack")) {
            var output = attribute.substring("Outputs.".length());
            for (var template : templates.entrySet()) {
                var outputs = object(template.getValue().getOrDefault("Outputs", Map.of()));
                if (outputs.containsKey(output) && !template.getKey().equals(stack)) {
                    return (String) resolved(
                            template.getKey(), object(outputs.get(output)).get("Value"));
                }
            }
            throw new AssertionError(id + " has no output " + output);
        }
        return "<" + resource.type() + "." + id + "." + attribute + ">";
    }

    private String imported(String export) {
        for (var template : templates.entrySet()) {
            for (var output : object(template.getValue().getOrDefault("Outputs", Map.of()))
                    .values()) {
                var exported = object(object(output).getOrDefault("Export", Map.of()));
                if (export.equals(exported.get("Name"))) {
                    return (String) resolved(template.getKey(), object(output).get("Value"));
                }
            }
        }
        throw new AssertionError("nothing exports " + export);
    }

    private String account() {
        try {
            var stacks = object(Json.parseObject(Files.readAllBytes(folder.resolve("manifest.json")))
                    .get("artifacts"));
            var place = stacks.values().stream()
                    .map(stack -> object(stack).get("environment"))
                    .filter(environment -> environment instanceof String text && text.startsWith("aws://"))
                    .map(String::valueOf)
                    .findFirst()
                    .orElseThrow();
            return place.substring("aws://".length(), place.lastIndexOf('/'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
