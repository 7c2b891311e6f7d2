package dev.baton.cli.access;

import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.name.Arn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The access of a task, what a task may do, as its role's policy has it, in the words of its author: objects by
/// logical bucket.
///
/// Left out is what every task may do: see and list its own output and records and those of what it requires, and use
/// the keys of these buckets through S3.
///
/// @param task the task's class, as it stands in names; with `-called` for what the call may do that a service does the
///     work by
/// @param reads keys, with `*`
/// @param writes keys, with `*`; those that it may delete too are marked
/// @param other actions on anything else
public record TaskAccess(String task, List<String> reads, List<String> writes, List<String> other) {
    public TaskAccess {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        other = List.copyOf(other);
    }

    /// One for each task of a pipeline, and one for each call of a service, sorted.
    public static List<TaskAccess> of(CompiledPipeline pipeline) {
        var logical = new HashMap<String, String>();
        pipeline.buckets().forEach(bucket -> logical.put(bucket.placeholder(), bucket.logical()));
        logical.put("Partition", "aws");
        var own = pipeline.prefix().of(pipeline.name()) + "-";
        var words = new Substitutions(logical);
        return pipeline.roles().stream()
                .filter(role -> role.kind() == CompiledRole.Kind.TASK || role.kind() == CompiledRole.Kind.SERVICE)
                .map(role -> of(role.name().substring(own.length()), role, words))
                .toList();
    }

    /// The access of all tasks of a pipeline, which the schema `access` tells of.
    public static Map<String, @Nullable Object> json(CompiledPipeline pipeline) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("pipeline", pipeline.name());
        json.put("tasks", of(pipeline).stream().map(TaskAccess::toJson).toList());
        return json;
    }

    private Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("task", task);
        json.put("reads", reads);
        json.put("writes", writes);
        json.put("other", other);
        return json;
    }

    private static TaskAccess of(String task, CompiledRole role, Substitutions words) {
        var reads = new TreeSet<String>();
        var writes = new TreeSet<String>();
        var deletes = new TreeSet<String>();
        var other = new ArrayList<String>();
        for (var right : AccessRight.of(role.policy())) {
            var resource = words.in(right.resource().toString());
            var place = resource.replace("arn:aws:s3:::", "");
            if (place.startsWith(CompiledBucket.STATE + "/") || place.equals(CompiledBucket.STATE)) {
                continue;
            }
            switch (right.action().toString()) {
                case "s3:GetObject" -> reads.add(place);
                case "s3:PutObject" -> writes.add(place);
                case "s3:DeleteObject" -> deletes.add(place);
                case "s3:GetObjectVersion", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts" -> {}
                case "kms:Decrypt", "kms:GenerateDataKey" -> {}
                case "s3:ListBucket" ->
                    right.limits().stream()
                            .flatMap(limit -> limit.values().stream())
                            .filter(prefix -> right.statement().startsWith("ListDeclared") && prefix.endsWith("*"))
                            .forEach(prefix -> other.add("list " + place + "/" + prefix));
                case String action ->
                    other.add(action + " " + Arn.last(resource)
                            + right.limits().stream()
                                    .filter(limit -> !limit.operator().equals("Null"))
                                    .map(limit -> " ("
                                            + limit.key().substring(limit.key().indexOf(':') + 1) + " "
                                            + String.join(", ", limit.values()) + ")")
                                    .reduce("", String::concat));
            }
        }
        // Its own output it reads too: that is what the conditional commit asks for.
        reads.removeAll(writes);
        return new TaskAccess(
                task,
                List.copyOf(reads),
                writes.stream()
                        .map(place -> deletes.contains(place) ? place + " (and deletes)" : place)
                        .toList(),
                other);
    }
}
