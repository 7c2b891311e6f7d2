package dev.baton.cli.audit;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.DeployedPipelines;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.lambda.lineage.RecordArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The evidence of an environment in a range of time as chained lines. Asked twice, it has the same bytes.
///
/// @param stateBucket where there is evidence even before a pipeline is
/// @param accessLogs of S3; those of no bucket where empty
public record AuditExport(
        Endpoint endpoint, String stateBucket, List<DataLog> accessLogs, Consumer<Diagnostic> warnings) {
    private static final long VERSION = 1;

    public AuditExport {
        accessLogs = List.copyOf(accessLogs);
    }

    /// The place of the logs of who asked S3 for what.
    ///
    /// @param isTrail whether they are the files of a CloudTrail trail, and not server access logs
    public record DataLog(String bucket, String prefix, boolean isTrail) {}

    /// Writes it.
    public ChainHead write(AuditScope scope, OutputStream out) throws IOException {
        var there = DeployedPipelines.of(endpoint);
        there.findings().forEach(warnings);
        try (var lines = new SortedLines()) {
            for (var source : sources(there.all())) {
                source.read(scope, line -> {
                    if (line.kind() == AuditKind.UNREADABLE && scope.covers(line.time())) {
                        warnings.accept(AuditFindings.unreadable(
                                line.id(), line.details().get("reason")));
                    }
                    if (scope.covers(line)) {
                        lines.add(line);
                    }
                });
            }
            var chain = new HashChain(out);
            chain.begin(header(scope));
            lines.forEach(chain::add);
            return chain.end();
        }
    }

    private List<EvidenceSource> sources(List<DeployedPipeline> pipelines) {
        var sources = new ArrayList<EvidenceSource>();
        sources.add(new HistoryEvidence(endpoint.states(), endpoint.s3(), pipelines));
        var buckets = new LinkedHashSet<String>();
        buckets.add(stateBucket);
        pipelines.forEach(pipeline -> buckets.add(pipeline.stateBucket()));
        for (var bucket : buckets) {
            sources.add(new RecordEvidence(new RecordArchive(endpoint.s3(), bucket)));
            sources.add(new StoredEvidence(endpoint.s3(), bucket));
        }
        for (var log : accessLogs) {
            sources.add(
                    log.isTrail()
                            ? new TrailEvidence(endpoint.s3(), log.bucket(), log.prefix())
                            : new AccessLogEvidence(endpoint.s3(), log.bucket(), log.prefix()));
        }
        return sources;
    }

    private Map<String, @Nullable Object> header(AuditScope scope) {
        var header = new LinkedHashMap<String, @Nullable Object>();
        header.put("account", endpoint.account());
        header.put("controls", List.copyOf(scope.controls()));
        header.put(
                "dataLogs",
                accessLogs.stream()
                        .map(log -> "s3://" + log.bucket() + "/" + log.prefix())
                        .toList());
        header.put("from", EvidenceLine.shown(scope.from()));
        header.put("pipelines", List.copyOf(scope.pipelines()));
        header.put("prefix", endpoint.prefix().word());
        header.put("region", endpoint.region());
        header.put("to", EvidenceLine.shown(scope.to()));
        header.put("tool", "baton");
        header.put("version", VERSION);
        return header;
    }
}
