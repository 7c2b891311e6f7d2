package dev.baton.local.s3;

import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.PercentCode;
import dev.baton.local.http.Xml;
import dev.baton.local.service.ApiOperation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ListObjectsV2, ListObjects and ListObjectVersions.
record ListActions(S3Context store) {
    private static final int MAX_KEYS = 1_000;
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    /// One page of keys.
    ///
    /// @param entries keys of versions, or common prefixes
    /// @param last the last key or common prefix of the page
    private record Page(List<Entry> entries, boolean truncated, String last) {}

    private sealed interface Entry {
        record Key(String key, ObjectVersion version) implements Entry {}

        record Prefix(String prefix) implements Entry {}
    }

    List<ApiOperation<S3Route>> all() {
        return List.of(
                ApiOperation.reading(
                        "ListObjectsV2",
                        S3Route.of("GET /{Bucket}", this::listV2).when(call -> "2".equals(call.query("list-type"))),
                        "ListBucket"),
                ApiOperation.reading("ListObjects", S3Route.of("GET /{Bucket}", this::listV1), "ListBucket"),
                ApiOperation.reading(
                        "ListObjectVersions",
                        S3Route.of("GET /{Bucket}?versions", this::listVersions),
                        "ListBucketVersions"));
    }

    AwsResponse listV2(S3Call call) {
        var bucket = store.bucket(call);
        store.permissions.requireOnBucket(call, bucket);
        var token = call.query("continuation-token");
        var startAfter = call.query("start-after");
        var asked = Asked.of(call);
        var page = page(bucket, asked, token == null ? startAfter : decode(token));
        var xml = new Xml().open("ListBucketResult", S3Xml.NAMESPACE);
        xml.element("Name", bucket.name()).element("Prefix", asked.coded(asked.prefix()));
        xml.element("KeyCount", page.entries().size()).element("MaxKeys", asked.maxKeys());
        asked.describe(xml);
        xml.element("IsTruncated", page.truncated());
        xml.elementIf("ContinuationToken", token);
        if (page.truncated()) {
            xml.element("NextContinuationToken", encode(page.last()));
        }
        if (startAfter != null) {
            xml.element("StartAfter", asked.coded(startAfter));
        }
        contents(xml, asked, page, "true".equalsIgnoreCase(call.query("fetch-owner")));
        return S3Xml.answer(xml.close());
    }

    AwsResponse listV1(S3Call call) {
        var bucket = store.bucket(call);
        store.permissions.requireOnBucket(call, bucket);
        var marker = call.request().query().get("marker", "");
        var asked = Asked.of(call);
        var page = page(bucket, asked, marker);
        var xml = new Xml().open("ListBucketResult", S3Xml.NAMESPACE);
        xml.element("Name", bucket.name()).element("Prefix", asked.coded(asked.prefix()));
        xml.element("Marker", asked.coded(marker)).element("MaxKeys", asked.maxKeys());
        asked.describe(xml);
        xml.element("IsTruncated", page.truncated());
        if (page.truncated() && asked.delimiter() != null) {
            xml.element("NextMarker", asked.coded(page.last()));
        }
        contents(xml, asked, page, true);
        return S3Xml.answer(xml.close());
    }

    private void contents(Xml xml, Asked asked, Page page, boolean withOwner) {
        for (var entry : page.entries()) {
            if (entry instanceof Entry.Key(String key, ObjectVersion version)) {
                xml.open("Contents").element("Key", asked.coded(key));
                describe(xml, version);
                if (withOwner) {
                    owner(xml);
                }
                xml.close();
            }
        }
        prefixes(xml, asked, page.entries());
    }

    private static void prefixes(Xml xml, Asked asked, List<Entry> entries) {
        for (var entry : entries) {
            if (entry instanceof Entry.Prefix(String prefix)) {
                xml.open("CommonPrefixes")
                        .element("Prefix", asked.coded(prefix))
                        .close();
            }
        }
    }

    private static void describe(Xml xml, ObjectVersion version) {
        xml.element("LastModified", S3Xml.date(version.modified())).element("ETag", version.quotedEtag());
        var checksum = version.checksum();
        if (checksum != null) {
            xml.element("ChecksumAlgorithm", checksum.algorithm().name());
            xml.element("ChecksumType", checksum.type().name());
        }
        xml.element("Size", version.size())
                .element("StorageClass", version.metadata().storageClass());
    }

    private void owner(Xml xml) {
        S3Xml.owner(xml, "Owner", store.account);
    }

    private static Page page(Bucket bucket, Asked asked, @Nullable String after) {
        var walk = new Walk(bucket, asked.prefix(), after, asked.delimiter());
        var entries = new ArrayList<Entry>();
        var last = "";
        while (walk.advance(true)) {
            if (entries.size() == asked.maxKeys()) {
                return new Page(entries, asked.maxKeys() > 0, last);
            }
            var common = walk.common();
            last = common == null ? walk.key() : common;
            entries.add(common == null ? new Entry.Key(last, walk.versions().getFirst()) : new Entry.Prefix(last));
        }
        return new Page(entries, false, last);
    }

    AwsResponse listVersions(S3Call call) {
        var bucket = store.bucket(call);
        store.permissions.requireOnBucket(call, bucket);
        var keyMarker = call.query("key-marker");
        var idMarker = call.query("version-id-marker");
        if (idMarker != null && (keyMarker == null || keyMarker.isEmpty())) {
            throw S3Error.invalidArgument(
                    "A version-id marker cannot be specified without a key marker.", "version-id-marker", idMarker);
        }
        var asked = Asked.of(call);
        var found = versions(bucket, asked, keyMarker, idMarker);
        var xml = new Xml().open("ListVersionsResult", S3Xml.NAMESPACE);
        xml.element("Name", bucket.name()).element("Prefix", asked.coded(asked.prefix()));
        xml.element("KeyMarker", asked.coded(keyMarker == null ? "" : keyMarker));
        xml.element("VersionIdMarker", idMarker == null ? "" : idMarker).element("MaxKeys", asked.maxKeys());
        asked.describe(xml);
        xml.element("IsTruncated", found.truncated());
        if (found.truncated()) {
            xml.element("NextKeyMarker", asked.coded(found.lastKey()));
            xml.elementIf("NextVersionIdMarker", found.lastId());
        }
        for (var listed : found.versions()) {
            version(xml, asked, listed.version(), listed.latest());
        }
        prefixes(xml, asked, found.prefixes());
        return S3Xml.answer(xml.close());
    }

    private void version(Xml xml, Asked asked, ObjectVersion version, boolean latest) {
        xml.open(version.deleteMarker() ? "DeleteMarker" : "Version");
        xml.element("Key", asked.coded(version.key())).element("VersionId", version.id());
        xml.element("IsLatest", latest);
        if (version.deleteMarker()) {
            xml.element("LastModified", S3Xml.date(version.modified()));
        } else {
            describe(xml, version);
        }
        owner(xml);
        xml.close();
    }

    private record Listed(ObjectVersion version, boolean latest) {}

    private record VersionPage(
            List<Listed> versions,
            List<Entry> prefixes,
            boolean truncated,
            String lastKey,
            @Nullable String lastId) {}

    private static VersionPage versions(
            Bucket bucket, Asked asked, @Nullable String keyMarker, @Nullable String idMarker) {
        var versions = new ArrayList<Listed>();
        var prefixes = new ArrayList<Entry>();
        var lastKey = "";
        String lastId = null;
        if (keyMarker != null && idMarker != null && keyMarker.startsWith(asked.prefix())) {
            // The rest of the key in whose versions the page before ended.
            boolean after = false;
            for (var version : bucket.versionsOf(keyMarker)) {
                if (after) {
                    if (versions.size() == asked.maxKeys()) {
                        return new VersionPage(versions, prefixes, asked.maxKeys() > 0, lastKey, lastId);
                    }
                    versions.add(new Listed(version, false));
                    lastKey = keyMarker;
                    lastId = version.id();
                }
                after |= version.id().equals(idMarker);
            }
        }
        var walk = new Walk(bucket, asked.prefix(), keyMarker, asked.delimiter());
        while (walk.advance(false)) {
            var common = walk.common();
            for (var version :
                    common == null ? walk.versions() : walk.versions().subList(0, 1)) {
                if (versions.size() + prefixes.size() == asked.maxKeys()) {
                    return new VersionPage(versions, prefixes, asked.maxKeys() > 0, lastKey, lastId);
                }
                if (common != null) {
                    prefixes.add(new Entry.Prefix(common));
                    lastKey = common;
                    lastId = null;
                } else {
                    versions.add(new Listed(version, version == walk.versions().getFirst()));
                    lastKey = version.key();
                    lastId = version.id();
                }
            }
        }
        return new VersionPage(versions, prefixes, false, lastKey, lastId);
    }

    /// Goes through a bucket's keys in order, and past all keys of a common prefix at once.
    private static final class Walk {
        private final Bucket bucket;
        private final String prefix;
        private final @Nullable String delimiter;
        private String at;
        private boolean inclusive;
        private @Nullable String common;
        private List<ObjectVersion> versions = List.of();

        Walk(Bucket bucket, String prefix, @Nullable String after, @Nullable String delimiter) {
            this.bucket = bucket;
            this.prefix = prefix;
            this.delimiter = delimiter;
            if (after == null || KeyOrder.UTF_8.compare(after, prefix) < 0) {
                at = prefix;
                inclusive = true;
            } else {
                at = after;
                // A page that ended with a common prefix goes on behind all of its keys.
                common = after.equals(commonPrefix(after)) ? after : null;
            }
        }

        /// @param objectsOnly whether keys whose latest version is a delete marker do not count
        boolean advance(boolean objectsOnly) {
            while (true) {
                var next = next(at);
                if (next == null || !next.key().startsWith(prefix)) {
                    return false;
                }
                at = next.key();
                inclusive = false;
                versions = next.versions();
                common = null;
                if (versions.isEmpty() || objectsOnly && versions.getFirst().deleteMarker()) {
                    continue;
                }
                common = commonPrefix(next.key());
                return true;
            }
        }

        private VersionTable.@Nullable Entry next(String from) {
            var passed = common;
            if (passed == null) {
                return inclusive ? bucket.versions.ceiling(from) : bucket.versions.higher(from);
            }
            var entry = bucket.versions.higher(passed + LAST_CHARACTER);
            // Keys that go on with the very last character lie behind the jump.
            while (entry != null && entry.key().startsWith(passed)) {
                entry = bucket.versions.higher(entry.key());
            }
            return entry;
        }

        private @Nullable String commonPrefix(String key) {
            if (delimiter == null || !key.startsWith(prefix)) {
                return null;
            }
            int end = key.indexOf(delimiter, prefix.length());
            return end < 0 ? null : key.substring(0, end + delimiter.length());
        }

        @Nullable
        String common() {
            return common;
        }

        String key() {
            return versions.getFirst().key();
        }

        List<ObjectVersion> versions() {
            return versions;
        }
    }

    /// The parameters that all listings have.
    private record Asked(
            String prefix,
            @Nullable String delimiter,
            int maxKeys,
            @Nullable String encoding) {

        static Asked of(S3Call call) {
            var encoding = call.query("encoding-type");
            if (encoding != null && !encoding.equals("url")) {
                throw S3Error.invalidArgument(
                        "Invalid Encoding Method specified in Request", "encoding-type", encoding);
            }
            var delimiter = call.query("delimiter");
            return new Asked(
                    call.request().query().get("prefix", ""),
                    delimiter == null || delimiter.isEmpty() ? null : delimiter,
                    WholeNumbers.parseAtMost(call.request().query().get("max-keys", "1000"), "max-keys", MAX_KEYS),
                    encoding);
        }

        String coded(String text) {
            if (encoding == null) {
                return text;
            }
            var coded = new StringBuilder();
            PercentCode.encode(text, true, coded);
            return coded.toString();
        }

        void describe(Xml xml) {
            if (delimiter != null) {
                xml.element("Delimiter", coded(delimiter));
            }
            xml.elementIf("EncodingType", encoding);
        }
    }

    private static String encode(String last) {
        return Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw S3Error.invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
        }
    }
}
