package dev.baton.lambda.internal.state;

import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.run.CheckDemand;
import dev.baton.run.SourceRevision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The checks that the environment demands of the deployed code. What is recorded is read again after a while: a check
/// may come later, and may fail later.
public final class DemandedChecks {
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final CheckDemand demand;
    private final SourceRevision revision;
    private final String bucket;
    private final S3Access s3;
    private final InstantSource time;
    private Optional<String> lack = Optional.empty();
    private Instant readAgain = Instant.MIN;

    public DemandedChecks(FunctionEnvironment environment, S3Access s3, InstantSource time) {
        this.demand = CheckDemand.of(environment.find(CheckDemand.VARIABLE));
        var said = environment.revision();
        this.revision = said.isEmpty() ? SourceRevision.UNKNOWN : SourceRevision.of(said);
        this.bucket = environment.stateBucket();
        this.s3 = s3;
        this.time = time;
    }

    /// What the deployed code lacks, as a sentence; nothing where it has all.
    public synchronized Optional<String> lack() {
        if (!time.instant().isBefore(readAgain)) {
            lack = demand.lack(revision, key -> {
                        var found = s3.read(bucket, key, null);
                        return found == null ? null : found.bytes();
                    })
                    .map(what -> "the deployed code " + what);
            readAgain = time.instant().plus(KEPT);
        }
        return lack;
    }
}
