package dev.baton.lambda.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.lambda.internal.session.SessionScope.Other;
import dev.baton.lambda.internal.session.SessionScope.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionPolicyTest {

    private static SessionPolicy policy(SessionScope grants) {
        return SessionPolicy.of(grants, "aws", "eu-central-1", SessionPolicy.LIMIT);
    }

    private static SessionScope reading(List<Place> reads) {
        return new SessionScope(reads, List.of(), List.of(), List.of());
    }

    private static List<Object> resources(SessionPolicy policy, String action) {
        var found = new ArrayList<Object>();
        for (var statement : (List<?>) Json.parseObject(policy.json()).get("Statement")) {
            var fields = (Map<?, ?>) statement;
            var actions = fields.get("Action") instanceof List<?> list ? list : List.of(fields.get("Action"));
            if (actions.contains(action)) {
                found.addAll(fields.get("Resource") instanceof List<?> list ? list : List.of(fields.get("Resource")));
            }
        }
        return found;
    }

    @Test
    void few_keys_stand_in_it_as_they_are() {
        var policy = policy(new SessionScope(
                List.of(Place.key("lake", "landing/seattle/2012.csv")),
                List.of(Place.key("lake", "clean/seattle/2012.csv")),
                List.of(Place.key("lake", "clean/seattle/2012.csv")),
                List.of()));

        assertThat(policy.narrowing()).isEqualTo(SessionFit.KEYS);
        assertThat(resources(policy, "s3:GetObject")).containsExactly("arn:aws:s3:::lake/landing/seattle/2012.csv");
        assertThat(resources(policy, "s3:PutObject")).containsExactly("arn:aws:s3:::lake/clean/seattle/2012.csv");
        assertThat(resources(policy, "s3:ListBucket")).containsExactly("arn:aws:s3:::lake");
        assertThat(policy.json()).contains("\"s3:prefix\":\"clean/seattle/2012.csv\"");
    }

    @Test
    void an_item_is_of_one_partition_and_never_of_none() {
        var policy = policy(new SessionScope(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Other(List.of("dynamodb:PutItem"), List.of("arn:aws:dynamodb:::table/tides"), "a*b"))));

        assertThat(policy.json())
                .contains("{\"Effect\":\"Allow\",\"Action\":\"dynamodb:PutItem\","
                        + "\"Resource\":\"arn:aws:dynamodb:::table/tides\",\"Condition\":{"
                        + "\"ForAllValues:StringLike\":{\"dynamodb:LeadingKeys\":\"a${*}b\"},"
                        + "\"Null\":{\"dynamodb:LeadingKeys\":\"false\"}}}");
    }

    @Test
    void wildcards_and_dollars_of_a_key_stand_for_themselves() {
        var policy = policy(reading(List.of(Place.key("lake", "a*b?c$d.csv"))));

        assertThat(resources(policy, "s3:GetObject")).containsExactly("arn:aws:s3:::lake/a${*}b${?}c${$}d.csv");
    }

    @Test
    void a_key_beyond_ascii_is_written_as_sts_takes_it() {
        var policy = policy(reading(List.of(Place.key("lake", "Zürich/雨\n.csv"))));

        assertThat(policy.json()).matches("[\\t\\n\\r -~]+").contains("Z\\u00fcrich/\\u96e8\\n.csv");
        assertThat(resources(policy, "s3:GetObject")).containsExactly("arn:aws:s3:::lake/Zürich/雨\n.csv");
    }

    @Test
    void too_many_keys_merge_to_the_longest_prefixes_that_fit() {
        var keys = new ArrayList<Place>();
        IntStream.range(0, 40)
                .forEach(i -> keys.add(Place.key("lake", "clean/seattle/daily/part-" + (100 + i) + ".csv")));
        keys.add(Place.key("lake", "landing/new-york/2012.csv"));
        var policy = policy(reading(keys));

        assertThat(policy.narrowing()).isEqualTo(SessionFit.PREFIXES);
        assertThat(policy.json()).hasSizeLessThanOrEqualTo(SessionPolicy.LIMIT);
        assertThat(resources(policy, "s3:GetObject"))
                .contains("arn:aws:s3:::lake/landing/new-york/2012.csv")
                .allSatisfy(arn -> assertThat((String) arn)
                        .startsWith("arn:aws:s3:::lake/")
                        .doesNotEndWith("lake/*"));
        assertThat(keys)
                .allSatisfy(key -> assertThat(resources(policy, "s3:GetObject"))
                        .anyMatch(arn -> matches((String) arn, "arn:aws:s3:::lake/" + key.key())));
    }

    @Test
    void merging_never_cuts_a_character_in_two() {
        var keys = IntStream.range(0, 60)
                .mapToObj(i -> Place.key(
                        "lake",
                        new StringBuilder("x/")
                                .appendCodePoint(0x1F300 + i)
                                .append("/")
                                .append("y".repeat(30))
                                .toString()))
                .toList();
        var policy = policy(reading(keys));

        assertThat(policy.narrowing()).isEqualTo(SessionFit.PREFIXES);
        assertThat(resources(policy, "s3:GetObject"))
                .allSatisfy(arn -> assertThat(((String) arn).codePoints().noneMatch(c -> c >= 0xD800 && c < 0xE000))
                        .isTrue());
    }

    @Test
    void single_keys_that_are_too_long_are_cut_to_prefixes_of_themselves() {
        var key = Place.key("lake", "unpacked/" + "\u96ea".repeat(250) + ".txt");
        var policy = policy(new SessionScope(List.of(key), List.of(key), List.of(key), List.of()));

        assertThat(policy.narrowing()).isEqualTo(SessionFit.PREFIXES);
        assertThat(policy.json()).hasSizeLessThanOrEqualTo(SessionPolicy.LIMIT);
        assertThat(resources(policy, "s3:PutObject")).singleElement().satisfies(arn -> {
            assertThat(matches((String) arn, "arn:aws:s3:::lake/" + key.key())).isTrue();
            assertThat((String) arn).startsWith("arn:aws:s3:::lake/unpacked/\u96ea\u96ea");
        });
    }

    @Test
    void what_no_prefix_can_shorten_falls_back_to_the_role() {
        var others = IntStream.range(0, 30)
                .mapToObj(i -> new Other(
                        List.of("glue:StartJobRun"),
                        List.of("arn:aws:glue:eu-central-1:123456789012:job/a-long-name-" + i)))
                .toList();
        var policy = policy(new SessionScope(List.of(Place.key("lake", "k")), List.of(), List.of(), others));

        assertThat(policy.narrowing()).isEqualTo(SessionFit.ROLE);
        assertThat(policy.json()).hasSizeLessThanOrEqualTo(SessionPolicy.LIMIT).contains("\"Action\":\"*\"");
    }

    @Test
    void keys_of_two_buckets_never_merge() {
        var long1 = "a".repeat(700);
        var policy = policy(reading(List.of(
                Place.key("lake", long1 + "1"), Place.key("lake", long1 + "2"), Place.key("other", long1 + "3"))));

        assertThat(resources(policy, "s3:GetObject"))
                .containsExactly("arn:aws:s3:::lake/" + long1 + "*", "arn:aws:s3:::other/" + long1 + "3");
    }

    private static boolean matches(String pattern, String arn) {
        return pattern.endsWith("*") ? arn.startsWith(pattern.substring(0, pattern.length() - 1)) : arn.equals(pattern);
    }
}
