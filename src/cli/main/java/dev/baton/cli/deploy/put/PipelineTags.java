package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.compiler.pipeline.CompiledMachine;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRotation;
import dev.baton.compiler.pipeline.CompiledTrigger;
import dev.baton.compiler.pipeline.ResourceTags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/// The tags of a deployed pipeline, put on all that it has as CDK puts them there. What pipelines share names all of
/// them.
///
/// @param given what each of its own resources gets
record PipelineTags(ResourceTags given) {
    private static final Pattern COUNT = Pattern.compile("[0-9]+ pipelines");

    /// Tags all that a pipeline has; other tags stay.
    void on(CompiledPipeline pipeline, Endpoint endpoint, EnvironmentNames environment) {
        for (var function : pipeline.functions()) {
            var arn = environment.function(function.name());
            endpoint.lambda().tagResource(request -> request.resource(arn).tags(given.values()));
        }
        for (var role : pipeline.roles()) {
            endpoint.iam()
                    .tagRole(request -> request.roleName(role.name())
                            .tags(given.values().entrySet().stream()
                                    .map(tag -> software.amazon.awssdk.services.iam.model.Tag.builder()
                                            .key(tag.getKey())
                                            .value(tag.getValue())
                                            .build())
                                    .toList()));
        }
        var machines = Stream.concat(
                pipeline.machines().stream().map(CompiledMachine::name),
                pipeline.rotations().stream().map(CompiledRotation::name));
        for (var machine : machines.toList()) {
            var arn = environment.stateMachine(machine);
            endpoint.states()
                    .tagResource(request -> request.resourceArn(arn)
                            .tags(given.values().entrySet().stream()
                                    .map(tag -> software.amazon.awssdk.services.sfn.model.Tag.builder()
                                            .key(tag.getKey())
                                            .value(tag.getValue())
                                            .build())
                                    .toList()));
        }
        var rules = Stream.concat(
                pipeline.triggers().stream().map(CompiledTrigger::name),
                pipeline.rotations().stream().map(CompiledRotation::name));
        for (var rule : rules.toList()) {
            var arn = environment.arn("events", "rule/" + rule);
            endpoint.events()
                    .tagResource(request -> request.resourceARN(arn)
                            .tags(given.values().entrySet().stream()
                                    .map(tag -> software.amazon.awssdk.services.eventbridge.model.Tag.builder()
                                            .key(tag.getKey())
                                            .value(tag.getValue())
                                            .build())
                                    .toList()));
        }
        for (var bucket : pipeline.buckets()) {
            bucket(endpoint, environment.bucket(bucket.logical()));
        }
        key(endpoint, new EncryptionKey(endpoint.kms(), pipeline.prefix().keyAlias()).arn());
    }

    private void bucket(Endpoint endpoint, String bucket) {
        var there = new LinkedHashMap<String, String>();
        try {
            endpoint.s3()
                    .getBucketTagging(request -> request.bucket(bucket))
                    .tagSet()
                    .forEach(tag -> there.put(tag.key(), tag.value()));
        } catch (S3Exception e) {
            if (!"NoSuchTagSet".equals(e.awsErrorDetails().errorCode())) {
                throw e;
            }
        }
        endpoint.s3()
                .putBucketTagging(request -> request.bucket(bucket)
                        .tagging(set -> set.tagSet(besides(there).entrySet().stream()
                                .map(tag -> Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList())));
    }

    private void key(Endpoint endpoint, String key) {
        var there = new LinkedHashMap<String, String>();
        endpoint.kms()
                .listResourceTags(request -> request.keyId(key))
                .tags()
                .forEach(tag -> there.put(tag.tagKey(), tag.tagValue()));
        endpoint.kms()
                .tagResource(request -> request.keyId(key)
                        .tags(besides(there).entrySet().stream()
                                .map(tag -> software.amazon.awssdk.services.kms.model.Tag.builder()
                                        .tagKey(tag.getKey())
                                        .tagValue(tag.getValue())
                                        .build())
                                .toList()));
    }

    /// The tags of something that other pipelines have too: all are named, as long as their names fit.
    private SortedMap<String, String> besides(Map<String, String> there) {
        var all = new TreeMap<>(there);
        all.putAll(given.values());
        var before = there.getOrDefault(ResourceTags.PIPELINE, "");
        var names = new TreeSet<String>();
        names.add(String.valueOf(given.values().get(ResourceTags.PIPELINE)));
        if (COUNT.matcher(before).matches()) {
            all.put(ResourceTags.PIPELINE, before);
        } else {
            names.addAll(before.isEmpty() ? List.of() : List.of(before.split(" ")));
            all.put(ResourceTags.PIPELINE, ResourceTags.shared(List.copyOf(names)));
        }
        return all;
    }
}
