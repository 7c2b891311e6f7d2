package dev.baton.lambda.simulated;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A client of S3 that brings requests to a simulated S3 without a wire. Where it stands in for the SDK's own, some of
/// what is played goes over that one, and has to come out the same.
public final class DirectS3 implements S3Client {
    private static final String METADATA = "x-amz-meta-";
    private static final String CHECKSUM = "x-amz-checksum-sha256";
    private static final Pattern OBJECT = Pattern.compile("<Contents><Key>([^<]*)</Key><ETag>([^<]*)</ETag>");
    private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");
    private static final Pattern VERSION = Pattern.compile("<Version><Key>([^<]*)</Key><VersionId>([^<]*)</VersionId>");

    private final Carrier carrier;

    public DirectS3(Carrier carrier) {
        this.carrier = carrier;
    }

    /// What brings requests to where they are answered.
    @FunctionalInterface
    public interface Carrier {
        /// @param subject bucket, `/`, key; or the bucket alone
        Answer carry(
                String method, String subject, Map<String, String> query, Map<String, String> headers, byte[] body);
    }

    /// What comes back.
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        var reply = send("HEAD", request.bucket() + "/" + request.key(), Map.of(), Map.of(), new byte[0]);
        var response = HeadObjectResponse.builder()
                .eTag(reply.headers().get("ETag"))
                .versionId(reply.headers().get("x-amz-version-id"))
                .contentLength(Long.valueOf(reply.headers().get("Content-Length")))
                .contentType(reply.headers().get("content-type"))
                .checksumSHA256(reply.headers().get(CHECKSUM));
        var metadata = new HashMap<String, String>();
        reply.headers().forEach((name, value) -> {
            if (name.startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), value);
            }
        });
        return response.metadata(metadata).build();
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        Map<String, String> query = request.versionId() == null ? Map.of() : Map.of("versionId", request.versionId());
        var reply = send("GET", request.bucket() + "/" + request.key(), query, Map.of(), new byte[0]);
        var response = GetObjectResponse.builder()
                .eTag(reply.headers().get("ETag"))
                .versionId(reply.headers().get("x-amz-version-id"))
                .contentLength((long) reply.body().length)
                .build();
        try {
            return transformer.transform(response, AbortableInputStream.create(new ByteArrayInputStream(reply.body())));
        } catch (Exception e) {
            throw SdkClientException.create(e.getMessage(), e);
        }
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        var headers = conditions(request.ifMatch(), request.ifNoneMatch());
        request.metadata().forEach((name, value) -> headers.put(METADATA + name, value));
        headers.put(CHECKSUM, request.checksumSHA256());
        headers.put("content-type", request.contentType());
        try (var content = body.contentStreamProvider().newStream()) {
            var reply = send("PUT", request.bucket() + "/" + request.key(), Map.of(), headers, content.readAllBytes());
            return PutObjectResponse.builder()
                    .eTag(reply.headers().get("ETag"))
                    .versionId(reply.headers().get("x-amz-version-id"))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        send(
                "DELETE",
                request.bucket() + "/" + request.key(),
                Map.of(),
                conditions(request.ifMatch(), null),
                new byte[0]);
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        var query = Map.of("list-type", "2", "prefix", request.prefix());
        var xml = send("GET", request.bucket(), query, Map.of(), new byte[0]).text();
        var objects = new ArrayList<S3Object>();
        var found = OBJECT.matcher(xml);
        while (found.find()) {
            objects.add(S3Object.builder()
                    .key(URLDecoder.decode(found.group(1), StandardCharsets.UTF_8))
                    .eTag(found.group(2).replace("&quot;", "\""))
                    .build());
        }
        return ListObjectsV2Response.builder()
                .contents(objects)
                .isTruncated(false)
                .build();
    }

    @Override
    public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
        var query = Map.of("versions", "", "prefix", request.prefix());
        var found = VERSION.matcher(
                send("GET", request.bucket(), query, Map.of(), new byte[0]).text());
        var versions = found.find()
                ? List.of(ObjectVersion.builder()
                        .key(URLDecoder.decode(found.group(1), StandardCharsets.UTF_8))
                        .versionId(found.group(2))
                        .isLatest(true)
                        .build())
                : List.<ObjectVersion>of();
        return ListObjectVersionsResponse.builder().versions(versions).build();
    }

    private static Map<String, String> conditions(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        var headers = new HashMap<String, String>();
        if (ifMatch != null) {
            headers.put("if-match", ifMatch);
        }
        if (ifNoneMatch != null) {
            headers.put("if-none-match", ifNoneMatch);
        }
        return headers;
    }

    private Answer send(
            String method, String subject, Map<String, String> query, Map<String, String> headers, byte[] body) {
        var answer = carrier.carry(method, subject, query, headers, body);
        if (answer.status() < 300) {
            return answer;
        }
        var code = CODE.matcher(answer.text());
        throw S3Exception.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code.find() ? code.group(1) : null)
                        .build())
                .statusCode(answer.status())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
