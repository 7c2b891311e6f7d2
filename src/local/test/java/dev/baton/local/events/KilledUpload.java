package dev.baton.local.events;

import static dev.baton.local.ApplicationEndpoint.allow;

import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;

/// An embedded AWS in a process of its own that a test kills: it answers an upload, and none of the event's deliveries
/// comes to its end.
public final class KilledUpload {
    static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:on-upload";
    static final Duration LATE = Duration.ofMinutes(10);

    private static final String PATTERN = "{\"source\":[\"aws.s3\"],\"detail\":{\"bucket\":{\"name\":[\"inbox\"]}}}";

    private KilledUpload() {}

    /// @param arguments the folder
    public static void main(String[] arguments) throws Exception {
        var aws = new ApplicationEndpoint(
                EmbeddedAws.builder().folder(Path.of(arguments[0])).start());
        var function = aws.function("slow", environment -> (in, out, context) -> hang());
        aws.lambda()
                .addPermission(r -> r.functionName("slow")
                        .statementId("events")
                        .principal("events.amazonaws.com")
                        .action("lambda:InvokeFunction"));
        var role = aws.role("machine", "states.amazonaws.com", "");
        aws.states()
                .createStateMachine(r -> r.name("on-upload")
                        .roleArn(role)
                        .definition("{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}"));
        var starter = aws.role("starter", "events.amazonaws.com", allow("states:StartExecution", MACHINE));
        aws.events().putRule(r -> r.name("uploads").eventPattern(PATTERN));
        aws.events()
                .putTargets(r -> r.rule("uploads")
                        .targets(
                                t -> t.id("f").arn(function),
                                t -> t.id("m").arn(MACHINE).roleArn(starter)));
        aws.s3().createBucket(r -> r.bucket("inbox"));
        aws.s3()
                .putBucketNotificationConfiguration(r ->
                        r.bucket("inbox").notificationConfiguration(n -> n.eventBridgeConfiguration(e -> {})));
        aws.aws()
                .events()
                .deliver(delivery -> List.of(delivery.targetArn().equals(MACHINE) ? LATE : Duration.ZERO));
        aws.s3().putObject(r -> r.bucket("inbox").key("a.csv"), RequestBody.fromString("x"));
        System.out.println("answered");
        hang();
    }

    private static void hang() {
        try {
            Thread.sleep(Duration.ofHours(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
