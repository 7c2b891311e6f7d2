package dev.baton.local.iam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every operator against a value, its negation, a missing key and several values.
class ConditionKeyTest {

    @ParameterizedTest(name = "{0} {1} with {2} holds: {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // Strings
                "StringEquals | a | a | true",
                "StringEquals | a | A | false",
                "StringEquals | a* | abc | false",
                "StringEquals | a | - | false",
                "StringNotEquals | a | b | true",
                "StringNotEquals | a | a | false",
                "StringNotEquals | a | - | true",
                "StringEqualsIgnoreCase | Ab | aB | true",
                "StringNotEqualsIgnoreCase | Ab | aB | false",
                "StringLike | a*c?e | abbcde | true",
                "StringLike | a*c?e | abbce | false",
                "StringLike | * | '' | true",
                "StringLike | a* | Abc | false",
                "StringNotLike | a* | abc | false",
                "StringNotLike | a* | b | true",
                "stringlike | a* | abc | true",
                "StringEquals | '' | '' | true",
                "StringEquals | a | '' | false",
                "StringNotEquals | a | '' | true",
                "StringNotEqualsIgnoreCase | Ab | - | true",
                "StringEqualsIgnoreCase | a* | abc | false",
                "StringLike | ab | abc | false",
                "StringLike | a?c | ac | false",
                "StringLike | a?c | a\uD83D\uDE80c | true",
                "StringLike | a\\* | a\\bc | true",
                "StringLike | ** | x | true",
                "StringLike | * | - | false",
                "StringNotLike | * | - | true",
                "StringLike | a/*/c | a/b/b/c | true",
                // Numbers
                "NumericEquals | 10 | 10.0 | true",
                "NumericEquals | 10 | ten | false",
                "NumericNotEquals | 10 | 11 | true",
                "NumericLessThan | 10 | 9.99 | true",
                "NumericLessThan | 10 | 10 | false",
                "NumericLessThanEquals | 10 | 10 | true",
                "NumericGreaterThan | 10 | 9 | false",
                "NumericGreaterThanEquals | -1 | 0 | true",
                "NumericLessThan | 10 | - | false",
                "NumericNotEquals | 10 | - | true",
                "NumericNotEquals | 10 | ten | true",
                "NumericEquals | -0 | 0 | true",
                "NumericEquals | 0.50 | .5 | true",
                "NumericLessThan | 9 | 10 | false",
                "NumericGreaterThan | 9007199254740992 | 9007199254740993 | true",
                "NumericGreaterThanEquals | 10 | '' | false",
                "NumericLessThanEqualsIfExists | 10 | 11 | false",
                // Dates
                "DateEquals | 2026-11-22T00:00:00Z | 1795305600 | true",
                "DateEquals | 2026-11-22 | 2026-11-22T00:00:00Z | true",
                "DateNotEquals | 2026-11-22 | 2026-11-23 | true",
                "DateLessThan | 2026-11-22T00:00:00Z | 2026-11-21T23:59:59.999Z | true",
                "DateLessThanEquals | 2026-11-22T00:00:00+01:00 | 2026-11-21T23:00:00Z | true",
                "DateGreaterThan | 2026-11 | 2026-11-01T00:00:01Z | true",
                "DateGreaterThanEquals | 2026 | 2025-12-31T23:59:59Z | false",
                "DateGreaterThan | 2026 | yesterday | false",
                "DateNotEquals | 2026 | yesterday | true",
                "DateNotEquals | 2026 | - | true",
                "DateLessThan | 2026 | - | false",
                "DateEquals | 2026-11-22T01:00:00+0100 | 2026-11-22T00:00:00Z | true",
                "DateEquals | 2026-11-22T00:00Z | 1795305600 | true",
                "DateEquals | 1795305600 | 2026-11-22T00:00:00.000Z | true",
                "DateGreaterThan | 1795305600 | 1795305600.5 | true",
                "DateLessThan | 2026-11-22T00:00:00-05:00 | 2026-11-22T04:59:59Z | true",
                "DateGreaterThanEquals | 2026-11-22 | 2026-11-22T00:00:00Z | true",
                "DateLessThanIfExists | 2026 | - | true",
                // Truth
                "Bool | true | TRUE | true",
                "Bool | true | false | false",
                "Bool | false | - | false",
                "BoolIfExists | false | - | true",
                "BoolIfExists | false | true | false",
                "Bool | False | false | true",
                "Bool | true | yes | false",
                "Bool | false | no | false",
                "Bool | true | 1 | false",
                // Bytes
                "BinaryEquals | aGFsbG8= | aGFsbG8= | true",
                "BinaryEquals | aGFsbG8= | aGFsbG9v | false",
                "BinaryEquals | aGFsbG8= | hallo | false",
                "BinaryEquals | aGFsbG8= | AGFSBG8= | false",
                "BinaryEquals | aGFsbG8= | - | false",
                "BinaryEqualsIfExists | aGFsbG8= | - | true",
                // Addresses
                "IpAddress | 10.0.0.0/8 | 10.255.0.1 | true",
                "IpAddress | 10.0.0.0/8 | 11.0.0.1 | false",
                "IpAddress | 10.0.0.1 | 10.0.0.1 | true",
                "IpAddress | 0.0.0.0/0 | 203.0.113.9 | true",
                "IpAddress | 2001:db8::/33 | 2001:db8:7fff::1 | true",
                "IpAddress | 2001:db8::/33 | 2001:db8:8000::1 | false",
                "IpAddress | 10.0.0.0/8 | 2001:db8::1 | false",
                "NotIpAddress | 10.0.0.0/8 | 11.0.0.1 | true",
                "NotIpAddress | 10.0.0.0/8 | 10.0.0.1 | false",
                "NotIpAddress | 10.0.0.0/8 | 2001:db8::1 | true",
                "NotIpAddress | 10.0.0.0/8 | - | true",
                "NotIpAddressIfExists | 10.0.0.0/8 | 10.0.0.1 | false",
                "IpAddress | 10.0.0.0/8 | - | false",
                "IpAddress | 203.0.113.7/24 | 203.0.113.200 | true",
                "IpAddress | 203.0.113.7/32 | 203.0.113.7 | true",
                "IpAddress | 10.0.0.0/9 | 10.128.0.0 | false",
                "IpAddress | 10.0.0.0/7 | 11.255.255.255 | true",
                "IpAddress | 0.0.0.0/0 | 2001:db8::1 | false",
                "IpAddress | ::/0 | 2001:db8::1 | true",
                "IpAddress | ::/0 | 10.0.0.1 | false",
                "IpAddress | 2001:DB8::1 | 2001:db8:0:0:0:0:0:1 | true",
                "IpAddress | 2001:db8::1 | 2001:db8::2 | false",
                "IpAddress | 10.0.0.0/8 | 10.0.0.256 | false",
                "IpAddress | 127.0.0.0/8 | localhost | false",
                // ARNs
                "ArnEquals | arn:aws:sns:*:111122223333:t | arn:aws:sns:eu-west-1:111122223333:t | true",
                "ArnLike | arn:aws:sns:*:t | arn:aws:sns:eu-west-1:111122223333:t | false",
                "ArnLike | arn:aws:s3:::b/* | arn:aws:s3:::b/x:y/z | true",
                "ArnLike | arn:aws:iam::*:role/* | arn:aws:iam::111122223333:role/p/r | true",
                "ArnLike | arn:aws:iam::*:role/* | nonsense | false",
                "ArnNotLike | arn:aws:iam::*:role/* | arn:aws:iam::111122223333:user/u | true",
                "ArnNotEquals | arn:aws:iam::*:role/* | - | true",
                "ArnNotEquals | arn:aws:s3:::a | arn:aws:s3:::a | false",
                "ArnEquals | arn:aws:s3:::b | arn:aws:s3:::B | false",
                "ArnLike | arn:aws:iam::*:role/* | - | false",
                "ArnLikeIfExists | arn:aws:iam::*:role/* | - | true",
                "ArnLike | * | arn:aws:s3:::b | true",
                "ArnLike | * | nonsense | false",
                "ArnNotLike | arn:aws:iam::*:role/* | nonsense | true",
                "ArnLike | arn:aws:sns:eu-????-1:*:t | arn:aws:sns:eu-west-1:111122223333:t | true",
                "ArnLike | arn:aws:sns:?:111122223333:t | arn:aws:sns::111122223333:t | false",
                "ArnLike | arn:aws:lambda:*:*:function:f:* | arn:aws:lambda:eu-west-1:111122223333:function:f:7 | true",
                "ArnLike | arn:aws:lambda:*:*:function:f:* | arn:aws:lambda:eu-west-1:111122223333:function:f | false",
                "ArnLike | arn:aws:iam::111122223333:role/app | arn:aws:iam::111122223333:role/app/x | false",
                "ArnLike | arn:aws:sts::111122223333:assumed-role/app/* | arn:aws:iam::111122223333:role/app | false",
                // Presence
                "Null | true | - | true",
                "Null | true | x | false",
                "Null | false | x | true",
                "Null | false | - | false",
                // IfExists
                "StringEqualsIfExists | a | - | true",
                "StringEqualsIfExists | a | b | false",
                "NumericLessThanIfExists | 1 | - | true",
                "StringNotEqualsIfExists | a | a | false",
            })
    void an_operator_compares_one_value(String operator, String expected, String actual, boolean holds) {
        assertThat(allows(operator, List.of(expected), actual == null ? null : List.of(actual)))
                .isEqualTo(holds);
    }

    @ParameterizedTest(name = "{0} {1} with {2} holds: {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "ForAllValues:StringEquals | a b c | a b | true",
                "ForAllValues:StringEquals | a b | a x | false",
                "ForAllValues:StringEquals | a b | - | true",
                "ForAllValues:StringEquals | a b | '' | true",
                "ForAllValues:StringLike | a* b* | a1 b2 | true",
                "ForAllValues:StringNotEquals | a b | c d | true",
                "ForAllValues:StringNotEquals | a b | a d | false",
                "ForAnyValue:StringEquals | a b | x b | true",
                "ForAnyValue:StringEquals | a b | x y | false",
                "ForAnyValue:StringEquals | a b | - | false",
                "ForAnyValue:StringEquals | a b | '' | false",
                "ForAnyValue:StringNotEquals | a b | a x | true",
                "ForAnyValue:StringNotEquals | a b | a b | false",
                "ForAnyValue:StringNotEquals | a b | - | false",
                "ForAnyValue:StringEqualsIfExists | a b | - | true",
                "ForAnyValue:StringNotEqualsIfExists | a | - | true",
                "ForAllValues:StringEqualsIfExists | a | - | true",
                "ForAllValues:StringEqualsIfExists | a | b | false",
                "ForAllValues:StringNotEquals | a | - | true",
                "ForAllValues:StringEqualsIgnoreCase | A b | a B | true",
                "ForAllValues:StringNotLike | a* | b a1 | false",
                "ForAnyValue:StringLike | a* | b a1 | true",
                "ForAnyValue:StringNotLike | a* | b a1 | true",
                "ForAnyValue:StringNotLike | a* | '' | false",
                "ForAllValues:NumericLessThan | 10 | 1 5 | true",
                "ForAllValues:NumericLessThan | 10 | 1 50 | false",
                "ForAnyValue:NumericGreaterThan | 10 | 1 50 | true",
                "ForAnyValue:DateLessThan | 2026 | 2025 2027 | true",
                "ForAllValues:Bool | true | true false | false",
                "ForAnyValue:IpAddress | 10.0.0.0/8 | 11.0.0.1 10.0.0.1 | true",
                "ForAllValues:NotIpAddress | 10.0.0.0/8 | 11.0.0.1 10.0.0.1 | false",
                "ForAnyValue:ArnLike | arn:aws:s3:::a* | arn:aws:s3:::a1 arn:aws:s3:::b | true",
                "ForAnyValue:ArnNotLike | arn:aws:s3:::a* | arn:aws:s3:::a1 | false",
                "Null | true | '' | true",
                "Null | false | '' | false",
                "Null | false | a b | true",
                "ForAllValues:ArnLike | arn:aws:s3:::a* | arn:aws:s3:::a1 arn:aws:s3:::b | false",
                "StringEquals | a b | a x | true",
                "StringNotEquals | a b | a x | false",
            })
    void an_operator_compares_several_values(String operator, String expected, String actual, boolean holds) {
        var values = actual == null ? null : actual.isEmpty() ? List.<String>of() : List.of(actual.split(" "));
        assertThat(allows(operator, List.of(expected.split(" ")), values)).isEqualTo(holds);
    }

    @ParameterizedTest(name = "{0} {1} with {2} holds: {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "StringEquals | ${aws:PrincipalTag/team} | red | true",
                "StringEquals | ${AWS:principaltag/TEAM} | red | true",
                "StringEquals | x-${aws:PrincipalTag/team}-y | x-red-y | true",
                "StringEquals | ${aws:PrincipalTag/none} | red | false",
                "StringNotEquals | ${aws:PrincipalTag/none} | red | true",
                "StringLike | ${aws:PrincipalTag/none}* | red | false",
                "StringNotLike | ${aws:PrincipalTag/none}* | red | true",
                "StringEquals | ${aws:PrincipalTag/none, 'red'} | red | true",
                "StringEquals | ${aws:PrincipalTag/none,'red'} | red | true",
                "StringEquals | ${aws:PrincipalTag/team, 'blue'} | blue | false",
                "StringLike | ${aws:PrincipalTag/star}x | anyx | false",
                "StringLike | ${aws:PrincipalTag/star}x | *x | true",
                "StringLike | a${*}b | a*b | true",
                "StringLike | a${*}b | acb | false",
                "StringLike | a${?}${$}b | a?$b | true",
                "StringEquals | a${*}b | a*b | true",
                "StringEquals | ${unclosed | ${unclosed | true",
                "StringEquals | ${aws:TagKeys} | red | false",
                "NumericEquals | 5 | 5 | true",
                "StringEquals | $${aws:PrincipalTag/team} | $red | true",
                "StringEquals | ${aws:PrincipalTag/team}${aws:PrincipalTag/team} | redred | true",
                "StringEquals | ${aws:PrincipalTag/none, 'Red'} | red | false",
                "StringEquals | ${aws:PrincipalTag/none, 'a, b'} | a, b | true",
                "StringEquals | x${aws:PrincipalTag/none, ''} | x | true",
                "StringEquals | ${aws:PrincipalTag/none, red} | red | false",
                "StringEqualsIgnoreCase | ${aws:PrincipalTag/team} | RED | true",
                "StringNotEqualsIgnoreCase | ${aws:PrincipalTag/none} | red | true",
                "StringEqualsIfExists | ${aws:PrincipalTag/none} | red | false",
                "StringLike | ${aws:PrincipalTag/team}-* | red-1 | true",
                "StringEquals | ${aws:PrincipalTag/star} | * | true",
                "ArnLike | arn:aws:s3:::${aws:PrincipalTag/none}/* | arn:aws:s3:::red/k | false",
                "ArnNotLike | arn:aws:s3:::${aws:PrincipalTag/none}/* | arn:aws:s3:::red/k | true",
                "ArnLike | arn:aws:s3:::${aws:PrincipalTag/star}/k | arn:aws:s3:::red/k | false",
                "ArnLike | arn:aws:s3:::${aws:PrincipalTag/team}/* | arn:aws:s3:::red/k | true",
            })
    void variables_stand_for_values_of_the_request(String operator, String expected, String actual, boolean holds) {
        assertThat(allows(operator, List.of(expected), List.of(actual))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"2012-10-17, true", "2008-10-17, false", ", false"})
    void variables_are_plain_text_before_version_2012_10_17(String version, boolean resolved) {
        var policy = "{" + (version == null ? "" : "\"Version\":\"" + version + "\",")
                + "\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::b/${aws:username}\"}}";
        assertThat(decide(policy, "arn:aws:s3:::b/ann", Map.of()).allowed()).isEqualTo(resolved);
        assertThat(decide(policy, "arn:aws:s3:::b/${aws:username}", Map.of()).allowed())
                .isNotEqualTo(resolved);
    }

    private static boolean allows(String operator, List<String> expected, List<String> actual) {
        var policy = Json.print(Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                Map.of(
                        "Effect", "Allow",
                        "Action", "s3:GetObject",
                        "Resource", "*",
                        "Condition", Map.of(operator, Map.of("test:Key", expected)))));
        return decide(policy, "arn:aws:s3:::b/k", actual == null ? Map.of() : Map.of("test:key", actual))
                .allowed();
    }

    private static Decision decide(String policy, String resource, Map<String, List<String>> keys) {
        var fixed = RequestContext.of(Map.of(
                "aws:PrincipalTag/team", List.of("red"),
                "aws:PrincipalTag/star", List.of("*"),
                "aws:TagKeys", List.of("red", "blue")));
        return Evaluator.decide(
                Request.of(
                        Principal.parse("arn:aws:iam::111122223333:user/ann"),
                        "s3:GetObject",
                        resource,
                        "111122223333",
                        RequestContext.of(keys).or(fixed)),
                PolicySet.NONE.withIdentity(Policy.parse("p", policy)));
    }
}
