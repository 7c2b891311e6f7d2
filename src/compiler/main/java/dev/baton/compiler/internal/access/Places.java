package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.graph.TaskNode;
import dev.baton.task.template.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The places of the objects of some nodes, as patterns for policies.
///
/// @param patterns keys, with `*`, by logical bucket
record Places(Map<String, TreeSet<String>> patterns) {
    /// With more than so many values of what is constant in a node, one pattern stands for all.
    private static final int MOST_PATTERNS = 6;

    /// The outputs of nodes.
    static Places of(Collection<TaskNode> nodes) {
        var byTemplate = new TreeMap<String, List<TaskNode>>();
        for (var node : nodes) {
            byTemplate
                    .computeIfAbsent(
                            node.taskClass().getName() + " " + node.template().text(), key -> new ArrayList<>())
                    .add(node);
        }
        var patterns = new TreeMap<String, TreeSet<String>>();
        for (var alike : byTemplate.values()) {
            var template = alike.getFirst().template();
            var narrow = new TreeSet<String>();
            alike.forEach(node -> narrow.add(template.pattern(node.constants())));
            var bucket = patterns.computeIfAbsent(template.bucket(), name -> new TreeSet<>());
            if (narrow.size() <= MOST_PATTERNS) {
                bucket.addAll(narrow);
            } else {
                bucket.add(template.pattern(Map.of()));
            }
        }
        return new Places(patterns);
    }

    /// What the tasks of a class write.
    static Places written(TaskClass type) {
        var places = of(type.nodes());
        type.items().forEach(items -> places.add(items.template()));
        return places;
    }

    /// What the tasks of a class read of what is required.
    static Places read(TaskClass type) {
        var places = of(type.inputs());
        for (var input : type.inputs()) {
            input.items().ifPresent(items -> places.add(items.template()));
        }
        return places;
    }

    /// And every object of a template.
    private void add(Template template) {
        patterns.computeIfAbsent(template.bucket(), name -> new TreeSet<>()).add(template.pattern(Map.of()));
    }

    List<String> objects() {
        var arns = new ArrayList<String>();
        patterns.forEach((bucket, keys) -> keys.forEach(key -> arns.add(objectArn(bucket, key))));
        return arns;
    }

    static String objectArn(String bucket, String key) {
        return bucketArn(bucket) + "/" + key;
    }

    static String bucketArn(String bucket) {
        return "arn:${Partition}:s3:::${" + ResourceNames.bucketPlaceholder(bucket) + "}";
    }
}
