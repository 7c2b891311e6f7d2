package dev.baton.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.QueryParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a request breaks of the API's model is told in AWS's words, wherever it is.
class RequestCheckTest {

    private static void check(String operation, String input) {
        var dot = operation.indexOf('.');
        RequestCheck.check(
                operation.substring(0, dot),
                operation.substring(dot + 1),
                Json.parseObject(input.replace('\'', '"')),
                "ValidationException");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            kms.DescribeKey        | {}                               | Value null at 'keyId' failed to satisfy constraint: Member must not be null
            kms.ListKeys           | {'Limit':1001}                   | Value '1001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 1000
            kms.ListKeys           | {'Limit':0}                      | Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1
            kms.CreateAlias        | {'AliasName':'a','TargetKeyId':''} | Value '' at 'targetKeyId' failed to satisfy constraint: Member must have length greater than or equal to 1
            kms.Decrypt            | {'CiphertextBlob':''}            | Value at 'ciphertextBlob' failed to satisfy constraint: Member must have length greater than or equal to 1
            events.PutEvents       | {'Entries':[]}                   | Value '[]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1
            events.DescribeRule    | {'Name':'a b'}                   | Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+
            events.PutTargets      | {'Rule':'r','Targets':[{'Id':'i','Arn':'a'},{'Id':'i'}]} | Value null at 'targets.2.member.arn' failed to satisfy constraint: Member must not be null
            events.PutTargets      | {'Rule':'r','Targets':[{'Id':'i','Arn':'a','RetryPolicy':{'MaximumRetryAttempts':186}}]} | Value '186' at 'targets.1.member.retryPolicy.maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 185
            events.UntagResource   | {'ResourceARN':'a','TagKeys':['k','']} | Value '[k, ]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length greater than or equal to 1]
            ssm.StartAutomationExecution | {'DocumentName':'doc','Parameters':{'':['v']}} | Value '[]' at 'parameters' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length greater than or equal to 1]
            states.CreateStateMachine | {'name':'n','definition':'{}','roleArn':'r','type':'FAST'} | Value 'FAST' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]
            states.CreateStateMachine | {'name':'n','definition':'','roleArn':'r'} | Value at 'definition' failed to satisfy constraint: Member must have length greater than or equal to 1
            scheduler.CreateSchedule | {'Name':'n','ScheduleExpression':'rate(1 day)','FlexibleTimeWindow':{'Mode':'OFF'},'Target':{'Arn':'a'}} | Value null at 'target.roleArn' failed to satisfy constraint: Member must not be null
            """)
    void a_request_that_breaks_one_constraint_says_which(String operation, String input, String violation) {
        assertThatThrownBy(() -> check(operation, input)).isInstanceOfSatisfying(AwsError.class, e -> {
            assertThat(e.code()).isEqualTo("ValidationException");
            assertThat(e.getMessage()).isEqualTo("1 validation error detected: " + violation.replace("\\\\", "\\"));
        });
    }

    @Test
    void all_that_it_breaks_is_told_at_once() {
        assertThatThrownBy(() -> check("lambda.AddPermission", "{'FunctionName':'f','Action':'x','StatementId':''}"))
                .hasMessageStartingWith("4 validation errors detected: Value 'x' at 'action' failed")
                .hasMessageContaining("; Value null at 'principal' failed")
                .hasMessageContaining(
                        "; Value '' at 'statementId' failed to satisfy constraint: Member must have length");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            kms.DescribeKey  | {'KeyId':1}                       | keyId is not a text.
            kms.ListKeys     | {'Limit':'ten'}                   | limit is not a number.
            kms.ListKeys     | {'Limit':1.5}                     | limit is not a whole number.
            events.PutEvents | {'Entries':{}}                    | entries is not a list.
            events.PutEvents | {'Entries':['x']}                 | entries.1.member is not an object.
            states.StartExecution | {'stateMachineArn':'a','input':{}} | input is not a text.
            lambda.CreateFunction | {'Publish':'yes'}            | publish is not true or false.
            """)
    void a_value_of_another_type_is_not_read(String operation, String input, String message) {
        assertThatThrownBy(() -> check(operation, input))
                .isInstanceOfSatisfying(
                        AwsError.class, e -> assertThat(e.code()).isEqualTo("SerializationException"))
                .hasMessage(message);
    }

    @Test
    void what_the_model_does_not_know_is_left_alone() {
        assertThatCode(() -> check("kms.DescribeKey", "{'KeyId':'k','Nonsense':[1]}"))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("kms.NoSuchOperation", "{'KeyId':1}")).doesNotThrowAnyException();
        assertThatCode(() -> check("none.Whatever", "{}")).doesNotThrowAnyException();
    }

    @Test
    void ecs_says_what_is_missing_in_its_own_words() {
        assertThatCode(() -> check("ecs.RunTask", "{'launchType':'ROCKET'}")).doesNotThrowAnyException();
    }

    @Test
    void a_form_has_the_values_that_the_model_says() {
        var form = "Action=AssumeRole&RoleArn=r&DurationSeconds=900&Tags.member.1.Key=k&Tags.member.1.Value=v"
                + "&Tags.member.2.Key=l&TransitiveTagKeys.member.1=k&TransitiveTagKeys.member.2=l&PolicyArns=&Odd=1";

        var input = new QueryForm(RequestModel.of("sts"), QueryParameters.parse(form)).input("AssumeRole");

        assertThat(Json.print(input.json()))
                .isEqualTo("{\"DurationSeconds\":900,\"PolicyArns\":[],\"RoleArn\":\"r\",\"Tags\":[{\"Key\":\"k\","
                        + "\"Value\":\"v\"},{\"Key\":\"l\"}],\"TransitiveTagKeys\":[\"k\",\"l\"]}");
        var unknown =
                QueryParameters.parse("A=1&Parameters.member.1.Key=k&Parameters.member.2.Key=l&Names.member.1=n&S.T=t");
        assertThat(Json.print(new QueryForm(RequestModel.of("none"), unknown)
                        .input("Do")
                        .json()))
                .isEqualTo("{\"A\":\"1\",\"Names\":[\"n\"],\"Parameters\":[{\"Key\":\"k\"},{\"Key\":\"l\"}],"
                        + "\"S\":{\"T\":\"t\"}}");
        assertThatThrownBy(() -> new QueryForm(RequestModel.of("sts"), QueryParameters.parse("DurationSeconds=long"))
                        .input("AssumeRole"))
                .hasMessage("DurationSeconds is not an integer: long");
    }
}
