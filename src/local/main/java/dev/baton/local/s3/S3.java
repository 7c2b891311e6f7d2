package dev.baton.local.s3;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Protocol;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.kms.ServiceKeys;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// S3, strongly consistent and with conditional writes that cannot race.
///
/// What is not here (lifecycles, ACLs, SSE-C …) is refused with `NotImplemented`, never passed over.
/// See the [API reference](https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html).
public final class S3 implements Service {
    private final S3Context store;
    private final VirtualHosts hosts;
    private final S3Operations operations;
    private final AccessLogs logs;

    private S3(S3Context store) {
        this.store = store;
        hosts = new VirtualHosts(store.account.region());
        operations = S3Operations.of(store);
        logs = new AccessLogs(store);
    }

    /// S3 that keeps everything in a folder and has it on the disk before it says so; without a folder it forgets all
    /// when it is closed.
    ///
    /// @param salvage whether what cannot be understood is set aside instead of stopping the start
    /// @param said is told LOC006, LOC007 and LOC009
    /// @throws IOException also where another process has the folder
    /// @throws dev.baton.local.internal.UnreadableFile LOC001, LOC002 and LOC005
    public static S3 of(
            Foundation foundation,
            boolean salvage,
            Consumer<Diagnostic> said,
            ServiceKeys keys,
            EventSink events,
            NotificationSink notifications)
            throws IOException {
        var folder = foundation.folder();
        return over(
                folder == null ? inMemory() : opened(folder.resolve("s3"), salvage, said),
                foundation.account(),
                foundation.clock(),
                foundation.authorizer(),
                keys,
                events,
                notifications);
    }

    private static Buckets opened(Path folder, boolean salvage, Consumer<Diagnostic> said) throws IOException {
        var opened = new StoreFolder(LocalDisk.DISK, folder, salvage).open();
        opened.said().forEach(said);
        return opened.buckets();
    }

    /// What is too large for the heap goes to a temporary folder meanwhile.
    private static Buckets inMemory() throws IOException {
        var folder = Path.of(
                System.getProperty("java.io.tmpdir"),
                "baton-s3-" + S3Context.randomId(12).replace('.', '-'));
        return new Buckets(new MemoryBlobs(new FileBlobs(LocalDisk.DISK, folder, false)), ChangeJournal.NONE);
    }

    static S3 over(
            Buckets buckets,
            Account account,
            InstantSource clock,
            Authorizer authorizer,
            ServiceKeys keys,
            EventSink events,
            NotificationSink notifications) {
        var permissions = new Permissions(authorizer, account.id(), keys);
        return new S3(
                new S3Context(account, buckets, permissions, new ObjectEvents(account, events, notifications), clock));
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public Protocol protocol() {
        return Protocol.S3;
    }

    @Override
    public List<ApiOperation<S3Route>> operations() {
        return operations.all();
    }

    /// Bucket policies may grant to everyone, and browsers sign no question about CORS.
    @Override
    public boolean acceptsUnsigned(AwsRequest request) {
        if (request.method().equals("OPTIONS")) {
            return true;
        }
        var bucket = store.buckets.find(S3Call.of(request, hosts).bucket());
        return bucket != null
                && bucket.setting(BucketSetting.POLICY) != null
                && !PublicAccess.of(bucket).restrictPublicBuckets();
    }

    @Override
    public AwsResponse handle(AwsRequest request) throws IOException {
        logs.deliver();
        var call = S3Call.of(PresignedHeaders.taken(request), hosts);
        var begun = store.now();
        try {
            var response = handle(call, request);
            logs.add(call, begun, response);
            return response;
        } catch (ServiceRefusal refusal) {
            logs.add(call, begun, refusal);
            throw refusal;
        }
    }

    private AwsResponse handle(S3Call call, AwsRequest request) throws IOException {
        if (request.method().equals("OPTIONS")) {
            throw new AwsError(403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.")
                    .with("Method", request.headers().get("Access-Control-Request-Method", ""))
                    .with("ResourceType", call.key().isEmpty() ? "BUCKET" : "OBJECT");
        }
        checkOwner(call);
        var operation = operations.find(call);
        if (!operation.handler().describesObject()) {
            RequestHeaders.check(call.request().headers());
        }
        return operation.handler().action().handle(call.of(operation));
    }

    private void checkOwner(S3Call call) {
        for (var header : List.of("x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner")) {
            var owner = call.header(header);
            if (owner != null && !owner.equals(store.account.id())) {
                throw new AwsError(403, "AccessDenied", "Access Denied");
            }
        }
    }

    @Override
    public void close() {
        logs.close();
        store.buckets.close();
    }
}
