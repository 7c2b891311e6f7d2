package dev.baton.lambda.lineage;

import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.run.CompletionRecord;
import dev.baton.run.StateKeys;
import dev.baton.run.code.CodeParts;
import dev.baton.task.InvalidInput;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The parts of the codes that were deployed, as a state bucket keeps them: a record names its code by the hash of it.
/// It reads only.
public final class CodeArchive {
    private static final int FORBIDDEN = 403;

    private final S3Access s3;
    private final String bucket;

    /// @param s3 with credentials that may read what deployments have kept
    public CodeArchive(S3Client s3, String bucket) {
        this(new S3Access(s3), bucket);
    }

    public CodeArchive(S3Access s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// A record with the parts of its code, where it tells them itself or its deployment has kept them. Who is not told
    /// of what his code was made still hears that it is another, so that nothing here is an error.
    ///
    /// @param taskClass of the task that the record is about
    public CompletionRecord complete(CompletionRecord record, Class<?> taskClass) {
        return record.code().isEmpty() ? record.withCode(parts(record, taskClass)) : record;
    }

    private Map<String, String> parts(CompletionRecord record, Class<?> taskClass) {
        try {
            var key = StateKeys.codeParts(taskClass, record.codeHash());
            var content = s3.read(bucket, key, null);
            return content == null ? Map.of() : CodeParts.parse(content.bytes()).hashes();
        } catch (S3Exception e) {
            // Whoever may not list a bucket is not told whether an object is missing or forbidden.
            if (e.statusCode() == FORBIDDEN) {
                return Map.of();
            }
            throw e;
        } catch (InvalidInput e) {
            return Map.of();
        }
    }
}
