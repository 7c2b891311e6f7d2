package dev.baton.lambda.internal.session;

import dev.baton.json.Json;
import dev.baton.lambda.internal.session.SessionScope.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The policy that narrows a role to one attempt. It grants nothing that the role has not; so where the attempt's keys
/// are too many for the 2,048 characters that STS takes, they merge to their longest common prefixes, then those are
/// cut, and at the very worst the policy allows what the role allows.
///
/// @param json as STS takes it: ASCII, with everything beyond escaped
public record SessionPolicy(String json, SessionFit narrowing) {
    /// In characters, STS's bound for all session policies together.
    public static final int LIMIT = 2_048;

    /// Shorter than this no key is cut: the role's own patterns are as good.
    private static final int SHORTEST = 16;

    private static final String WHATEVER_THE_ROLE_MAY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
    /// Written out: a cold start would wait for the one that `Comparator` puts together.
    private static final Comparator<Place> ORDER = (one, other) -> {
        var byBucket = one.bucket().compareTo(other.bucket());
        var byKey = byBucket == 0 ? one.key().compareTo(other.key()) : byBucket;
        return byKey == 0 ? Boolean.compare(one.prefix(), other.prefix()) : byKey;
    };

    /// The policy for what an attempt needs.
    ///
    /// @param limit the most characters it may have
    public static SessionPolicy of(SessionScope grants, String partition, String region, int limit) {
        var lists = List.of(places(grants.reads()), places(grants.writes()), places(grants.lists()));
        var narrowing = SessionFit.KEYS;
        while (true) {
            var json = ascii(Json.print(document(lists, grants.others(), partition, region)));
            if (json.length() <= limit) {
                return new SessionPolicy(json, narrowing);
            }
            if (!mergeClosest(lists) && !cutLongest(lists)) {
                return new SessionPolicy(WHATEVER_THE_ROLE_MAY, SessionFit.ROLE);
            }
            narrowing = SessionFit.PREFIXES;
        }
    }

    private static List<Place> places(List<Place> places) {
        var sorted = new TreeSet<>(ORDER);
        sorted.addAll(places);
        return new ArrayList<>(sorted);
    }

    private static boolean mergeClosest(List<List<Place>> lists) {
        @Nullable List<Place> best = null;
        var at = 0;
        var longest = -1;
        for (var places : lists) {
            for (var i = 1; i < places.size(); i++) {
                var common = common(places.get(i - 1), places.get(i));
                if (common > longest) {
                    best = places;
                    at = i;
                    longest = common;
                }
            }
        }
        if (best == null) {
            return false;
        }
        var merged = best.remove(at);
        best.set(at - 1, Place.under(merged.bucket(), merged.key().substring(0, longest)));
        return true;
    }

    /// Where nothing is left to merge, the longest key is cut to a prefix of itself.
    private static boolean cutLongest(List<List<Place>> lists) {
        var longest = lists.stream()
                .flatMap(List::stream)
                .filter(place -> place.key().length() > SHORTEST)
                .max(Comparator.comparingInt(place -> place.key().length()));
        if (longest.isEmpty()) {
            return false;
        }
        var key = longest.get().key();
        var end = Math.max(SHORTEST, key.length() * 3 / 4);
        var cut = key.substring(0, Character.isHighSurrogate(key.charAt(end - 1)) ? end - 1 : end);
        var shorter = Place.under(longest.get().bucket(), cut);
        for (var places : lists) {
            places.replaceAll(place -> place.equals(longest.get()) ? shorter : place);
        }
        return true;
    }

    /// The length of the common prefix, -1 for two buckets. In sorted order the closest two are neighbours.
    private static int common(Place one, Place other) {
        if (!one.bucket().equals(other.bucket())) {
            return -1;
        }
        var end = Math.min(one.key().length(), other.key().length());
        var i = 0;
        while (i < end && one.key().charAt(i) == other.key().charAt(i)) {
            i++;
        }
        return i > 0 && Character.isHighSurrogate(one.key().charAt(i - 1)) ? i - 1 : i;
    }

    private static Map<String, Object> document(
            List<List<Place>> lists, List<SessionScope.Other> others, String partition, String region) {
        var statements = new ArrayList<Object>();
        var arn = "arn:" + partition + ":s3:::";
        objects(statements, List.of("s3:GetObject", "s3:GetObjectVersion"), arn, lists.get(0));
        objects(
                statements,
                List.of("s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"),
                arn,
                lists.get(1));
        listings(statements, arn, lists.get(2));
        for (var other : others) {
            var statement = allow(other.actions(), other.resources());
            if (other.partition() != null) {
                // ForAllValues holds where the key is missing altogether: so it must not be missing.
                var conditions = new LinkedHashMap<String, Object>();
                conditions.put("ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", escape(other.partition())));
                conditions.put("Null", Map.of("dynamodb:LeadingKeys", "false"));
                statement.put("Condition", conditions);
            }
            statements.add(statement);
        }
        // The role says which keys; here only that it is for S3's objects.
        var kms = allow(List.of("kms:Decrypt", "kms:GenerateDataKey"), List.of("*"));
        kms.put("Condition", Map.of("StringEquals", Map.of("kms:ViaService", "s3." + region + ".amazonaws.com")));
        statements.add(kms);
        var document = new LinkedHashMap<String, Object>();
        document.put("Version", "2012-10-17");
        document.put("Statement", statements);
        return document;
    }

    private static void objects(List<Object> statements, List<String> actions, String arn, List<Place> places) {
        if (!places.isEmpty()) {
            statements.add(allow(
                    actions,
                    places.stream()
                            .map(place -> arn + place.bucket() + "/" + pattern(place))
                            .distinct()
                            .toList()));
        }
    }

    private static void listings(List<Object> statements, String arn, List<Place> places) {
        var byBucket = new LinkedHashMap<String, List<String>>();
        places.forEach(place -> byBucket.computeIfAbsent(place.bucket(), bucket -> new ArrayList<>())
                .add(pattern(place)));
        byBucket.forEach((bucket, patterns) -> {
            var statement = allow(List.of("s3:ListBucket"), List.of(arn + bucket));
            statement.put(
                    "Condition",
                    Map.of(
                            "StringLike",
                            Map.of("s3:prefix", one(patterns.stream().distinct().toList()))));
            statements.add(statement);
        });
    }

    private static Map<String, Object> allow(List<String> actions, List<String> resources) {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Effect", "Allow");
        statement.put("Action", one(actions));
        statement.put("Resource", one(resources));
        return statement;
    }

    private static Object one(List<String> texts) {
        return texts.size() == 1 ? texts.getFirst() : texts;
    }

    private static String pattern(Place place) {
        return escape(place.key()) + (place.prefix() ? "*" : "");
    }

    /// A key as a policy's pattern for just this key.
    static String escape(String key) {
        var escaped = new StringBuilder();
        for (var i = 0; i < key.length(); i++) {
            var c = key.charAt(i);
            switch (c) {
                case '*', '?', '$' -> escaped.append("${").append(c).append('}');
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /// The same JSON without characters that the Policy parameter of AssumeRole does not take.
    private static String ascii(String json) {
        var ascii = new StringBuilder(json.length());
        for (var i = 0; i < json.length(); i++) {
            var c = json.charAt(i);
            if (c < 0x7f) {
                ascii.append(c);
            } else {
                ascii.append(String.format("\\u%04x", (int) c));
            }
        }
        return ascii.toString();
    }
}
