package dev.baton.local;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What the actions of SQS and of event source mappings ask leave for.
class SqsEnforcementTest extends EnforcementTable {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:there";
    private static final String MADE = "arn:aws:sqs:us-east-1:000000000000:made";
    private static final String URL = "http://localhost/000000000000/there";
    private static final String RED = " aws:ResourceTag/owner=[red]";
    private static final String ID = "6b0a0000-0000-4000-8000-000000000000";
    private static final String ECHO = "arn:aws:lambda:us-east-1:000000000000:function:echo";

    static Stream<Row> rows() {
        return Stream.concat(queueRows(), mappingRows());
    }

    private static Stream<Row> queueRows() {
        return Stream.of(
                Row.of(
                        "CreateQueue",
                        t -> t.sqs.createQueue(r -> r.queueName("made").tags(Map.of("team", "red"))),
                        "sqs:CreateQueue " + MADE + " aws:RequestTag/team=[red] aws:TagKeys=[team]",
                        "sqs:TagQueue " + MADE + " aws:RequestTag/team=[red] aws:TagKeys=[team]"),
                Row.of(
                        "DeleteQueue of none",
                        t -> t.sqs.deleteQueue(r -> r.queueUrl(URL + "2")),
                        "sqs:DeleteQueue " + QUEUE + "2"),
                Row.of(
                        "GetQueueUrl",
                        t -> t.sqs.getQueueUrl(r -> r.queueName("there")),
                        "sqs:GetQueueUrl " + QUEUE + RED),
                Row.of("ListQueues", t -> t.sqs.listQueues(), "sqs:ListQueues *"),
                Row.of("PurgeQueue", t -> t.sqs.purgeQueue(r -> r.queueUrl(URL)), "sqs:PurgeQueue " + QUEUE + RED),
                Row.of(
                        "GetQueueAttributes",
                        t -> t.sqs.getQueueAttributes(r -> r.queueUrl(URL).attributeNames(QueueAttributeName.ALL)),
                        "sqs:GetQueueAttributes " + QUEUE + RED),
                Row.of(
                        "SetQueueAttributes",
                        t -> t.sqs.setQueueAttributes(
                                r -> r.queueUrl(URL).attributes(Map.of(QueueAttributeName.DELAY_SECONDS, "0"))),
                        "sqs:SetQueueAttributes " + QUEUE + RED),
                Row.of(
                        "ListDeadLetterSourceQueues",
                        t -> t.sqs.listDeadLetterSourceQueues(r -> r.queueUrl(URL)),
                        "sqs:ListDeadLetterSourceQueues " + QUEUE + RED),
                Row.of(
                        "TagQueue",
                        t -> t.sqs.tagQueue(r -> r.queueUrl(URL).tags(Map.of("team", "red"))),
                        "sqs:TagQueue " + QUEUE + " aws:RequestTag/team=[red] aws:TagKeys=[team]" + RED),
                Row.of(
                        "UntagQueue",
                        t -> t.sqs.untagQueue(r -> r.queueUrl(URL).tagKeys("team")),
                        "sqs:UntagQueue " + QUEUE + " aws:TagKeys=[team]" + RED),
                Row.of(
                        "ListQueueTags",
                        t -> t.sqs.listQueueTags(r -> r.queueUrl(URL)),
                        "sqs:ListQueueTags " + QUEUE + RED),
                Row.of(
                        "SendMessage",
                        t -> t.sqs.sendMessage(r -> r.queueUrl(URL).messageBody("x")),
                        "sqs:SendMessage " + QUEUE + RED),
                Row.of(
                        "SendMessageBatch asks once",
                        t -> t.sqs.sendMessageBatch(r -> r.queueUrl(URL)
                                .entries(
                                        e -> e.id("a").messageBody("x"),
                                        e -> e.id("b").messageBody("x"))),
                        "sqs:SendMessage " + QUEUE + RED),
                Row.of(
                        "ReceiveMessage",
                        t -> t.sqs.receiveMessage(r -> r.queueUrl(URL)),
                        "sqs:ReceiveMessage " + QUEUE + RED),
                Row.of(
                        "DeleteMessage",
                        t -> t.sqs.deleteMessage(r -> r.queueUrl(URL).receiptHandle("x")),
                        "sqs:DeleteMessage " + QUEUE + RED),
                Row.of(
                        "DeleteMessageBatch",
                        t -> t.sqs.deleteMessageBatch(
                                r -> r.queueUrl(URL).entries(e -> e.id("a").receiptHandle("x"))),
                        "sqs:DeleteMessage " + QUEUE + RED),
                Row.of(
                        "ChangeMessageVisibility",
                        t -> t.sqs.changeMessageVisibility(
                                r -> r.queueUrl(URL).receiptHandle("x").visibilityTimeout(1)),
                        "sqs:ChangeMessageVisibility " + QUEUE + RED),
                Row.of(
                        "ChangeMessageVisibilityBatch",
                        t -> t.sqs.changeMessageVisibilityBatch(r -> r.queueUrl(URL)
                                .entries(e -> e.id("a").receiptHandle("x").visibilityTimeout(1))),
                        "sqs:ChangeMessageVisibility " + QUEUE + RED),
                Row.of(
                        "StartMessageMoveTask",
                        t -> t.sqs.startMessageMoveTask(r -> r.sourceArn(QUEUE)),
                        "sqs:StartMessageMoveTask " + QUEUE + RED,
                        "sqs:ReceiveMessage " + QUEUE + RED,
                        "sqs:DeleteMessage " + QUEUE + RED,
                        "sqs:GetQueueAttributes " + QUEUE + RED),
                Row.of(
                        "ListMessageMoveTasks",
                        t -> t.sqs.listMessageMoveTasks(r -> r.sourceArn(QUEUE)),
                        "sqs:ListMessageMoveTasks " + QUEUE + RED),
                Row.of(
                        "CancelMessageMoveTask of none",
                        t -> t.sqs.cancelMessageMoveTask(r -> r.taskHandle("x")),
                        "sqs:CancelMessageMoveTask *"));
    }

    private static Stream<Row> mappingRows() {
        var mapping = "arn:aws:lambda:us-east-1:000000000000:event-source-mapping:" + ID;
        var function = " lambda:FunctionArn=[" + ECHO + "]";
        var role = "arn:aws:sts::000000000000:assumed-role/serving/echo: ";
        var log = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/echo:log-stream:any";
        return Stream.of(
                Row.of(
                        "CreateEventSourceMapping",
                        t -> t.lambda.createEventSourceMapping(r ->
                                r.functionName("echo").eventSourceArn(QUEUE).enabled(false)),
                        "lambda:CreateEventSourceMapping *" + function,
                        "lambda.amazonaws.com: sts:AssumeRole arn:aws:iam::000000000000:role/serving"
                                + " sts:RoleSessionName=[echo] aws:SourceArn=[" + ECHO
                                + "] aws:SourceAccount=[000000000000]",
                        role + "logs:CreateLogStream " + log,
                        role + "logs:PutLogEvents " + log,
                        role + "sqs:ReceiveMessage " + QUEUE + RED,
                        role + "sqs:DeleteMessage " + QUEUE + RED,
                        role + "sqs:GetQueueAttributes " + QUEUE + RED),
                Row.of(
                        "GetEventSourceMapping of none",
                        t -> t.lambda.getEventSourceMapping(r -> r.uuid(ID)),
                        "lambda:GetEventSourceMapping " + mapping),
                Row.of(
                        "UpdateEventSourceMapping of none",
                        t -> t.lambda.updateEventSourceMapping(r -> r.uuid(ID)),
                        "lambda:UpdateEventSourceMapping " + mapping),
                Row.of(
                        "DeleteEventSourceMapping of none",
                        t -> t.lambda.deleteEventSourceMapping(r -> r.uuid(ID)),
                        "lambda:DeleteEventSourceMapping " + mapping),
                Row.of(
                        "ListEventSourceMappings",
                        t -> t.lambda.listEventSourceMappings(),
                        "lambda:ListEventSourceMappings *"));
    }
}
