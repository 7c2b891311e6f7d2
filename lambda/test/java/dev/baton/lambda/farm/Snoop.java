package dev.baton.lambda.farm;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

@Intent("Does what it has not declared")
public record Snoop(Deed deed, int year) implements Task {
    @Override
    public List<Task> requires() {
        return List.of(new Harvest(Field.NORTH, year), new Weighed(Field.SOUTH, year));
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/snoop/{deed}/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        var s3 = run.client(S3Client.class);
        var bucket = "farm-lake";
        switch (deed) {
            case READS_WHAT_ANOTHER_TASK_READS ->
                s3.getObjectAsBytes(r -> r.bucket(bucket).key("landing/south/" + year + ".txt"));
            case READS_WHAT_NOBODY_MAKES -> s3.getObjectAsBytes(r -> r.bucket(bucket).key("private/x.txt"));
            case LISTS -> s3.listObjectsV2(r -> r.bucket(bucket).prefix("private/"));
            case WRITES -> s3.putObject(r -> r.bucket(bucket).key("yield/2012.txt"), RequestBody.fromString("0"));
            case STARTS_AN_EXECUTION ->
                run.client(SfnClient.class)
                        .startExecution(r ->
                                r.stateMachineArn("arn:aws:states:us-east-1:000000000000:stateMachine:baton-snoop"));
            case ASKS_FOR_AN_UNDECLARED_OBJECT -> run.object("s3://lake/private/x.txt");
            case ASKS_FOR_AN_INPUT_IT_DOES_NOT_REQUIRE -> run.input(new Harvest(Field.SOUTH, year));
        }
        run.output().text("done");
    }
}
