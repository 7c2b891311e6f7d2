package dev.baton.lambda.internal.pin;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.identity.IdentityFindings;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.run.ExecutionInput;
import dev.baton.run.PinInvocation;
import dev.baton.run.Requester;
import dev.baton.run.StartRecord;
import dev.baton.run.StateKeys;
import java.util.Optional;

/// The starters of executions, as the start function recorded them before.
final class Starters {
    private final S3Access s3;
    private final String bucket;
    private final String pipeline;
    private final boolean needed;

    Starters(FunctionEnvironment environment, S3Access s3) {
        this.s3 = s3;
        this.bucket = environment.stateBucket();
        this.pipeline = environment.pipeline();
        this.needed = environment.isSet(StartRecord.VARIABLE);
    }

    /// Who started an execution; nobody is looked for where no policies about people hold.
    ///
    /// @throws dev.baton.task.InvalidInput RUN076 where policies about people hold, and no start function was asked
    Optional<Requester> starter(PinInvocation invocation, ExecutionInput input) {
        if (!needed) {
            return Optional.empty();
        }
        var content = s3.read(bucket, StateKeys.start(pipeline, invocation.executionName()), null);
        var record = content == null ? null : StartRecord.parse(content.bytes());
        if (record == null || !record.isOf(input, invocation.startTime())) {
            throw IdentityFindings.refused(Diagnostic.error(
                    "RUN076",
                    Location.named(invocation.executionName()),
                    "was not started by the start function, which asks the policies about people that hold here",
                    "start it by baton start " + pipeline));
        }
        return Optional.of(record.requester());
    }
}
