package dev.baton.cli.lineage;

import dev.baton.cli.output.AwsFailure;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.run.RevisionCheck;
import dev.baton.run.SourceRevision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The checks that are recorded of the revisions by whose code something was made: who has tested and approved it.
///
/// @param ofRevisions by the id of the revision
public record LineageChecks(Map<String, List<RevisionCheck>> ofRevisions) {
    private static final int FORBIDDEN = 403;

    /// Where nobody was asked.
    public static final LineageChecks NONE = new LineageChecks(Map.of());

    public LineageChecks {
        ofRevisions = Map.copyOf(ofRevisions);
    }

    /// Asks once for each revision.
    ///
    /// @param checks those of a revision, by system and id
    /// @param warnings takes why they are not told, where who asks may not see them
    public static LineageChecks of(
            LineageGraph graph, BiFunction<String, String, List<RevisionCheck>> checks, Consumer<Diagnostic> warnings) {
        var found = new HashMap<String, List<RevisionCheck>>();
        try {
            for (var node : graph.nodes().values()) {
                if (node instanceof LineageNode.Made(Derivation made)
                        && !made.revision().id().isEmpty()) {
                    found.computeIfAbsent(
                            made.revision().id(),
                            id -> List.copyOf(checks.apply(made.revision().system(), id)));
                }
            }
        } catch (S3Exception e) {
            if (e.statusCode() != FORBIDDEN) {
                throw e;
            }
            warnings.accept(LineageFindings.checksUnseen(AwsFailure.message(String.valueOf(e.getMessage()))));
        }
        return new LineageChecks(found);
    }

    List<RevisionCheck> of(SourceRevision revision) {
        return ofRevisions.getOrDefault(revision.id(), List.of());
    }
}
