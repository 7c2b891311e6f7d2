package dev.baton.lambda.internal.task;

import dev.baton.name.Sha256;
import dev.baton.run.BucketNames;
import dev.baton.run.PinnedObject;
import dev.baton.task.Task;
import dev.baton.task.Undeclared;
import dev.baton.task.service.References;
import java.util.Map;

/// The references that a call of a service may make to its run.
record RunReferences(ResolvedTask work, Map<Task, PinnedObject> inputs, BucketNames buckets) implements References {
    /// Services take 64 characters, and the state adds which attempt it is.
    private static final int DIGITS = 40;

    @Override
    public Reference input(Task required) {
        var pinned = inputs.get(required);
        if (pinned == null) {
            throw Undeclared.input(work.task(), required);
        }
        return new Reference(real(pinned.uri()), pinned.version());
    }

    @Override
    public String real(String uri) {
        var address = buckets.locate(uri);
        return "s3://" + address.bucket() + "/" + address.key();
    }

    /// Of the run and the node, not of the attempt.
    @Override
    public String token() {
        return Sha256.hex(work.run().pipeline() + "\n" + work.run().run() + "\n" + work.doneKey())
                .substring(0, DIGITS);
    }
}
