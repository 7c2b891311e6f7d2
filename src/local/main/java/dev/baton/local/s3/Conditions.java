package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.Headers;
import dev.baton.local.http.HttpDate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The conditions of a request.
///
/// @param prefix of the headers' names
/// @param ifMatch ETags as they were sent, or `*`
record Conditions(
        String prefix,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        @Nullable Instant ifModifiedSince,
        @Nullable Instant ifUnmodifiedSince) {

    static Conditions of(Headers headers) {
        return new Conditions(
                "",
                headers.get("If-Match"),
                headers.get("If-None-Match"),
                date(headers.get("If-Modified-Since")),
                date(headers.get("If-Unmodified-Since")));
    }

    /// Those on the source of a copy.
    static Conditions ofCopySource(Headers headers) {
        return new Conditions(
                "x-amz-copy-source-",
                headers.get("x-amz-copy-source-if-match"),
                headers.get("x-amz-copy-source-if-none-match"),
                date(headers.get("x-amz-copy-source-if-modified-since")),
                date(headers.get("x-amz-copy-source-if-unmodified-since")));
    }

    /// The one on an object of a batch.
    static Conditions ofObject(@Nullable String etag) {
        return new Conditions("", etag, null, null, null);
    }

    private static @Nullable Instant date(@Nullable String text) {
        return text == null ? null : HttpDate.parse(text);
    }

    /// For a read: 412 or 304 where they do not hold. An ETag that holds outweighs a date (RFC 9110, 13.2.2).
    void checkRead(ObjectVersion version) {
        if (ifMatch != null) {
            if (!matches(ifMatch, version)) {
                throw failed("If-Match");
            }
        } else if (ifUnmodifiedSince != null && second(version).isAfter(ifUnmodifiedSince)) {
            throw failed("If-Unmodified-Since");
        }
        if (ifNoneMatch != null) {
            if (matches(ifNoneMatch, version)) {
                throw S3Error.notModified(version);
            }
        } else if (ifModifiedSince != null && !second(version).isAfter(ifModifiedSince)) {
            throw S3Error.notModified(version);
        }
    }

    /// For the source of a copy, where 304 makes no sense.
    void checkSource(ObjectVersion version) {
        try {
            checkRead(version);
        } catch (AwsError e) {
            if (e.status() == 304) {
                throw failed(ifNoneMatch == null ? "If-Modified-Since" : "If-None-Match");
            }
            throw e;
        }
    }

    private AwsError failed(String condition) {
        return S3Error.preconditionFailed(prefix + condition);
    }

    /// Refuses what S3 does not do.
    void checkWritable() {
        if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
            throw S3Error.notImplemented("If-None-Match with an ETag on a write");
        }
        if (ifMatch != null && ifNoneMatch != null) {
            throw S3Error.notImplemented("If-Match together with If-None-Match");
        }
    }

    /// For a write, under the lock.
    ///
    /// @param current what is there; nothing where nothing is
    /// @param before what was there when the request came
    void checkWrite(String key, @Nullable ObjectVersion current, @Nullable ObjectVersion before) {
        if (ifNoneMatch != null && current != null) {
            throw S3Error.preconditionFailed("If-None-Match");
        }
        if (ifMatch != null) {
            if (current == null) {
                // Deleted since the request came: S3 calls that a conflict, and the client may try again.
                throw before == null ? S3Error.noSuchKey(key) : S3Error.conflict("If-Match", key);
            }
            if (!matches(ifMatch, current)) {
                throw S3Error.preconditionFailed("If-Match");
            }
        }
    }

    private static Instant second(ObjectVersion version) {
        return version.modified().truncatedTo(ChronoUnit.SECONDS);
    }

    private static boolean matches(String etags, ObjectVersion version) {
        if (etags.strip().equals("*")) {
            return true;
        }
        for (var etag : etags.split(",")) {
            var bare = etag.strip();
            if (bare.startsWith("W/")) {
                bare = bare.substring(2);
            }
            if (bare.length() >= 2 && bare.startsWith("\"") && bare.endsWith("\"")) {
                bare = bare.substring(1, bare.length() - 1);
            }
            if (bare.equals(version.etag())) {
                return true;
            }
        }
        return false;
    }
}
