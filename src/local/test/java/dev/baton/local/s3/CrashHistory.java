package dev.baton.local.s3;

import dev.baton.engine.time.VirtualScheduler;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Headers;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.identity.Identities;
import dev.baton.local.internal.RecordingDisk;
import dev.baton.local.kms.Kms;
import dev.baton.local.service.Foundation;
import dev.baton.local.sts.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Random requests to S3 on a disk that remembers, and what the store held after each.
final class CrashHistory {
    static final Path FOLDER = Path.of("/data/s3");
    private static final String FULL = "No space left on device";

    final RecordingDisk disk = new RecordingDisk();
    /// What the store held, from its beginning to now.
    final List<Held> held = new ArrayList<>();
    private final RandomGenerator random;
    private final Buckets buckets;
    private final S3 s3;
    private final List<String> uploads = new ArrayList<>();
    private int number;

    /// @param begun how many operations of the disk there were when a request might first have come to this
    /// @param answered how many there were when it was answered
    record Held(int begun, int answered, String image) {}

    CrashHistory(RandomGenerator random) throws IOException {
        this.random = random;
        buckets = new StoreFolder(disk, FOLDER, false).open().buckets();
        var account = new Account("000000000000", "us-east-1");
        var clock = Clock.fixed(Instant.parse("2026-11-30T00:00:00Z"), ZoneOffset.UTC);
        var everything = Authorizer.unenforced();
        var identities = new Identities(account, clock);
        var kms = new Kms(new Foundation(
                account,
                clock,
                new VirtualScheduler(clock.instant()),
                identities,
                everything,
                new Sessions(identities, everything),
                null,
                () -> null));
        s3 = S3.over(buckets, account, clock, everything, kms.forS3(), EventSink.NONE, (to, of, told) -> {});
        held.add(new Held(0, disk.operations(), StoreImage.of(buckets)));
        request("PUT", "/lake", "", "", "");
        request("PUT", "/old", "", "", "");
        var enabled = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
        request("PUT", "/old", "versioning", enabled, "");
    }

    /// Makes so many requests, some of them while the disk is full.
    void go(int requests, boolean mayBeFull) throws IOException {
        for (int i = 0; i < requests; i++) {
            boolean full = mayBeFull && random.nextInt(4) == 0;
            if (full) {
                disk.room(random.nextInt(900));
            }
            next();
            disk.room(Integer.MAX_VALUE);
        }
    }

    private void next() throws IOException {
        var bucket = random.nextInt(3) == 0 ? "/old" : "/lake";
        var key = bucket + "/k" + random.nextInt(4);
        var upload = uploads.isEmpty() ? null : uploads.get(random.nextInt(uploads.size()));
        switch (random.nextInt(upload == null ? 9 : 14)) {
            case 0, 1, 2 -> request("PUT", key, "", content(), "");
            case 3 -> request("DELETE", key, "", "", "");
            case 4 -> deleteSome(bucket);
            case 5 -> request("PUT", key, "", "", "/lake/k" + random.nextInt(4));
            case 6 ->
                request(
                        "PUT",
                        key,
                        "tagging",
                        "<Tagging><TagSet><Tag><Key>t</Key><Value>" + ++number + "</Value></Tag></TagSet></Tagging>",
                        "");
            case 7 -> begin(key);
            case 8 -> together();
            case 9, 10 -> request("PUT", upload, "&partNumber=" + (1 + random.nextInt(2)), content(), "");
            case 11 -> request("DELETE", upload, "", "", "");
            default -> complete(upload);
        }
    }

    private String content() {
        return "<" + ++number + "x".repeat(random.nextInt(40)) + ">";
    }

    private void begin(String key) throws IOException {
        var response = request("POST", key, "uploads", "", "");
        if (response != null && response.body() instanceof AwsResponse.Bytes(var bytes)) {
            var text = new String(bytes, StandardCharsets.UTF_8);
            var id = text.substring(text.indexOf("<UploadId>") + 10, text.indexOf("</UploadId>"));
            uploads.add(key + "?uploadId=" + id);
        }
    }

    private void complete(String upload) throws IOException {
        var at = upload.indexOf("?uploadId=");
        var path = upload.substring(1, at).split("/");
        var bucket = buckets.find(path[0]);
        var known = bucket == null ? null : bucket.uploads.get(upload.substring(at + 10));
        if (known != null && !known.parts().isEmpty()) {
            var part = known.parts().firstEntry().getValue();
            request(
                    "POST",
                    upload,
                    "",
                    "<CompleteMultipartUpload><Part><PartNumber>" + part.number() + "</PartNumber><ETag>" + part.etag()
                            + "</ETag></Part></CompleteMultipartUpload>",
                    "");
        }
    }

    private void deleteSome(String bucket) throws IOException {
        request(
                "POST",
                bucket,
                "delete",
                "<Delete><Object><Key>k" + random.nextInt(4) + "</Key></Object></Delete>",
                "");
    }

    /// Objects whose records are written together, as those of requests are that come at the same time.
    private void together() throws IOException {
        int before = disk.operations();
        var lake = buckets.find("lake");
        long ticket = 0;
        int first = held.size();
        var kept = held.getLast().image();
        try {
            for (int i = 0; i < 3; i++) {
                Blob blob;
                try (var incoming = buckets.blobs().begin(-1)) {
                    incoming.write(content().getBytes(StandardCharsets.US_ASCII));
                    blob = incoming.finish();
                }
                var part = new Part(
                        1,
                        blob.length(),
                        "e",
                        Checksum.full(ChecksumAlgorithm.CRC32, new byte[4]),
                        Instant.EPOCH,
                        blob);
                var metadata =
                        ObjectVersion.marker("k", "null", 0, Instant.EPOCH).metadata();
                var version = new ObjectVersion(
                        "k" + random.nextInt(4),
                        ObjectVersion.NULL,
                        false,
                        buckets.nextSequence(0),
                        Instant.EPOCH,
                        "e",
                        blob.length(),
                        metadata,
                        null,
                        List.of(part),
                        false,
                        Map.of());
                lake.lock.lock();
                try {
                    ticket = buckets.change(new Change.VersionAdded("lake", version));
                } finally {
                    lake.lock.unlock();
                }
                held.add(new Held(before, Integer.MAX_VALUE, StoreImage.of(buckets)));
            }
            buckets.await(ticket);
        } catch (IOException e) {
            if (!FULL.equals(e.getMessage())) {
                throw e;
            }
            if (ticket > 0) {
                try {
                    buckets.await(ticket);
                } catch (IOException lost) {
                    same(kept);
                    answered(first, before);
                    held.add(new Held(disk.operations(), disk.operations(), kept));
                    return;
                }
            }
        }
        answered(first, before);
    }

    /// Each of them may be there alone if the crash comes before this.
    private void answered(int first, int before) {
        for (int i = first; i < held.size(); i++) {
            held.set(i, new Held(before, disk.operations(), held.get(i).image()));
        }
    }

    private AwsResponse request(String method, String path, String query, String body, String source)
            throws IOException {
        int before = disk.operations();
        var kept = held.isEmpty() ? "" : held.getLast().image();
        int at = path.indexOf('?');
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var headers = Headers.of(
                "Host",
                "localhost",
                "Content-Length",
                Integer.toString(bytes.length),
                "Content-MD5",
                Base64.getEncoder().encodeToString(BodyReader.md5().digest(bytes)));
        if (!source.isEmpty()) {
            headers.add("x-amz-copy-source", source);
        }
        var request = new AwsRequest(
                method,
                at < 0 ? path : path.substring(0, at),
                (at < 0 ? "" : path.substring(at + 1)) + query,
                headers,
                AwsRequest.Body.of(bytes),
                new AwsRequest.Signed(Caller.service("test", "us-east-1"), "AKIA", "us-east-1", false, 0),
                "id",
                "127.0.0.1",
                Instant.EPOCH);
        try {
            var response = s3.handle(request);
            held.add(new Held(before, disk.operations(), StoreImage.of(buckets)));
            return response;
        } catch (AwsError e) {
            same(kept);
            return null;
        } catch (IOException e) {
            if (!FULL.equals(e.getMessage())) {
                throw e;
            }
            same(kept);
            held.add(new Held(disk.operations(), disk.operations(), kept));
            return null;
        }
    }

    private void same(String kept) {
        var now = StoreImage.of(buckets);
        if (!now.equals(kept)) {
            throw new AssertionError("what was answered with an error has happened:\n" + kept + "is now\n" + now);
        }
    }
}
