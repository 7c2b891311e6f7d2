package dev.baton.local.s3;

import dev.baton.local.http.QueryParameters;
import dev.baton.local.s3.S3Route.Address;
import dev.baton.local.s3.S3Route.Level;
import dev.baton.local.service.ApiOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The operations of S3 by their addresses. What S3 has and this table has not is refused with `NotImplemented`.
final class S3Operations {
    /// Subresources with operations that are not here. A `PUT` of one of these, taken for a plain one, would overwrite
    /// the object.
    private static final Set<String> ABSENT = Set.of(
            "abac",
            "accelerate",
            "analytics",
            "annotation",
            "append",
            "cors",
            "encryptionConfiguration",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "logging",
            "metadataAnnotationTable",
            "metadataConfiguration",
            "metadataInventoryTable",
            "metadataJournalTable",
            "metadataTable",
            "metrics",
            "object-lock",
            "renameObject",
            "replication",
            "requestPayment",
            "restore",
            "retention",
            "select",
            "select-type",
            "session",
            "torrent",
            "website");

    /// Another that is not here, of a subresource that buckets have.
    private static final Address UPDATE_OBJECT_ENCRYPTION = new Address("PUT", Level.OBJECT, "encryption");

    /// Parameters that clients send without a value, and mean nothing by it.
    private static final Set<String> MAY_BE_EMPTY = Set.of(
            "bucket-region",
            "continuation-token",
            "delimiter",
            "encoding-type",
            "fetch-owner",
            "key-marker",
            "list-type",
            "marker",
            "max-buckets",
            "max-keys",
            "max-parts",
            "max-uploads",
            "part-number-marker",
            "partNumber",
            "prefix",
            "start-after",
            "upload-id-marker",
            "version-id-marker",
            "versionId");

    private final List<ApiOperation<S3Route>> all;
    private final Map<Address, List<ApiOperation<S3Route>>> byAddress = new HashMap<>();
    private final Set<String> subresources = new HashSet<>();

    /// @param operations of those with one address, the first whose condition holds serves
    private S3Operations(List<ApiOperation<S3Route>> operations) {
        all = operations.stream().map(operation -> operation.of("s3")).toList();
        for (var operation : all) {
            var address = operation.handler().address();
            byAddress.computeIfAbsent(address, key -> new ArrayList<>(2)).add(operation);
            subresources.add(address.subresource());
        }
    }

    static S3Operations of(S3Context store) {
        var reads = new ReadActions(store);
        var writes = new WriteActions(store, reads);
        return new S3Operations(ApiOperation.all(
                new BucketActions(store).all(),
                new SettingActions(store).all(),
                AbsentSettings.all(store),
                new ListActions(store).all(),
                reads.all(),
                writes.all(),
                new PostAction(store, writes).all(),
                new DeleteActions(store).all(),
                new ObjectTagActions(store).all(),
                new UploadActions(store, reads).all(),
                new CompleteAction(store).all(),
                new UploadListings(store).all()));
    }

    List<ApiOperation<S3Route>> all() {
        return all;
    }

    /// The operation that a request asks for.
    ///
    /// @throws dev.baton.local.http.AwsError `NotImplemented`, and `MethodNotAllowed` where S3 has none either
    ApiOperation<S3Route> find(S3Call call) {
        var method = call.request().method();
        var level = Level.of(call);
        // Where a form goes, its fields say all.
        var subresource =
                call.request().form() == null ? subresource(call.request().query(), method, level) : "";
        var address = new Address(method, level, subresource);
        for (var operation : byAddress.getOrDefault(address, List.of())) {
            if (operation.handler().when().test(call)) {
                return operation;
            }
        }
        throw address.equals(UPDATE_OBJECT_ENCRYPTION)
                ? S3Error.notImplemented("encryption of an object that is there")
                : S3Error.methodNotAllowed(method);
    }

    private String subresource(QueryParameters query, String method, Level level) {
        for (var name : query.names()) {
            if (ABSENT.contains(name) && !byAddress.containsKey(new Address(method, level, name))) {
                throw S3Error.notImplemented(name);
            }
        }
        for (var name : query.names()) {
            if (subresources.contains(name)) {
                return name;
            }
        }
        query.each((name, value) -> {
            // A name alone is how S3 names what of a bucket or object is meant: what is not known is not there.
            if (value.isEmpty() && !MAY_BE_EMPTY.contains(name) && !isOfSignature(name)) {
                throw S3Error.notImplemented(name);
            }
        });
        return "";
    }

    private static boolean isOfSignature(String name) {
        return name.regionMatches(true, 0, "x-", 0, 2) || name.startsWith("response-");
    }
}
