package dev.baton.local.s3;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Protocol;
import dev.baton.local.http.Xml;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.kms.ServiceKeys;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/// S3, strongly consistent and with conditional writes that cannot race.
///
/// What is not here (object lock, lifecycles, ACLs, SSE-C …) is refused with `NotImplemented`, never passed over.
/// See the [API reference](https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html).
public final class S3 implements Service {
    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private final S3Context store;
    private final VirtualHosts hosts;
    private final BucketActions buckets;
    private final SettingActions settings;
    private final ListActions lists;
    private final ReadActions reads;
    private final WriteActions writes;
    private final PostAction posts;
    private final DeleteActions deletes;
    private final ObjectTagActions tags;
    private final UploadActions uploads;
    private final CompleteAction completes;
    private final UploadListings uploadLists;

    private S3(S3Context store) {
        this.store = store;
        hosts = new VirtualHosts(store.account.region());
        buckets = new BucketActions(store);
        settings = new SettingActions(store);
        lists = new ListActions(store);
        reads = new ReadActions(store);
        writes = new WriteActions(store, reads);
        posts = new PostAction(store, writes);
        deletes = new DeleteActions(store);
        tags = new ObjectTagActions(store);
        uploads = new UploadActions(store, reads);
        completes = new CompleteAction(store);
        uploadLists = new UploadListings(store);
    }

    /// S3 that keeps everything in a folder and has it on the disk before it says so; without a folder it forgets all
    /// when it is closed.
    ///
    /// @param salvage whether what cannot be understood is set aside instead of stopping the start
    /// @param said is told LOC006, LOC007 and LOC009
    /// @throws IOException also where another process has the folder
    /// @throws dev.baton.local.internal.UnreadableFile LOC001, LOC002 and LOC005
    public static S3 of(
            Foundation foundation, boolean salvage, Consumer<Diagnostic> said, ServiceKeys keys, EventSink events)
            throws IOException {
        var folder = foundation.folder();
        return over(
                folder == null ? inMemory() : opened(folder.resolve("s3"), salvage, said),
                foundation.account(),
                foundation.clock(),
                foundation.authorizer(),
                keys,
                events);
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
            EventSink events) {
        var permissions = new Permissions(authorizer, account.id(), keys);
        return new S3(new S3Context(account, buckets, permissions, new ObjectEvents(account, events), clock));
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public Protocol protocol() {
        return Protocol.S3;
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
        var call = S3Call.of(PresignedHeaders.taken(request), hosts);
        if (request.method().equals("OPTIONS")) {
            throw new AwsError(403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.")
                    .with("Method", request.headers().get("Access-Control-Request-Method", ""))
                    .with("ResourceType", call.key().isEmpty() ? "BUCKET" : "OBJECT");
        }
        checkOwner(call);
        var form = request.form();
        if (form != null) {
            return posts.post(call, form);
        }
        var absent = call.key().isEmpty() && request.method().equals("GET") ? AbsentSettings.of(call) : null;
        if (absent != null) {
            return absent.get(call, store);
        }
        var subresource = Subresource.of(request.query());
        if (!describesObject(call, subresource)) {
            RequestHeaders.check(call.request().headers());
        }
        if (call.bucket().isEmpty()) {
            if (!request.method().equals("GET")) {
                throw S3Error.methodNotAllowed(request.method());
            }
            return buckets.list(call);
        }
        return call.key().isEmpty() ? onBucket(call, subresource) : onObject(call, subresource);
    }

    /// Of what describes an object the headers are read once it is known that the caller may write it: policies refuse
    /// some of them.
    private static boolean describesObject(S3Call call, Subresource subresource) {
        return !call.key().isEmpty()
                && switch (call.request().method() + " " + subresource) {
                    case "PUT NONE", "POST UPLOADS" -> true;
                    default -> false;
                };
    }

    private void checkOwner(S3Call call) {
        for (var header : List.of("x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner")) {
            var owner = call.header(header);
            if (owner != null && !owner.equals(store.account.id())) {
                throw new AwsError(403, "AccessDenied", "Access Denied");
            }
        }
    }

    private AwsResponse onBucket(S3Call call, Subresource subresource) throws IOException {
        var setting = subresource.setting();
        var method = call.request().method();
        if (setting != null) {
            return switch (method) {
                case "GET" -> settings.get(call, setting);
                case "PUT" -> settings.put(call, setting);
                case "DELETE" -> settings.delete(call, setting);
                default -> throw S3Error.methodNotAllowed(method);
            };
        }
        return switch (method + " " + subresource) {
            case "GET NONE" -> "2".equals(call.query("list-type")) ? lists.listV2(call) : lists.listV1(call);
            case "PUT NONE" -> buckets.create(call);
            case "HEAD NONE" -> buckets.head(call);
            case "DELETE NONE" -> buckets.delete(call);
            case "GET VERSIONS" -> lists.listVersions(call);
            case "GET UPLOADS" -> uploadLists.uploads(call);
            case "GET LOCATION" -> buckets.location(call);
            case "GET POLICY_STATUS" -> settings.policyStatus(call);
            case "GET ACL" -> settings.acl(call);
            case "PUT ACL" -> settings.refuseAcl(call, "s3:PutBucketAcl");
            case "POST DELETE" -> deletes.deleteAll(call);
            default -> throw S3Error.methodNotAllowed(method);
        };
    }

    private AwsResponse onObject(S3Call call, Subresource subresource) throws IOException {
        var method = call.request().method();
        boolean copies = call.header("x-amz-copy-source") != null;
        return switch (method + " " + subresource) {
            case "GET NONE" -> reads.get(call, true);
            case "HEAD NONE" -> reads.get(call, false);
            case "PUT NONE" -> copies ? writes.copy(call) : writes.put(call);
            case "DELETE NONE" -> deletes.delete(call);
            case "GET ATTRIBUTES" -> reads.attributes(call);
            case "GET ACL" -> settings.objectAcl(call);
            case "PUT ACL" -> settings.refuseAcl(call, "s3:PutObjectAcl");
            case "PUT ENCRYPTION" -> throw S3Error.notImplemented("encryption of an object that is there");
            case "GET TAGGING" -> tags.get(call);
            case "PUT TAGGING" -> tags.put(call);
            case "DELETE TAGGING" -> tags.delete(call);
            case "POST UPLOADS" -> uploads.create(call);
            case "PUT UPLOAD_ID" -> copies ? uploads.copy(call) : uploads.put(call);
            case "POST UPLOAD_ID" -> completes.complete(call);
            case "DELETE UPLOAD_ID" -> uploads.abort(call);
            case "GET UPLOAD_ID" -> uploadLists.parts(call);
            default -> throw S3Error.methodNotAllowed(method);
        };
    }

    @Override
    public void close() {
        store.buckets.close();
    }

    static AwsResponse xml(Xml document) {
        return AwsResponse.of(200, "application/xml", document.bytes());
    }

    /// The XML that a request brings.
    static byte[] document(S3Call call, int limit) throws IOException {
        var bytes = call.request().bytes(limit);
        BodyReader.check(call.request(), bytes);
        return bytes;
    }

    static String date(Instant instant) {
        var text = instant.toString();
        return text.length() == 20 ? text.substring(0, 19) + ".000Z" : text;
    }

    static ChecksumAlgorithm algorithm(String name) {
        var algorithm = ChecksumAlgorithm.of(name);
        if (algorithm == null) {
            throw S3Error.invalidRequest("Checksum algorithm provided is unsupported. Please try again with any of "
                    + "the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
        }
        return algorithm;
    }

    /// The canonical user id, 64 hex digits that follow from the account's.
    static String ownerId(Account account) {
        var digits = HexFormat.of().formatHex(account.id().getBytes(StandardCharsets.US_ASCII));
        return digits.repeat(3).substring(0, 64);
    }

    static void owner(Xml xml, String element, Account account) {
        xml.open(element)
                .element("ID", ownerId(account))
                .element("DisplayName", account.id())
                .close();
    }
}
