package dev.baton.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.local.events.Connections;
import dev.baton.local.http.RawHttp;
import dev.baton.local.http.Signing;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.UnreadableFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each JSON file of the data folder, with any of its values gone or of another type, names itself and the value.
class MisshapenFilesTest {
    private static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
            + "\"Principal\":{\"Service\":[\"lambda.amazonaws.com\",\"states.amazonaws.com\",\"scheduler.amazonaws.com\"]},"
            + "\"Action\":\"sts:AssumeRole\"}}";
    private static final String POLICY = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
            + "\"Action\":[\"s3:*\",\"sqs:*\"],\"Resource\":\"*\"}}";
    private static final String ROLE = "arn:aws:iam::000000000000:role/r";
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:m";

    private static final List<String> FILES = List.of(
            "iam/identities.json",
            "kms.json",
            "logs.json",
            "ssm.json",
            "sqs.json",
            "event-sources.json",
            "secrets.json",
            "sns.json",
            "dynamodb.json",
            "events.json",
            "states.json",
            "schedules.json",
            "functions.json");

    @TempDir
    Path folder;

    private void fill() throws IOException {
        try (var aws = EmbeddedAws.builder().folder(folder).start()) {
            var iam = new Signing(aws.endpoint(), aws.administrator(), "iam");
            var form = Map.of("Content-Type", "application/x-www-form-urlencoded");
            for (var body : List.of(
                    "Action=CreateRole&RoleName=r&AssumeRolePolicyDocument=" + TRUST
                            + "&Tags.member.1.Key=k&Tags.member.1.Value=v",
                    "Action=PutRolePolicy&RoleName=r&PolicyName=p&PolicyDocument=" + POLICY,
                    "Action=CreatePolicy&PolicyName=p&PolicyDocument=" + POLICY,
                    "Action=AttachRolePolicy&RoleName=r&PolicyArn=arn:aws:iam::000000000000:policy/p",
                    "Action=CreateUser&UserName=u",
                    "Action=CreateAccessKey&UserName=u",
                    "Action=CreateOpenIDConnectProvider&Url=https://issuer.example&ClientIDList.member.1=c")) {
                done(iam.send(
                        "POST",
                        "/",
                        form,
                        body.replace("{", "%7B").replace("}", "%7D").replace("\"", "%22")));
            }
            var sns = new Signing(aws.endpoint(), aws.administrator(), "sns");
            done(sns.send(
                    "POST",
                    "/",
                    form,
                    "Action=CreateTopic&Name=t&Attributes.entry.1.key=DisplayName"
                            + "&Attributes.entry.1.value=T&Tags.member.1.Key=k&Tags.member.1.Value=v"));
            done(sns.send(
                    "POST",
                    "/",
                    form,
                    "Action=Subscribe&TopicArn=arn:aws:sns:us-east-1:000000000000:t"
                            + "&Protocol=http&Endpoint=http://localhost:1/"));
            var key = json(aws, "kms", "TrentService.CreateKey", "{}")
                    .replaceFirst("(?s).*\"KeyId\":\"([^\"]*)\".*", "$1");
            json(aws, "kms", "TrentService.CreateAlias", "{'AliasName':'alias/a','TargetKeyId':'" + key + "'}");
            json(
                    aws,
                    "events",
                    "AWSEvents.CreateConnection",
                    "{'Name':'c','AuthorizationType':'API_KEY','AuthParameters':{'ApiKeyAuthParameters':"
                            + "{'ApiKeyName':'n','ApiKeyValue':'v'}}}");
            json(
                    aws,
                    "events",
                    "AWSEvents.PutPermission",
                    "{'StatementId':'s','Action':'events:PutEvents','Principal':'*'}");
            json(
                    aws,
                    "events",
                    "AWSEvents.CreateApiDestination",
                    "{'Name':'d','HttpMethod':'POST','InvocationEndpoint':'https://api.example','ConnectionArn':'"
                            + "arn:aws:events:us-east-1:000000000000:connection/c/"
                            + Connections.id(aws.account(), "c") + "'}");
            json(
                    aws,
                    "secretsmanager",
                    "secretsmanager.CreateSecret",
                    "{'Name':'n','SecretString':'v','KmsKeyId':'alias/a','Tags':[{'Key':'k','Value':'v'}]}");
            json(
                    aws,
                    "secretsmanager",
                    "secretsmanager.PutResourcePolicy",
                    "{'SecretId':'n','ResourcePolicy':'"
                            + POLICY.replace("'", "")
                                    .replace("\"", "\\'")
                                    .replace("\\'Action\\'", "\\'Principal\\':\\'*\\',\\'Action\\'")
                            + "'}");
            json(
                    aws,
                    "sqs",
                    "AmazonSQS.CreateQueue",
                    "{'QueueName':'q','Attributes':{'DelaySeconds':'1'},'tags':{'k':'v'}}");
            json(aws, "ssm", "AmazonSSM.PutParameter", "{'Name':'n','Value':'v','Type':'String'}");
            json(
                    aws,
                    "dynamodb",
                    "DynamoDB_20120810.CreateTable",
                    "{'TableName':'tab','AttributeDefinitions':[{'AttributeName':'k','AttributeType':'S'}],"
                            + "'KeySchema':[{'AttributeName':'k','KeyType':'HASH'}],'BillingMode':'PAY_PER_REQUEST',"
                            + "'GlobalSecondaryIndexes':[{'IndexName':'byK','KeySchema':[{'AttributeName':'k',"
                            + "'KeyType':'HASH'}],'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['a']}}],"
                            + "'Tags':[{'Key':'t','Value':'v'}]}");
            json(aws, "logs", "Logs_20140328.CreateLogGroup", "{'logGroupName':'g','tags':{'k':'v'}}");
            json(aws, "logs", "Logs_20140328.PutRetentionPolicy", "{'logGroupName':'g','retentionInDays':7}");
            json(aws, "events", "AWSEvents.PutRule", "{'Name':'r','EventPattern':'{\\'source\\':[\\'x\\']}'}");
            json(
                    aws,
                    "events",
                    "AWSEvents.PutTargets",
                    "{'Rule':'r','Targets':[{'Id':'i','RoleArn':'" + ROLE + "','Arn':'" + MACHINE + "'}]}");
            json(
                    aws,
                    "events",
                    "AWSEvents.CreateArchive",
                    "{'ArchiveName':'a','EventSourceArn':'arn:aws:events:us-east-1:000000000000:event-bus/default'}");
            json(
                    aws,
                    "states",
                    "AWSStepFunctions.CreateStateMachine",
                    "{'name':'m','roleArn':'" + ROLE
                            + "','publish':true,'definition':'{\\'StartAt\\':\\'P\\',\\'States\\':{\\'P\\':{\\'Type\\':\\'Pass\\',\\'End\\':true}}}'}");
            json(
                    aws,
                    "states",
                    "AWSStepFunctions.CreateStateMachineAlias",
                    "{'name':'live','routingConfiguration':[{'stateMachineVersionArn':'" + MACHINE
                            + ":1','weight':100}]}");
            json(aws, "states", "AWSStepFunctions.CreateActivity", "{'name':'a'}");
            var scheduler = new Signing(aws.endpoint(), aws.administrator(), "scheduler");
            done(scheduler.send(
                    "POST",
                    "/schedules/s",
                    Map.of(),
                    ("{'ScheduleExpression':'rate(1 day)'," + "'FlexibleTimeWindow':{'Mode':'OFF'},'Target':{'Arn':'"
                                    + MACHINE + "','RoleArn':'" + ROLE + "'}}")
                            .replace('\'', '"')));
            var lambda = new Signing(aws.endpoint(), aws.administrator(), "lambda");
            var functions = "/2015-03-31/functions";
            done(lambda.send(
                    "POST",
                    functions,
                    Map.of(),
                    ("{'FunctionName':'f','Role':'" + ROLE + "','Runtime':'java21',"
                                    + "'Handler':'a.B','Tags':{'k':'v'},'Environment':{'Variables':{'AB':'v'}},'Code':{'ZipFile':'"
                                    + zip() + "'}}")
                            .replace('\'', '"')));
            done(lambda.send(
                    "POST",
                    functions + "/f/policy",
                    Map.of(),
                    "{\"StatementId\":\"s\",\"Action\":\"lambda:*\",\"Principal\":\"s3.amazonaws.com\"}"));
            done(lambda.send(
                    "POST",
                    functions + "/f/policy",
                    Map.of(),
                    "{\"StatementId\":\"t\",\"Action\":\"lambda:*\",\"Principal\":\"secretsmanager.amazonaws.com\"}"));
            json(
                    aws,
                    "secretsmanager",
                    "secretsmanager.RotateSecret",
                    "{'SecretId':'n','RotationLambdaARN':'arn:aws:lambda:us-east-1:000000000000:function:f',"
                            + "'RotationRules':{'ScheduleExpression':'rate(4 hours)','Duration':'1h'}}");
            done(lambda.send(
                    "POST",
                    "/2015-03-31/event-source-mappings",
                    Map.of(),
                    ("{'FunctionName':'f','EventSourceArn':'arn:aws:sqs:us-east-1:000000000000:q','Enabled':false,"
                                    + "'ScalingConfig':{'MaximumConcurrency':2},"
                                    + "'FilterCriteria':{'Filters':[{'Pattern':'{\\'body\\':[\\'x\\']}'}]}}")
                            .replace("\\'", "\\\"")
                            .replace('\'', '"')));
            done(lambda.send(
                    "PUT", "/2019-09-25/functions/f/event-invoke-config", Map.of(), "{\"MaximumRetryAttempts\":1}"));
        }
    }

    private static void done(RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 204);
    }

    private static String json(EmbeddedAws aws, String service, String target, String body) throws IOException {
        var text = body.replace("\\'", "\u0001").replace('\'', '"').replace("\u0001", "\\\"");
        var answer = new Signing(aws.endpoint(), aws.administrator(), service)
                .send("POST", "/", Map.of("X-Amz-Target", target), text);
        done(answer);
        return answer.text();
    }

    private static String zip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("x.txt"));
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /// The values of a file by their places, those of a list under its first item alone.
    private static void places(String place, Object value, Map<String, List<Object>> into, List<Object> path) {
        if (!path.isEmpty()) {
            into.putIfAbsent(place, List.copyOf(path));
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) ->
                    places(place.isEmpty() ? "" + key : place + "." + key, inner, into, with(path, key)));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            places(place + "[0]", list.getFirst(), into, with(path, 0));
        }
    }

    private static List<Object> with(List<Object> path, Object more) {
        var longer = new ArrayList<>(path);
        longer.add(more);
        return longer;
    }

    @SuppressWarnings("unchecked")
    private static void change(Object json, List<Object> path) {
        for (var step : path.subList(0, path.size() - 1)) {
            json = step instanceof Integer index
                    ? ((List<Object>) json).get(index)
                    : ((Map<Object, Object>) json).get(step);
        }
        var last = path.getLast();
        if (json instanceof List<?> list) {
            ((List<Object>) list).set((int) last, other(list.get((int) last)));
        } else {
            ((Map<Object, Object>) json).compute(last, (key, value) -> other(value));
        }
    }

    private static Object other(Object value) {
        return value instanceof String ? 5L : value == null ? List.of() : "x";
    }

    @Test
    void a_value_of_another_type_is_named_with_its_file() throws IOException {
        fill();
        var accepted = new ArrayList<String>();
        int refused = 0;
        for (var name : FILES) {
            var file = folder.resolve(name);
            var kept = Files.readAllBytes(file);
            var places = new LinkedHashMap<String, List<Object>>();
            places("", Json.parseObject(kept), places, List.of());
            for (var place : places.entrySet()) {
                var json = Json.parseObject(kept);
                change(json, place.getValue());
                Files.writeString(file, Json.print(json));
                try {
                    new StoredFile(file).load(content -> {});
                    accepted.add(name + " " + place.getKey());
                } catch (UnreadableFile e) {
                    refused++;
                    assertThat(e.finding().toString()).contains("LOC004", file.toString(), place.getKey() + " is ");
                }
            }
            Files.write(file, kept);
        }
        // What callers gave is given back to them as it is.
        accepted.removeIf(place -> place.contains(".request.")
                || place.contains(".targets[0].")
                || place.contains(".parameters.")
                || place.contains(".Principal"));
        assertThat(accepted).isEmpty();
        assertThat(refused).isGreaterThan(150);
    }

    @Test
    void what_is_missing_or_means_nothing_is_named_too() throws IOException {
        fill();
        var places = Map.of(
                "iam/identities.json", "\"created\":\"2",
                "kms.json", "\"manager\":\"",
                "ssm.json", "\"modifiedAt\":\"",
                "secrets.json", "\"created\":\"",
                "sns.json", "\"topic\":\"",
                "events.json", "\"createdAt\":\"",
                "states.json", "\"type\":\"",
                "schedules.json", "\"created\":\"",
                "functions.json", "\"code\":\"");
        for (var each : places.entrySet()) {
            var file = folder.resolve(each.getKey());
            var kept = Files.readString(file);
            var member = each.getValue().substring(1, each.getValue().indexOf('"', 1));
            // Code that is not there is another finding.
            var others = each.getValue().contains("code")
                    ? List.of("\"other\":\"")
                    : List.of(each.getValue() + "x", "\"other\":\"");
            for (var other : others) {
                Files.writeString(file, kept.replace(each.getValue(), other));
                assertThat(refused(each.getKey() + " " + other))
                        .as("%s %s", each.getKey(), other)
                        .contains("LOC004", file.toString(), member + " is ")
                        .doesNotContain("Exception", "java.");
            }
            Files.writeString(file, kept);
        }
    }

    private String refused(String what) {
        var found = new ArrayList<Diagnostic>();
        assertThatThrownBy(() -> EmbeddedAws.builder().folder(folder).start().close())
                .as(what)
                .isInstanceOfSatisfying(DiagnosticException.class, e -> found.addAll(e.diagnostics()));
        return found.getFirst().toString();
    }
}
