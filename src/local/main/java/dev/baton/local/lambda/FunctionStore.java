package dev.baton.local.lambda;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.local.internal.StoreFindings;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.lambda.function.FunctionCode;
import dev.baton.local.lambda.function.LambdaFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        return file.load(content -> list(content, "functions").forEach(each -> load((Map<?, ?>) each, lambda, needed)))
                ? needed
                : null;
    }

    private void load(Map<?, ?> json, Lambda lambda, Set<String> needed) {
        var name = text(json, "name");
        var entry = new FunctionEntry(lambda.arn(name));
        entry.published().set(number(json, "published"));
        for (var each : list(json, "versions")) {
            var version = version(name, (Map<?, ?>) each);
            entry.versions().put(version.version(), version);
            needed.add(text((Map<?, ?>) each, "code"));
        }
        entry.policy().restore(list(json, "permissions"));
        for (var each : list(json, "asynchronous")) {
            var config = (Map<?, ?>) each;
            entry.asynchronous().put(text(config, "qualifier"), asynchronous(config));
        }
        if (json.get("tags") instanceof Map<?, ?> tags) {
            tags.forEach((key, value) -> entry.tags().put(String.valueOf(key), String.valueOf(value)));
        }
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

    private FunctionVersion version(String name, Map<?, ?> json) {
        var environment = new LinkedHashMap<String, String>();
        if (json.get("environment") instanceof Map<?, ?> variables) {
            variables.forEach((variable, value) -> environment.put(String.valueOf(variable), String.valueOf(value)));
        }
        var function = new LambdaFunction(
                name,
                text(json, "role"),
                environment,
                Duration.ofSeconds(number(json, "timeout")),
                number(json, "memory"),
                new FunctionCode.Unpacked(code.resolve(text(json, "code")), text(json, "handler")),
                json.get("description") instanceof String description ? description : "",
                json.get("codeSha256") instanceof String hash ? hash : "",
                // Older folders do not say it: it was always this one.
                json.get("runtime") instanceof String runtime ? runtime : "java21");
        return new FunctionVersion(function, text(json, "version"), text(json, "arn"), time(json));
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

    private static EventInvokeConfig asynchronous(Map<?, ?> json) {
        return new EventInvokeConfig(
                text(json, "arn"),
                time(json),
                json.get("retries") instanceof Number retries ? (Integer) retries.intValue() : null,
                json.get("age") instanceof Number age ? (Integer) age.intValue() : null,
                json.get("onSuccess") instanceof String arn ? arn : null,
                json.get("onFailure") instanceof String arn ? arn : null);
    }

    private static List<?> list(Map<?, ?> json, String member) {
        return json.get(member) instanceof List<?> list ? list : List.of();
    }

    private static String text(Map<?, ?> json, String member) {
        return (String) Objects.requireNonNull(json.get(member));
    }

    private static int number(Map<?, ?> json, String member) {
        return json.get(member) instanceof Number number ? number.intValue() : 0;
    }

    private static Instant time(Map<?, ?> json) {
        return Instant.ofEpochMilli(json.get("modified") instanceof Number number ? number.longValue() : 0);
    }
}
