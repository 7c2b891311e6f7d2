package dev.baton.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/// The tags of what services keep, and what conditions of policies ask of them.
class TaggingTest {
    private static final String NAME = "tagged";
    private static final String MACHINE =
            "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
    private static final String NOBODY = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\","
            + "\"Action\":\"*\",\"Resource\":\"*\"}}";

    /// May tag with an owner that is `anne` and nothing else, and may untag what is hers.
    private static final String ANNE = """
            {"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Action":["lambda:TagResource","events:TagResource","states:TagResource","iam:TagRole",
              "iam:TagPolicy"],"Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/owner":"anne"},
              "ForAllValues:StringEquals":{"aws:TagKeys":["owner"]}}},
             {"Effect":"Allow","Action":["lambda:UntagResource","events:UntagResource","states:UntagResource",
              "iam:UntagRole","iam:UntagPolicy"],"Resource":"*",
              "Condition":{"StringEquals":{"aws:ResourceTag/owner":"anne"}}}]}""";

    @TempDir
    private static Path folder;

    private static ApplicationEndpoint aws;
    private static Callers admin;
    private static Callers anne;

    /// The clients of one caller.
    private record Callers(LambdaClient lambda, EventBridgeClient events, SfnClient states, IamClient iam) {}

    /// What has tags.
    enum Tagged {
        FUNCTION {
            @Override
            void tag(Callers by, Map<String, String> tags) {
                by.lambda().tagResource(request -> request.resource(arn()).tags(tags));
            }

            @Override
            void untag(Callers by, Collection<String> keys) {
                by.lambda().untagResource(request -> request.resource(arn()).tagKeys(keys));
            }

            @Override
            Map<String, String> tags(Callers by) {
                return by.lambda().listTags(request -> request.resource(arn())).tags();
            }

            @Override
            String arn() {
                return "arn:aws:lambda:us-east-1:000000000000:function:" + NAME;
            }
        },
        RULE {
            @Override
            void tag(Callers by, Map<String, String> tags) {
                by.events().tagResource(request -> request.resourceARN(arn())
                        .tags(tags.entrySet().stream()
                                .map(tag -> software.amazon.awssdk.services.eventbridge.model.Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList()));
            }

            @Override
            void untag(Callers by, Collection<String> keys) {
                by.events().untagResource(request -> request.resourceARN(arn()).tagKeys(keys));
            }

            @Override
            Map<String, String> tags(Callers by) {
                var tags = new LinkedHashMap<String, String>();
                by.events()
                        .listTagsForResource(request -> request.resourceARN(arn()))
                        .tags()
                        .forEach(tag -> tags.put(tag.key(), tag.value()));
                return tags;
            }

            @Override
            String arn() {
                return "arn:aws:events:us-east-1:000000000000:rule/" + NAME;
            }
        },
        MACHINE {
            @Override
            void tag(Callers by, Map<String, String> tags) {
                by.states().tagResource(request -> request.resourceArn(arn())
                        .tags(tags.entrySet().stream()
                                .map(tag -> software.amazon.awssdk.services.sfn.model.Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList()));
            }

            @Override
            void untag(Callers by, Collection<String> keys) {
                by.states().untagResource(request -> request.resourceArn(arn()).tagKeys(keys));
            }

            @Override
            Map<String, String> tags(Callers by) {
                var tags = new LinkedHashMap<String, String>();
                by.states()
                        .listTagsForResource(request -> request.resourceArn(arn()))
                        .tags()
                        .forEach(tag -> tags.put(tag.key(), tag.value()));
                return tags;
            }

            @Override
            String arn() {
                return "arn:aws:states:us-east-1:000000000000:stateMachine:" + NAME;
            }
        },
        ROLE {
            @Override
            void tag(Callers by, Map<String, String> tags) {
                by.iam().tagRole(request -> request.roleName(NAME).tags(list(tags)));
            }

            @Override
            void untag(Callers by, Collection<String> keys) {
                by.iam().untagRole(request -> request.roleName(NAME).tagKeys(keys));
            }

            @Override
            Map<String, String> tags(Callers by) {
                return map(by.iam().listRoleTags(request -> request.roleName(NAME)).tags());
            }

            @Override
            String arn() {
                return "arn:aws:iam::000000000000:role/" + NAME;
            }
        },
        POLICY {
            @Override
            void tag(Callers by, Map<String, String> tags) {
                by.iam().tagPolicy(request -> request.policyArn(arn()).tags(list(tags)));
            }

            @Override
            void untag(Callers by, Collection<String> keys) {
                by.iam().untagPolicy(request -> request.policyArn(arn()).tagKeys(keys));
            }

            @Override
            Map<String, String> tags(Callers by) {
                return map(by.iam().listPolicyTags(request -> request.policyArn(arn())).tags());
            }

            @Override
            String arn() {
                return "arn:aws:iam::000000000000:policy/" + NAME;
            }
        };

        abstract void tag(Callers by, Map<String, String> tags);

        abstract void untag(Callers by, Collection<String> keys);

        abstract Map<String, String> tags(Callers by);

        abstract String arn();

        private static List<software.amazon.awssdk.services.iam.model.Tag> list(Map<String, String> tags) {
            return tags.entrySet().stream()
                    .map(tag -> software.amazon.awssdk.services.iam.model.Tag.builder()
                            .key(tag.getKey())
                            .value(tag.getValue())
                            .build())
                    .toList();
        }

        private static Map<String, String> map(List<software.amazon.awssdk.services.iam.model.Tag> tags) {
            var map = new LinkedHashMap<String, String>();
            tags.forEach(tag -> map.put(tag.key(), tag.value()));
            return map;
        }
    }

    @BeforeAll
    static void make() {
        aws = new ApplicationEndpoint();
        admin = callers(aws.aws().administrator().accessKeyId(), aws.aws().administrator().secretAccessKey());
        aws.function(NAME, environment -> (in, out, context) -> out.write('0'));
        aws.events().putRule(request -> request.name(NAME).eventPattern("{\"source\":[\"shop\"]}"));
        aws.states()
                .createStateMachine(request -> request.name(NAME)
                        .definition(MACHINE)
                        .roleArn(aws.role("machine", "states.amazonaws.com", "")));
        aws.role(NAME, "lambda.amazonaws.com", "");
        admin.iam().createPolicy(request -> request.policyName(NAME).policyDocument(NOBODY));
        admin.iam().createUser(request -> request.userName("anne"));
        admin.iam().putUserPolicy(request -> request.userName("anne").policyName("tags").policyDocument(ANNE));
        var key = admin.iam().createAccessKey(request -> request.userName("anne")).accessKey();
        anne = callers(key.accessKeyId(), key.secretAccessKey());
    }

    private static Callers callers(String id, String secret) {
        return new Callers(
                aws.client(id, secret, LambdaClient.builder()),
                aws.client(id, secret, EventBridgeClient.builder()),
                aws.client(id, secret, SfnClient.builder()),
                aws.client(id, secret, IamClient.builder()));
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @ParameterizedTest
    @EnumSource
    void tags_are_added_replaced_listed_and_taken_away(Tagged tagged) {
        tagged.tag(admin, Map.of("a", "1", "b:/=+-@_. x", ""));
        tagged.tag(admin, Map.of("a", "2", "c", "3"));

        assertThat(tagged.tags(admin)).containsAllEntriesOf(Map.of("a", "2", "b:/=+-@_. x", "", "c", "3"));
        tagged.untag(admin, List.of("a", "b:/=+-@_. x", "never"));
        assertThat(tagged.tags(admin)).containsEntry("c", "3").doesNotContainKeys("a", "b:/=+-@_. x");
        assertThatThrownBy(() -> tagged.tag(admin, Map.of("aws:mine", "1"))).isInstanceOf(AwsServiceException.class);
        var many = new TreeMap<String, String>();
        for (var i = 0; i < 51; i++) {
            many.put("k" + i, "");
        }
        assertThatThrownBy(() -> tagged.tag(admin, many)).isInstanceOf(AwsServiceException.class);
        assertThat(tagged.tags(admin)).doesNotContainKey("k0");
        tagged.untag(admin, List.of("c"));
        assertThat(tagged.tags(admin)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void conditions_see_the_tags_of_the_request_their_keys_and_those_of_the_resource(Tagged tagged) {
        denied(() -> tagged.tag(anne, Map.of("owner", "bob")));
        denied(() -> tagged.tag(anne, Map.of("owner", "anne", "more", "1")));
        denied(() -> tagged.untag(anne, List.of("owner")));
        denied(() -> tagged.tags(anne));
        assertThatCode(() -> tagged.tag(anne, Map.of("owner", "anne"))).doesNotThrowAnyException();
        assertThat(tagged.tags(admin)).isEqualTo(Map.of("owner", "anne"));
        tagged.tag(admin, Map.of("owner", "bob"));
        denied(() -> tagged.untag(anne, List.of("owner")));
        tagged.tag(admin, Map.of("owner", "anne"));
        tagged.untag(anne, List.of("owner"));
        assertThat(tagged.tags(admin)).isEmpty();
    }

    private static void denied(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode()).startsWith("AccessDenied"));
    }

    @Test
    void tags_outlive_a_restart_and_those_that_a_rule_was_made_with_are_not_replaced_by_putting_it_again() {
        try (var before = new ApplicationEndpoint(EmbeddedAws.builder().folder(folder).start())) {
            for (var color : List.of("red", "blue")) {
                before.events().putRule(request -> request.name("kept")
                        .eventPattern("{\"source\":[\"shop\"]}")
                        .tags(tag -> tag.key("color").value(color)));
            }
        }
        try (var after = new ApplicationEndpoint(EmbeddedAws.builder().folder(folder).start())) {
            assertThat(after.events()
                            .listTagsForResource(request ->
                                    request.resourceARN("arn:aws:events:us-east-1:000000000000:rule/kept"))
                            .tags())
                    .singleElement()
                    .satisfies(tag -> assertThat(tag.value()).isEqualTo("red"));
        }
    }
}
