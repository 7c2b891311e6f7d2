package dev.baton.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.AwsError;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which requests TestState refuses, and what it shows of those that it takes. See
/// [TestState](https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html),
/// [MockInput](https://docs.aws.amazon.com/step-functions/latest/apireference/API_MockInput.html),
/// [TestStateConfiguration](https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestStateConfiguration.html)
/// and the developer guide's [Testing state machines with TestState
/// API](https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html).
class TestStateRequestTest {
    private static final Map<String, String> DEFINITIONS = Map.of(
            "PASS",
            "{'Type':'Pass','End':true}",
            "CHOICE",
            "{'Type':'Choice','Choices':[{'Variable':'$.a','IsPresent':true,'Next':'N'}],'Default':'N'}",
            "WAIT",
            "{'Type':'Wait','Seconds':1,'End':true}",
            "PARALLEL",
            "{'Type':'Parallel','Branches':[{'StartAt':'A','States':{'A':{'Type':'Pass','End':true}}},{'StartAt':'B',"
                    + "'States':{'B':{'Type':'Pass','End':true}}}],'End':true}",
            "MAP",
            "{'Type':'Map','ItemsPath':'$.items','ItemSelector':{'v.$':'$$.Map.Item.Value','i.$':'$$.Map.Item.Index'},"
                    + "'ItemProcessor':{'StartAt':'A','States':{'A':{'Type':'Pass','End':true}}},'End':true}",
            "MACHINE",
            "{'StartAt':'M','States':{'M':{'Type':'Map','ItemProcessor':{'StartAt':'A','States':{'A':{'Type':'Pass',"
                    + "'Parameters':{'item.$':'$$.Map.Item'},'End':true}}},'End':true}}}");

    private static EmbeddedAws aws;

    @BeforeAll
    static void start() {
        aws = EmbeddedAws.start();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    private static String task(String resource) {
        return "{'Type':'Task','Resource':'arn:aws:states:::" + resource + "','End':true}";
    }

    private static String distributed(String fields) {
        return "{'Type':'Map'," + fields + ",'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED',"
                + "'ExecutionType':'STANDARD'},'StartAt':'A','States':{'A':{'Type':'Pass','End':true}}},'End':true}";
    }

    private static Map<String, Object> answer(String definition, String members) throws IOException {
        var text = DEFINITIONS.containsKey(definition)
                ? DEFINITIONS.get(definition)
                : definition.startsWith("{") ? definition : task(definition);
        var request = new LinkedHashMap<>(Json.parseObject(members.replace('\'', '"')));
        // Members that are JSON texts are written as what they say.
        request.replaceAll((name, value) -> name.matches("input|context|variables") ? Json.print(value) : value);
        if (request.get("mock") instanceof Map<?, ?> mock && mock.containsKey("result")) {
            var written = new LinkedHashMap<Object, Object>(mock);
            written.put("result", Json.print(mock.get("result")));
            request.put("mock", written);
        }
        request.put("definition", text.replace('\'', '"'));
        return TestStateCall.answer(aws, request);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        PASS          | {'mock':{'result':1}}                       | State type 'Pass' is not supported when a mock is specified
        CHOICE        | {'mock':{'errorOutput':{'error':'E'}}}      | State type 'Choice' is not supported when a mock is specified
        WAIT          | {'mock':{'result':1}}                       | State type 'Wait' is not supported when a mock is specified
        PASS          | {'inspectionLevel':'ALL'}                   | Value 'ALL' at 'inspectionLevel' failed to satisfy constraint
        PASS          | {'context':{}}                              | Context can only be specified when a mock is specified
        PASS          | {'stateConfiguration':{'retrierRetryCount':-1}} | Value '-1' at 'stateConfiguration.retrierRetryCount' failed to satisfy constraint
        MAP           | {}                                          | TestState API does not support Map or Parallel states
        sqs:sendMessage.waitForTaskToken | {'roleArn':'arn:aws:iam::000000000000:role/r'} | A mock must be specified
        glue:startJobRun.sync | {'roleArn':'arn:aws:iam::000000000000:role/r'} | A mock must be specified
        sns:publish   | {}                                          | RoleArn must be specified when testing a Task state
        sns:publish   | {'mock':{'result':{}},'revealSecrets':true} | RevealSecrets cannot be true when a mock is specified
        sns:publish   | {'mock':{}}                                 | A test mock should have only one of the following fields
        sns:publish   | {'mock':{'result':{},'errorOutput':{'error':'E'}}} | A test mock should have only one of the following fields
        sns:publish   | {'mock':{'errorOutput':{'cause':'C'}}}      | A mocked errorOutput must have an error
        sns:publish   | {'mock':{'result':{},'fieldValidationMode':'SOME'}} | Value 'SOME' at 'mock.fieldValidationMode' failed to satisfy constraint
        sns:publish   | {'mock':{'result':[]}}                      | Mocked result must be a JSON object
        PARALLEL      | {'mock':{'result':{}}}                      | Mocked result must be an array.
        PARALLEL      | {'mock':{'result':[1]}}                     | Mocked result must be an array with one element for each branch
        PARALLEL      | {'mock':{'errorOutput':{'error':'E'}},'stateConfiguration':{'errorCausedByState':'Z'}} | State 'Z' not found in definition
        MAP           | {'mock':{'result':{}}}                      | Mocked result must be an array.
        MAP           | {'mock':{'result':[]},'input':{'items':[1]},'stateConfiguration':{'mapIterationFailureCount':2}} | must be less than or equal to the number of Map iterations
        sns:publish   | {'mock':{'result':{}},'context':{'Map':{}}}  | 'Map' field is not supported when mocking a Context object
        sns:publish   | {'mock':{'result':{}},'context':{'Other':{}}} | Invalid Context object provided: Field 'Other' is not allowed
        sns:publish   | {'mock':{'result':{}},'context':{'State':{'Id':'x'}}} | Invalid Context object provided: Field 'Id' is not allowed
        sns:publish   | {'mock':{'result':{}},'context':{'State':[]}} | Invalid Context object provided: Field 'State' must be an object
        sns:publish   | {'mock':{'result':{}},'context':{'State':{'RetryCount':'1'}}} | Invalid Context object provided: Field 'RetryCount' must be a number
        sns:publish   | {'mock':{'result':{}},'context':{'Execution':{'Name':1}}} | Invalid Context object provided: Field 'Name' must be a string
        """)
    void a_request_beyond_the_rules_is_refused(String definition, String members, String message) {
        var refused = catchThrowableOfType(AwsError.class, () -> answer(definition, members));

        assertThat(refused).hasMessageContaining(message);
        assertThat(refused.code())
                .isEqualTo(
                        definition.equals("MAP") && members.equals("{}") ? "InvalidDefinition" : "ValidationException");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        aws-sdk:ec2:describeInstances | {'Reservations':{}}              | Field 'Reservations' must be an array
        aws-sdk:ec2:describeInstances | {'Reservations':[{'OwnerId':1}]} | Field 'OwnerId' must be a string
        aws-sdk:s3:headObject         | {'DeleteMarker':'yes'}           | Field 'DeleteMarker' must be a boolean
        aws-sdk:s3:headObject         | {'Metadata':{'a':1}}             | Field 'a' must be a string
        aws-sdk:sqs:receiveMessage    | {'Messages':['m']}               | Field 'Messages' must be an object
        aws-sdk:lambda:invoke         | {'Payload':{}}                   | Field 'Payload' must be a string
        aws-sdk:ssm:getParameter      | {'Parameter':{'Type':'Number'}}  | Field 'Type' is not an expected value
        aws-sdk:sfn:startExecution    | {'ExecutionArn':''}              | Required field 'StartDate' is missing
        aws-sdk:sfn:startExecution    | {'ExecutionArn':'','StartDate':'s'} | Field 'ExecutionArn' is shorter than the minimum length
        dynamodb:getItem              | {'Item':{'id':{'S':1}}}          | Field 'S' must be a string
        glue:startJobRun.sync         | {'JobRun':{'Attempt':'first'}}   | Field 'Attempt' must be a number
        states:startExecution.sync:2  | {'ExecutionArn':'a','StartDate':'s'} | Required field 'StateMachineArn' is missing
        states:startExecution.sync    | {'ExecutionArn':'a','StateMachineArn':'m','Status':'DONE','StartDate':'s'} | Field 'Status' is not an expected value
        states:startExecution.sync:2  | {'ExecutionArn':'a','StateMachineArn':'m','Status':'SUCCEEDED','StartDate':'s','Output':{}} | Field 'Output' must be a string
        """)
    void a_mocked_result_has_the_form_of_the_apis_model(String resource, String result, String problem) {
        var mock = "{'mock':{'result':" + result + "%s}}";
        var refused = catchThrowableOfType(AwsError.class, () -> answer(resource, mock.formatted("")));

        assertThat(refused).hasMessage("Mock result schema validation error: " + problem);
        assertThatCode(() -> answer(resource, mock.formatted(",'fieldValidationMode':'NONE'")))
                .doesNotThrowAnyException();
        var present = mock.formatted(",'fieldValidationMode':'PRESENT'");
        if (problem.startsWith("Required") && !result.contains("''")) {
            assertThatCode(() -> answer(resource, present)).doesNotThrowAnyException();
        } else {
            assertThat(catchThrowableOfType(AwsError.class, () -> answer(resource, present)))
                    .isNotNull();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        sns:publish            | {}
        sns:publish            | {'ofNoModel':1}
        lambda:invoke          | {'Payload':{'any':'thing'},'StatusCode':200}
        sqs:sendMessage.waitForTaskToken | 'what the callback says'
        apigateway:invoke      | 'answer'
        http:invoke            | {'StatusCode':'odd'}
        eks:runJob.sync        | 1
        """)
    void what_no_model_says_anything_of_is_taken(String resource, String result) throws IOException {
        var answer = TestStateCall.parsed(answer(resource, "{'mock':{'result':" + result + "}}"));

        assertThat(answer).containsEntry("output", Json.parse(result.replace('\'', '"')));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        MAP           | {'input':{'items':[7,8]},'mock':{'result':[1,2]}} | {'maxConcurrency':0,'afterItemsPath':[7,8],'afterItemSelector':[{'v':7,'i':0},{'v':8,'i':1}],'result':null}
        'ItemBatcher':{'MaxItemsPerBatch':2,'BatchInput':{'k':1}} | {'input':[1,2,3],'mock':{'result':[]}} | {'afterItemBatcher':[{'BatchInput':{'k':1},'Items':[1,2]},{'BatchInput':{'k':1},'Items':[3]}],'afterItemSelector':null}
        'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'},'Parameters':{'Bucket':'b','Key':'k'}},'ItemSelector':{'n.$':'$$.Map.Item.Value.name','s.$':'$$.Map.Item.Source'} | {'mock':{'result':[]},'stateConfiguration':{'mapItemReaderData':'name\\nada\\n'}} | {'afterItemSelector':[{'n':'ada','s':'S3://b/k'}],'afterItemsPath':null}
        'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{'InputType':'JSON','ItemsPointer':'/a/b'},'Parameters':{'Bucket':'b','Key':'k'}} | {'mock':{'result':[]},'stateConfiguration':{'mapItemReaderData':'{\\"a\\":{\\"b\\":[5]}}'}} | {'afterItemsPointer':[5]}
        'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{'InputType':'JSON'},'Parameters':{'Bucket':'b','Key':'k'}},'ItemsPath':'$.orders','ToleratedFailureCount':1 | {'input':{'orders':[1,2]},'mock':{'result':[1]},'stateConfiguration':{'mapIterationFailureCount':1}} | {'afterItemsPath':[1,2],'toleratedFailureCount':1}
        """)
    void a_map_shows_what_becomes_of_its_items(String map, String members, String expected) throws IOException {
        var definition = map.startsWith("'") ? distributed(map) : map;
        var request = members.substring(0, members.length() - 1) + ",'inspectionLevel':'DEBUG'}";
        var answer = TestStateCall.parsed(answer(definition, request));
        var data = (Map<?, ?>) answer.get("inspectionData");

        assertThat(answer).containsEntry("status", "SUCCEEDED");
        Json.parseObject(expected.replace('\'', '"')).forEach((name, value) -> {
            assertThat(data.containsKey(name)).as(name).isEqualTo(value != null);
            assertThat(data.get(name)).as(name).isEqualTo(value);
        });
    }

    @ParameterizedTest(name = "{0} of three items failed, {1}: {2}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "0, 'ToleratedFailureCount':1, SUCCEEDED",
                "1, 'ToleratedFailureCount':1, SUCCEEDED",
                "2, 'ToleratedFailureCount':1, FAILED",
                "1, 'ToleratedFailurePercentage':50, SUCCEEDED",
                "2, 'ToleratedFailurePercentage':50, FAILED",
                "2, 'Comment':'without a threshold', SUCCEEDED"
            })
    void a_threshold_is_exceeded_where_the_definition_sets_one(int failures, String threshold, String status)
            throws IOException {
        var answer = answer(
                distributed(threshold),
                "{'input':[1,2,3],'mock':{'result':[0]},'stateConfiguration':{'mapIterationFailureCount':" + failures
                        + "}}");

        assertThat(answer).containsEntry("status", status);
    }

    @Test
    void a_state_of_an_iteration_is_tested_as_one_of_the_first() throws IOException {
        var answer = TestStateCall.parsed(answer("MACHINE", "{'stateName':'A','input':{'n':3}}"));

        assertThat(answer.get("output"))
                .isEqualTo(Map.of("item", Map.of("Index", 0L, "Value", Map.of("n", 3L), "Source", "STATE_DATA")));
    }

    @ParameterizedTest(name = "after {0} retries: {1}")
    @CsvSource({"0, RETRIABLE", "1, RETRIABLE", "2, CAUGHT_ERROR"})
    void retries_that_are_used_up_leave_the_error_to_the_catchers(int retries, String status) throws IOException {
        var state =
                "{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','Parameters':{'FunctionName':'f'},'Retry':["
                        + "{'ErrorEquals':['E'],'IntervalSeconds':3,'MaxAttempts':2,'BackoffRate':2,'MaxDelaySeconds':5}],"
                        + "'Catch':[{'ErrorEquals':['States.TaskFailed'],'Next':'C'}],'End':true}";
        var answer = answer(
                state,
                "{'inspectionLevel':'DEBUG','mock':{'errorOutput':{'error':'E'}},'stateConfiguration':{'retrierRetryCount':"
                        + retries + "}}");
        var details = ((Map<?, ?>) answer.get("inspectionData")).get("errorDetails");

        assertThat(answer).containsEntry("status", status);
        assertThat(details)
                .isEqualTo(
                        status.equals("CAUGHT_ERROR")
                                ? Map.of("retryIndex", 0L, "catchIndex", 0L)
                                : Map.of("retryIndex", 0L, "retryBackoffIntervalSeconds", retries == 0 ? 3L : 5L));
    }
}
