package dev.baton.lambda.internal.objects;

import dev.baton.name.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// A write in parts. Nothing can be seen of it before the last request, which is the conditional one; what was
/// uploaded is given up when that fails.
final class MultipartWrite {
    /// In bytes; up to here one request does it.
    static final long THRESHOLD = 64L << 20;

    private static final long SMALLEST = 16L << 20;
    private static final int MOST = 10_000;
    private static final int AT_ONCE = 4;

    private final S3Client client;
    private final AwsRequestOverrideConfiguration credentials;

    MultipartWrite(S3Client client, AwsRequestOverrideConfiguration credentials) {
        this.client = client;
        this.credentials = credentials;
    }

    WriteResult write(
            String bucket,
            String key,
            SpooledContent content,
            String contentType,
            Map<String, String> metadata,
            Precondition precondition) {
        var upload = client.createMultipartUpload(request -> request.bucket(bucket)
                        .key(key)
                        .contentType(contentType)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                        .metadata(content.describe(metadata))
                        .overrideConfiguration(credentials))
                .uploadId();
        var complete = false;
        try {
            var parts = upload(bucket, key, upload, content);
            var request = CompleteMultipartUploadRequest.builder()
                    .bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(parts))
                    .ifMatch(precondition.ifMatch())
                    .ifNoneMatch(precondition.ifNoneMatch())
                    .overrideConfiguration(credentials)
                    .build();
            var result = S3Access.attempt(precondition, () -> {
                var response = client.completeMultipartUpload(request);
                return new WriteResult.Written(ObjectHeaderReader.version(response.versionId()), response.eTag());
            });
            complete = result instanceof WriteResult.Written;
            return result;
        } finally {
            if (!complete) {
                abort(bucket, key, upload);
            }
        }
    }

    private List<CompletedPart> upload(String bucket, String key, String upload, SpooledContent content) {
        var length = Math.max(SMALLEST, (content.size() + MOST - 1) / MOST);
        var numbers = IntStream.rangeClosed(1, Math.toIntExact((content.size() + length - 1) / length));
        return ConcurrentCalls.map(numbers.boxed().toList(), AT_ONCE, number -> {
            var offset = (number - 1) * length;
            return part(bucket, key, upload, content, number, offset, Math.min(length, content.size() - offset));
        });
    }

    private CompletedPart part(
            String bucket, String key, String upload, SpooledContent content, int number, long offset, long size) {
        var sha256 = sha256(content, offset, size);
        try (var opened = new OpenedContent(content, offset, size)) {
            var response = client.uploadPart(
                    request -> request.bucket(bucket)
                            .key(key)
                            .uploadId(upload)
                            .partNumber(number)
                            .contentLength(size)
                            .checksumSHA256(sha256)
                            .overrideConfiguration(credentials),
                    opened.body("application/octet-stream"));
            return CompletedPart.builder()
                    .partNumber(number)
                    .eTag(response.eTag())
                    .checksumSHA256(sha256)
                    .build();
        }
    }

    private static String sha256(SpooledContent content, long offset, long size) {
        var digest = Sha256.start();
        try (var in = content.slice(offset, size)) {
            var chunk = new byte[1 << 16];
            for (var n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                digest.update(chunk, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    /// Best effort: a lifecycle rule of the bucket removes what stays.
    private void abort(String bucket, String key, String upload) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(upload).overrideConfiguration(credentials));
        } catch (SdkException e) {
            LoggerFactory.getLogger(MultipartWrite.class)
                    .atWarn()
                    .addKeyValue("key", key)
                    .setCause(e)
                    .log("an unfinished upload stays until the bucket's lifecycle rule removes it");
        }
    }
}
