package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Headers;
import dev.baton.local.http.MultipartForm;
import dev.baton.local.http.PercentCode;
import dev.baton.local.http.Xml;
import dev.baton.local.service.ApiOperation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An upload by a form: what its fields say counts as what the headers of a PutObject say.
///
/// See [POST Object](https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html).
record PostAction(S3Context store, WriteActions writes) {
    /// Fields that are headers of PutObject under the same name, besides those that begin with `x-amz-`.
    private static final Set<String> HEADERS = Set.of(
            "cache-control",
            "content-type",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-md5",
            "expires");
    /// What of the request itself still says something about it.
    private static final List<String> KEPT = List.of("Host", "User-Agent", "Referer", "x-amz-expected-bucket-owner");
    /// What says how the policy was signed.
    private static final Set<String> OF_SIGNATURE =
            Set.of("x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-security-token", "x-amz-signature");
    /// How the fields begin that say something about the object; tags have a field of their own, `tagging`.
    private static final List<String> OF_OBJECT = List.of(
            "x-amz-acl",
            "x-amz-checksum-",
            "x-amz-meta-",
            "x-amz-sdk-checksum-algorithm",
            "x-amz-server-side-encryption",
            "x-amz-storage-class",
            "x-amz-website-redirect-location");
    private static final int MOST_TAGGING = 20_480;

    List<ApiOperation<S3Route>> all() {
        return List.of(ApiOperation.changing(
                "PostObject",
                S3Route.of("POST /{Bucket}", this::post)
                        .describingObject()
                        .when(call -> call.request().form() != null),
                "PutObject",
                "PutObjectTagging",
                "GetObject",
                "kms:GenerateDataKey"));
    }

    /// @param on about the bucket; the key is in the form
    private AwsResponse post(S3Call on) throws IOException {
        var form = Objects.requireNonNull(on.request().form());
        var file = form.file();
        if (file == null) {
            throw S3Error.invalidArgument("POST requires exactly one file upload per request.", "file", "0");
        }
        var bucket = store.bucket(on);
        var document = form.get("policy");
        var policy = document == null ? PostPolicy.NONE : PostPolicy.parse(document);
        if (document != null) {
            policy.check(form, bucket.name(), store.now());
        }
        var call = on.with(on.request().withHeaders(headers(on, form)), key(form));
        var content = new Bounded(file, policy);
        var version = writes.post(call, content, tags(form));
        return answer(call, form, bucket, version);
    }

    private static String key(MultipartForm form) {
        var key = form.get("key");
        if (key == null) {
            throw S3Error.invalidArgument(
                    "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the "
                            + "fields.",
                    "key",
                    "");
        }
        if (key.isEmpty()) {
            throw S3Error.invalidArgument("User key must have a length greater than 0.", "key", "");
        }
        S3Call.checkLength(key);
        return key;
    }

    private static Headers headers(S3Call on, MultipartForm form) {
        var headers = new Headers();
        for (var name : KEPT) {
            headers.addIf(name, on.header(name));
        }
        form.fields().forEach((name, value) -> {
            var header = name.toLowerCase(Locale.ROOT);
            if (header.equals("acl")) {
                headers.add("x-amz-acl", value);
            } else if (header.startsWith("x-amz-") && !OF_SIGNATURE.contains(header) && !isOfObject(header)) {
                throw S3Error.notImplemented(name);
            } else if (HEADERS.contains(header) || header.startsWith("x-amz-") && !OF_SIGNATURE.contains(header)) {
                headers.add(header, value.replaceAll("[\\r\\n]+", " "));
            }
        });
        return headers;
    }

    private static boolean isOfObject(String header) {
        return OF_OBJECT.stream().anyMatch(header::startsWith);
    }

    private static Map<String, String> tags(MultipartForm form) {
        var document = form.get("tagging");
        if (document == null || document.isBlank()) {
            return Map.of();
        }
        var bytes = document.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_TAGGING) {
            throw S3Error.malformedXml();
        }
        return Tags.ofObject(bytes);
    }

    private static AwsResponse answer(S3Call call, MultipartForm form, Bucket bucket, ObjectVersion version) {
        var location = location(call);
        var redirect = redirect(form, bucket, version);
        var response = redirect != null
                ? AwsResponse.of(303).with("Location", redirect)
                : switch (String.valueOf(form.get("success_action_status"))) {
                    case "200" -> AwsResponse.of(200).with("Location", location);
                    case "201" ->
                        AwsResponse.of(201, "application/xml", document(location, bucket, version))
                                .with("Location", location);
                    // What is no such status counts as none.
                    default -> AwsResponse.of(204).with("Location", location);
                };
        response.with("ETag", version.quotedEtag());
        ObjectHeaders.describeChecksum(response, version.checksum());
        ObjectHeaders.describeEncryption(response, version.metadata().encryption());
        return response.with("x-amz-version-id", ObjectHeaders.versionId(version, bucket));
    }

    private static byte[] document(String location, Bucket bucket, ObjectVersion version) {
        return new Xml()
                .open("PostResponse")
                .element("Location", location)
                .element("Bucket", bucket.name())
                .element("Key", version.key())
                .element("ETag", version.quotedEtag())
                .close()
                .bytes();
    }

    /// The address of the object in the style that the form's own had.
    private static String location(S3Call call) {
        var path = call.request().rawPath();
        var location = new StringBuilder("http://")
                .append(call.request().headers().get("Host", "localhost"))
                .append(path)
                .append(path.endsWith("/") ? "" : "/");
        PercentCode.encode(call.key(), true, location);
        return location.toString();
    }

    /// Where the browser goes on; nothing where the form does not say, or names no address.
    private static @Nullable String redirect(MultipartForm form, Bucket bucket, ObjectVersion version) {
        var address = form.get("success_action_redirect");
        if (address == null) {
            address = form.get("redirect");
        }
        if (address == null) {
            return null;
        }
        try {
            var uri = new URI(address);
            if (!uri.isAbsolute() || uri.getHost() == null) {
                return null;
            }
            var told = new LinkedHashMap<String, String>();
            told.put("bucket", bucket.name());
            told.put("key", version.key());
            told.put("etag", version.quotedEtag());
            return address + (uri.getRawQuery() == null ? "?" : "&") + PercentCode.form(told);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /// The file, refused where it is longer or shorter than the policy wants.
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private final PostPolicy policy;
        private final byte[] one = new byte[1];
        private long size;

        Bounded(InputStream in, PostPolicy policy) {
            this.in = in;
            this.policy = policy;
        }

        @Override
        public int read() throws IOException {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, length);
            if (count < 0) {
                if (size < policy.least()) {
                    throw new AwsError(
                                    400,
                                    "EntityTooSmall",
                                    "Your proposed upload is smaller than the minimum allowed size")
                            .with("ProposedSize", Long.toString(size))
                            .with("MinSizeAllowed", Long.toString(policy.least()));
                }
                return count;
            }
            size += count;
            if (size > policy.most()) {
                throw S3Error.entityTooLarge(size + in.skip(Long.MAX_VALUE), policy.most());
            }
            return count;
        }
    }
}
