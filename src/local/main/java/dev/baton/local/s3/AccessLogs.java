package dev.baton.local.s3;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.iam.policy.RequestContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// The access logs of buckets that ask for one. Records are gathered, and delivered a minute after the first of them
/// with the next request, and at the end: as S3 does, late and at best effort.
///
/// See [Logging requests with server access
/// logging](https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html).
final class AccessLogs {
    private static final Logger LOG = System.getLogger("dev.baton.local");
    private static final Duration GATHERED = Duration.ofMinutes(1);
    private static final int MOST = 8 << 20;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm-ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd").withZone(ZoneOffset.UTC);
    private static final String DELIVERY = "logging.s3.amazonaws.com";

    private final S3Context store;
    private final Map<String, Batch> batches = new HashMap<>();

    AccessLogs(S3Context store) {
        this.store = store;
    }

    private record Batch(Instant begun, StringBuilder records) {}

    /// Takes down a request and its answer.
    void add(S3Call call, Instant begun, AwsResponse response) {
        if (isLogged(call)) {
            add(call, AccessLogRecord.of(call, owner(), begun, store.now(), response));
        }
    }

    /// Takes down a request that was refused.
    void add(S3Call call, Instant begun, ServiceRefusal refusal) {
        if (isLogged(call)) {
            add(
                    call,
                    new AccessLogRecord(
                            call,
                            owner(),
                            begun,
                            store.now(),
                            refusal.error().status(),
                            refusal.error().code(),
                            -1,
                            -1));
        }
    }

    private boolean isLogged(S3Call call) {
        var bucket = store.buckets.find(call.bucket());
        return bucket != null && bucket.setting(BucketSetting.LOGGING) != null;
    }

    private String owner() {
        return S3Xml.ownerId(store.account);
    }

    private void add(S3Call call, AccessLogRecord record) {
        synchronized (batches) {
            batches.computeIfAbsent(call.bucket(), any -> new Batch(store.now(), new StringBuilder()))
                    .records()
                    .append(record.print());
        }
    }

    /// Delivers what is due.
    void deliver() {
        deliver(store.now().minus(GATHERED));
    }

    /// Delivers all.
    void close() {
        deliver(Instant.MAX);
    }

    private void deliver(Instant latest) {
        var due = new HashMap<String, Batch>();
        synchronized (batches) {
            if (batches.isEmpty()) {
                return;
            }
            batches.entrySet().removeIf(entry -> {
                var isDue = !entry.getValue().begun().isAfter(latest)
                        || entry.getValue().records().length() > MOST;
                if (isDue) {
                    due.put(entry.getKey(), entry.getValue());
                }
                return isDue;
            });
        }
        due.forEach(this::deliver);
    }

    private void deliver(String source, Batch batch) {
        var bucket = store.buckets.find(source);
        var logging = bucket == null ? null : BucketLogging.of(bucket);
        var target = logging == null ? null : store.buckets.find(logging.target());
        if (bucket == null || logging == null || target == null) {
            return;
        }
        var key = key(source, logging, store.now());
        if (!store.permissions.mayDeliver(
                Caller.service(DELIVERY, store.account.region()),
                target,
                key,
                RequestContext.builder()
                        .put("aws:SourceArn", bucket.arn())
                        .put("aws:SourceAccount", store.account.id())
                        .build())) {
            LOG.log(
                    Logger.Level.WARNING,
                    "the access log of " + source + " was not delivered: the policy of " + target.name()
                            + " does not let " + DELIVERY + " put " + key);
            return;
        }
        try {
            WriteActions.deliver(store, target, key, batch.records().toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            LOG.log(Logger.Level.WARNING, "the access log of " + source + " was not delivered", e);
        }
    }

    private String key(String source, BucketLogging logging, Instant now) {
        var name = SECOND.format(now)
                + String.format(
                        Locale.ROOT, "-%016X", ThreadLocalRandom.current().nextLong());
        return logging.prefix()
                + (logging.isPartitioned()
                        ? String.join("/", List.of(store.account.id(), store.account.region(), source, DAY.format(now)))
                                + "/"
                        : "")
                + name;
    }
}
