package dev.baton.cdk;

import static dev.baton.cdk.Example.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.run.Prefix;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What an account has before anything is deployed, and who deploys.
@ExtendWith(Stacks.class)
class BatonFoundationTest {
    @Test
    void the_foundation_has_no_assets_and_is_small_enough_to_be_deployed_in_a_request() throws IOException {
        for (var environment : ACCOUNTS) {
            for (var stack : List.of(Prefix.BATON.foundation(), Prefix.BATON.foundation("weather"))) {
                var folder = Example.in(environment).folder();
                assertThat(InRequest.length(folder.resolve(stack + ".template.json")))
                        .isLessThan(InRequest.MOST);
                assertThat(folder.resolve(stack + ".assets.json")).doesNotExist();
            }
        }
    }

    @Test
    void who_deploys_comes_by_web_identity_and_uploads_to_the_foundations_bucket() {
        var prod = Example.in("prod");
        var provider = prod.one("AWS::IAM::OIDCProvider");
        var deploy = prod.one("AWS::IAM::Role", "RoleName", "baton-weather-deploy");

        assertThat(provider.property("Url")).isEqualTo("https://token.actions.githubusercontent.com");
        assertThat(provider.property("ClientIdList")).isEqualTo(List.of("sts.amazonaws.com"));
        assertThat(deploy.stack()).isEqualTo(Prefix.BATON.foundation("weather"));
        var stacks = prod.one("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "baton-weather-deploy-stacks");
        assertThat(deploy.property("ManagedPolicyArns")).isEqualTo(List.of(Map.of("Ref", stacks.id())));
        assertThat(stacks.property("Path")).as("out of its own reach").isEqualTo("/baton-deploy/");
        assertThat(Json.print(prod.resolved(stacks.stack(), stacks.property("PolicyDocument"))))
                .contains(
                        "arn:aws:s3:::baton-code-333333333333-eu-central-1/*",
                        "arn:aws:cloudformation:eu-central-1:333333333333:stack/BatonStorage/*",
                        "arn:aws:cloudformation:eu-central-1:333333333333:stack/baton-weather/*")
                .doesNotContain("iam:");
        assertThat(prod.one("AWS::S3::Bucket", "BucketName", "baton-code-333333333333-eu-central-1")
                        .stack())
                .isEqualTo(Prefix.BATON.foundation());
        assertThat(Example.in("dev").all("AWS::IAM::OIDCProvider")).isEmpty();
    }

    @Test
    void what_is_there_already_is_used_and_left_alone() {
        var importing = Example.in("importing");

        assertThat(importing.all("AWS::KMS::Key")).isEmpty();
        assertThat(importing.all("AWS::SNS::Topic")).isEmpty();
        var sees = "\"ec2:DescribeSubnets\"";
        assertThat(Json.print(stacks(importing)))
                .as("who deploys into a network sees it")
                .contains(sees);
        assertThat(Json.print(stacks(Example.in("prod")))).doesNotContain(sees);
        assertThat(importing.all("AWS::IAM::OIDCProvider")).isEmpty();
        assertThat(importing.all("AWS::S3::Bucket"))
                .singleElement()
                .satisfies(code -> assertThat(code.stack()).isEqualTo(Prefix.BATON.foundation()));
        assertThat(importing.all("AWS::CloudWatch::Alarm"))
                .allSatisfy(alarm -> assertThat(alarm.property("AlarmActions"))
                        .isEqualTo(List.of("arn:aws:sns:eu-central-1:444444444444:theirs")));
        var clean = importing.one("AWS::IAM::Role", "RoleName", "baton-weather-CleanObservations");
        assertThat(Json.print(importing.resolved(clean.stack(), clean.property("Policies"))))
                .contains("arn:aws:s3:::their-lake/", "arn:aws:kms:eu-central-1:444444444444:key/theirs")
                .contains("arn:aws:kms:eu-central-1:444444444444:key/state");
        var deploy = importing.one("AWS::IAM::Role", "RoleName", "baton-weather-deploy");
        assertThat(Json.print(importing.resolved(deploy.stack(), deploy.property("AssumeRolePolicyDocument"))))
                .contains("arn:aws:iam::444444444444:oidc-provider/issuer.example/id")
                .contains("\"issuer.example/id:aud\":\"baton\"", "\"issuer.example/id:sub\":[\"one\",\"two\"]");
    }

    private static Object stacks(Synthesised synthesised) {
        return synthesised
                .one("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "baton-weather-deploy-stacks")
                .property("PolicyDocument");
    }

    @Test
    void a_budget_comes_after_what_lets_it_tell_of_itself() {
        var prod = Example.in("prod");
        assertThat((List<?>) prod.one("AWS::Budgets::Budget").body().get("DependsOn"))
                .map(Object::toString)
                .contains(prod.one("AWS::SNS::TopicPolicy").id());
    }
}
