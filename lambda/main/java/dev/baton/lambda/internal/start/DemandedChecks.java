package dev.baton.lambda.internal.start;

import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.run.CheckDemand;
import dev.baton.run.SourceRevision;
import dev.baton.run.StartResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The checks that the environment demands of the deployed code. What is recorded is read again after a while: a check
/// may come later, and may fail later.
final class DemandedChecks {
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final CheckDemand demand;
    private final SourceRevision revision;
    private final String bucket;
    private final S3Access s3;
    private final InstantSource time;
    private Optional<String> lack = Optional.empty();
    private Instant readAgain = Instant.MIN;

    DemandedChecks(FunctionEnvironment environment, S3Access s3, InstantSource time) {
        this.demand = CheckDemand.of(environment.find(CheckDemand.VARIABLE));
        var said = environment.revision();
        this.revision = said.isEmpty() ? SourceRevision.UNKNOWN : SourceRevision.of(said);
        this.bucket = environment.stateBucket();
        this.s3 = s3;
        this.time = time;
    }

    /// The refusal of a run, where a check is lacking.
    synchronized Optional<StartResult> refusal(Map<String, String> parameters) {
        if (!time.instant().isBefore(readAgain)) {
            lack = demand.lack(revision, key -> {
                var found = s3.read(bucket, key, null);
                return found == null ? null : found.bytes();
            });
            readAgain = time.instant().plus(KEPT);
        }
        return lack.map(what -> new StartResult.Refused(
                parameters,
                "RUN050",
                "the deployed code " + what,
                "record what was checked, baton check-revision add NAME --status passed, and start it again: baton"
                        + " sweep"));
    }
}
