package dev.baton.cli.diff;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.run.BucketNames;
import dev.baton.run.CompletionRecord;
import dev.baton.run.DataProfile;
import dev.baton.run.PinnedObject;
import dev.baton.run.profile.Profiler;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// The profiles of versions of objects: as they were recorded, or made now by reading the version once, in memory that
/// does not grow with it.
///
/// @param report told of what cannot be read
record ObjectProfiles(Endpoint endpoint, Consumer<Diagnostic> report) {
    /// In bytes: what is larger is not read.
    private static final long LARGEST = 1L << 30;

    @Nullable
    DataProfile of(PinnedObject object, @Nullable CompletionRecord record, BucketNames buckets) {
        if (record != null && record.profile() != null) {
            return record.profile();
        }
        if (object.size() > LARGEST) {
            report.accept(RunDiffFindings.unread(object.uri(), object.version(), "it has more than 1 GiB"));
            return null;
        }
        try (var content = open(object, buckets)) {
            var profiler = Profiler.of(object.uri(), content.response().contentType());
            var chunk = new byte[1 << 16];
            for (var n = content.read(chunk); n >= 0; n = content.read(chunk)) {
                profiler.write(chunk, 0, n);
            }
            return profiler.finish();
        } catch (SdkException | IOException | IllegalStateException e) {
            report.accept(RunDiffFindings.unread(object.uri(), object.version(), String.valueOf(e.getMessage())));
            return null;
        }
    }

    private ResponseInputStream<GetObjectResponse> open(PinnedObject object, BucketNames buckets) {
        var address = buckets.locate(object.uri());
        return endpoint.s3()
                .getObject(request ->
                        request.bucket(address.bucket()).key(address.key()).versionId(object.version()));
    }
}
