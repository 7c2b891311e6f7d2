package dev.baton.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReviewTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            s3:GetObject             | arn:aws:s3:::lake/clean/*                                          |
            S3:getobject             | arn:aws:s3:::lake/clean/*                                          |
            s3:ListBucket            | arn:aws:s3:::lake                                                  |
            s3:GetObject             | arn:aws:s3:::${LakeBucket}/clean/${Any}*                           |
            kms:Decrypt              | ${LakeKey}                                                         |
            dynamodb:Query           | arn:aws:dynamodb:eu-central-1:123456789012:table/a/index/*         |
            lambda:InvokeFunction    | arn:aws:lambda:eu-central-1:123456789012:function:f:*              |
            ssm:GetParameter         | arn:aws:ssm:eu-central-1:123456789012:parameter/a/b                |
            states:SendTaskSuccess   | *                                                                  |
            s3:GetObjekt             | arn:aws:s3:::lake/clean/*                                          | CMP030
            s3:HeadObject            | arn:aws:s3:::lake/clean/*                                          | CMP030
            s4:GetObject             | arn:aws:s3:::lake/clean/*                                          | CMP030
            GetObject                | arn:aws:s3:::lake/clean/*                                          | CMP030
            s3:ListBucket            | arn:aws:s3:::lake/clean/*                                          | CMP031
            s3:GetObject             | arn:aws:s3:::lake                                                  | CMP031
            s3:ListBucket            | arn:aws:s3:::${LakeBucket}/*                                       | CMP031
            dynamodb:GetItem         | arn:aws:dynamodb:eu-central-1:123456789012:table/a/index/*         | CMP031
            states:SendTaskSuccess   | arn:aws:states:eu-central-1:123456789012:stateMachine:m            | CMP031
            lambda:InvokeFunction    | arn:aws:sqs:eu-central-1:123456789012:queue                        | CMP031
            s3:*                     | arn:aws:s3:::lake/clean/*                                          | CMP001
            s3:GetObject             | *                                                                  | CMP001
            iam:PassRole             | arn:aws:iam::123456789012:role/r                                   | CMP002
            """)
    void an_action_exists_and_is_asked_for_on_such_resources(String action, String resource, String code) {
        var policy = Json.parseObject("""
                {"Statement": {"Effect": "Allow", "Action": "%s", "Resource": "%s"}}""".formatted(action, resource));
        assertThat(PolicyReview.of("p", policy, true))
                .extracting(Diagnostic::code)
                .isEqualTo(code == null ? List.of() : List.of(code));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3:PutObject      | s3:x-amz-server-side-encryption    | true
            s3:PutObject      | S3:X-Amz-Server-Side-Encryption    | true
            s3:PutObject      | s3:prefix                          | false
            s3:ListBucket     | s3:prefix                          | true
            s3:GetObject      | aws:PrincipalTag/team              | true
            s3:GetObject      | s3:ExistingObjectTag/team          | true
            s3:GetObject      | aws:RequestTag/team                | false
            kms:Decrypt       | kms:EncryptionContext:aws:s3:arn   | true
            kms:DescribeKey   | kms:EncryptionContext:aws:s3:arn   | false
            dynamodb:GetItem  | dynamodb:LeadingKeys               | true
            dynamodb:Scan     | dynamodb:LeadingKeys               | false
            sts:AssumeRole    | sts:RoleSessionName                | true
            iam:PutRolePolicy | iam:PermissionsBoundary            | true
            iam:ListRoles     | iam:PermissionsBoundary            | false
            """)
    void a_condition_asks_for_a_key_that_the_action_knows(String action, String key, boolean knows) {
        var policy = Json.parseObject("""
                {"Statement": {"Effect": "Allow", "Action": "%s", "Condition": {"StringLike": {"%s": "x"}}}}""".formatted(action, key));
        assertThat(PolicyReview.of("p", policy, false))
                .extracting(Diagnostic::code)
                .isEqualTo(knows ? List.of() : List.of("CMP032"));
    }

    @Test
    void each_resource_has_an_action_and_each_action_a_resource() {
        var policy = Json.parseObject("""
                {"Statement": {"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject"],
                "Resource": ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*", "arn:aws:sqs:eu-central-1:123456789012:q"]}}""");
        assertThat(PolicyReview.of("p", policy, false))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("arn:aws:sqs"));
    }

    @Test
    void all_but_something_is_refused_where_it_allows_and_fine_where_it_denies() {
        for (var effect : List.of("Allow", "Deny")) {
            var policy = Json.parseObject("""
                    {"Statement": [{"Effect": "%s", "NotAction": "iam:*", "Resource": "arn:aws:s3:::lake/*"},
                    {"Effect": "%s", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::lake/*"}]}""".formatted(effect, effect));
            assertThat(PolicyReview.of("p", policy, false))
                    .extracting(Diagnostic::code)
                    .isEqualTo(effect.equals("Deny") ? List.of() : List.of("CMP033", "CMP033"));
        }
    }

    @Test
    void what_was_meant_is_told() {
        var policy = Json.parseObject("""
                {"Statement": {"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "arn:aws:s3:::lake/*"}}""");
        assertThat(PolicyReview.of("p", policy, false).getFirst().message())
                .isEqualTo("there is no action s3:GetObjekt in IAM; there is s3:GetObject");
    }

    @Test
    void the_reference_is_whole() {
        assertThat(ServiceReference.aws().size()).isEqualTo(456);
        assertThat(ServiceReference.aws().action("zocalo:CheckDocument")).isNull();
        assertThat(ServiceReference.aws().service("s3"))
                .isNotNull()
                .satisfies(s3 -> assertThat(s3.actions()).hasSizeGreaterThan(100));
        // The last service of the file is read to its end.
        assertThat(ServiceReference.aws().action("xray:PutTraceSegments")).isNotNull();
    }
}
