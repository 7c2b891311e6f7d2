package dev.baton.local.identity;

import dev.baton.json.Json;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/// The policies that AWS itself manages, `arn:aws:iam::aws:policy/…`, with their documents: each in the version that
/// was current when the data was taken. They belong to no account, and nobody changes them.
///
/// They are read from `aws-managed-policies.jsonl.gz`, a policy a line, when somebody asks for one. The data is written
/// by `.ci/data/aws-managed-policies.py`.
final class AwsManagedPolicies {
    private static final String PREFIX = "arn:aws:iam::aws:policy/";
    private static final String DATA = "aws-managed-policies.jsonl.gz";

    private final Map<String, ManagedPolicy> read = new ConcurrentHashMap<>();

    Optional<ManagedPolicy> find(String arn) {
        if (!arn.startsWith(PREFIX)) {
            return Optional.empty();
        }
        var known = read.get(arn);
        if (known != null) {
            return Optional.of(known);
        }
        var start = "[" + Json.print(arn.substring(PREFIX.length())) + ",";
        try (var lines = lines()) {
            return lines.lines()
                    .filter(line -> line.startsWith(start))
                    .findFirst()
                    .map(this::policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All of them, by name.
    List<ManagedPolicy> all() {
        try (var lines = lines()) {
            return lines.lines().map(this::policy).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader lines() throws IOException {
        var data = Objects.requireNonNull(AwsManagedPolicies.class.getResourceAsStream(DATA), DATA);
        return new BufferedReader(new InputStreamReader(new GZIPInputStream(data), StandardCharsets.UTF_8));
    }

    private ManagedPolicy policy(String line) {
        var fields = (List<?>) Objects.requireNonNull(Json.parse(line));
        var name = (String) fields.get(0);
        return read.computeIfAbsent(PREFIX + name, arn -> {
            int number = Math.toIntExact((Long) fields.get(3));
            var document = Policy.parse(PolicyKind.MANAGED, "managed policy " + name, Json.print(fields.get(4)));
            var changed = OffsetDateTime.parse((String) fields.get(2)).toInstant();
            return new ManagedPolicy(
                    arn,
                    new UniqueIds(new Random(arn.hashCode())).id("ANPA"),
                    OffsetDateTime.parse((String) fields.get(1)).toInstant(),
                    "",
                    new TreeMap<>(Map.of(number, new ManagedPolicy.Version(document, changed))),
                    number,
                    number,
                    new TreeMap<>());
        });
    }
}
