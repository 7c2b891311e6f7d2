package dev.baton.local.lambda;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.local.internal.StoreFindings;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.lambda.function.FunctionCode;
import dev.baton.local.lambda.function.LambdaFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps functions of uploaded code over restarts: versions, configuration, permissions, and what is said about their
/// asynchronous invocations. The code itself lies unpacked beside it.
///
/// Functions that were not uploaded are not kept, such as objects of this process: whoever registered them does so
/// again.
///
/// @param code the folder in which the uploads lie, each in a folder of its own
record FunctionStore(StoredFile file, Path code) {
    /// Takes up what was kept, and gives the names of the folders of code that it needs; nothing where there is no file
    /// that could say so.
    @Nullable
    Set<String> load(Lambda lambda) {
        var needed = new HashSet<String>();
        return file.load(content -> content.objects("functions").forEach(each -> load(each, lambda, needed)))
                ? needed
                : null;
    }

    private void load(StoredJson json, Lambda lambda, Set<String> needed) {
        var name = json.text("name");
        var entry = new FunctionEntry(lambda.arn(name));
        entry.published().set(json.count("published"));
        for (var each : json.objects("versions")) {
            var version = version(name, each);
            entry.versions().put(version.version(), version);
            needed.add(each.text("code"));
        }
        entry.policy().restore(json.list("permissions"));
        for (var config : json.objects("asynchronous")) {
            entry.asynchronous().put(config.text("qualifier"), asynchronous(config));
        }
        entry.tags().putAll(json.map("tags"));
        lambda.entries().put(name, entry);
    }

    /// LOC008 for the functions whose code is gone.
    List<Diagnostic> withoutCode(Lambda lambda) {
        var functions = lambda.entries().entrySet().stream()
                .filter(function -> function.getValue().versions().values().stream()
                        .anyMatch(version -> version.function().code() instanceof FunctionCode.Unpacked unpacked
                                && !Files.isDirectory(unpacked.taskRoot())))
                .map(Map.Entry::getKey)
                .toList();
        return functions.isEmpty() ? List.of() : List.of(StoreFindings.withoutCode(code, functions));
    }

    synchronized void save(Lambda lambda) {
        var functions = lambda.entries().entrySet().stream()
                .filter(function ->
                        function.getValue().versions().values().stream().anyMatch(this::isUploaded))
                .map(function -> json(function.getKey(), function.getValue()))
                .toList();
        file.write(Map.of("functions", functions));
    }

    private boolean isUploaded(FunctionVersion version) {
        return version.function().code() instanceof FunctionCode.Unpacked unpacked
                && code.equals(unpacked.taskRoot().getParent());
    }

    private Map<String, @Nullable Object> json(String name, FunctionEntry entry) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", name);
        json.put("published", entry.published().longValue());
        json.put(
                "versions",
                entry.versions().values().stream()
                        .filter(this::isUploaded)
                        .map(version -> json(version, (FunctionCode.Unpacked)
                                version.function().code()))
                        .toList());
        json.put("permissions", entry.policy().statements());
        json.put("tags", new LinkedHashMap<String, @Nullable Object>(entry.tags()));
        json.put(
                "asynchronous",
                entry.asynchronous().entrySet().stream()
                        .map(config -> json(config.getKey(), config.getValue()))
                        .toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(FunctionVersion version, FunctionCode.Unpacked code) {
        var function = version.function();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("version", version.version());
        json.put("arn", version.arn());
        json.put("modified", version.modified().toEpochMilli());
        json.put("role", function.roleArn());
        json.put("environment", function.environment());
        json.put("timeout", function.timeout().toSeconds());
        json.put("memory", (long) function.memoryMegabytes());
        // By name, so that the whole folder may be moved.
        json.put("code", code.taskRoot().getFileName().toString());
        json.put("handler", code.handler());
        json.put("description", function.description());
        json.put("codeSha256", function.codeSha256());
        json.put("runtime", function.runtime());
        return json;
    }

    private FunctionVersion version(String name, StoredJson json) {
        var function = new LambdaFunction(
                name,
                json.text("role"),
                json.map("environment"),
                Duration.ofSeconds(json.count("timeout")),
                json.count("memory"),
                new FunctionCode.Unpacked(code.resolve(json.text("code")), json.text("handler")),
                json.text("description", ""),
                json.text("codeSha256", ""),
                // Older folders do not say it: it was always this one.
                json.text("runtime", "java21"));
        return new FunctionVersion(function, json.text("version"), json.text("arn"), json.time("modified"));
    }

    private static Map<String, @Nullable Object> json(String qualifier, EventInvokeConfig config) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("qualifier", qualifier);
        json.put("arn", config.arn());
        json.put("modified", config.modified().toEpochMilli());
        json.put("retries", config.retries() == null ? null : config.retries().longValue());
        json.put("age", config.ageSeconds() == null ? null : config.ageSeconds().longValue());
        json.put("onSuccess", config.onSuccess());
        json.put("onFailure", config.onFailure());
        return json;
    }

    private static EventInvokeConfig asynchronous(StoredJson json) {
        return new EventInvokeConfig(
                json.text("arn"),
                json.time("modified"),
                json.integerIf("retries"),
                json.integerIf("age"),
                json.textIf("onSuccess"),
                json.textIf("onFailure"));
    }
}
