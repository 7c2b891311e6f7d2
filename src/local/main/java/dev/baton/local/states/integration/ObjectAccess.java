package dev.baton.local.states.integration;

import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.data.ObjectWriter;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.AccessDenied;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads and writes S3 for distributed Maps, as the state machine's role.
public final class ObjectAccess implements ObjectReader, ObjectWriter {
    private final Integrations integrations;

    public ObjectAccess(Integrations integrations) {
        this.integrations = integrations;
    }

    @Override
    public byte[] read(ObjectRequest request) throws ObjectAccessException {
        return send("GET", parameters(request, true), "", new byte[0], request).bytes();
    }

    @Override
    public void write(ObjectRequest request, byte[] content) throws ObjectAccessException {
        var parameters = parameters(request, true);
        parameters.put("ContentType", "application/json");
        send("PUT", parameters, "", content, request);
    }

    @Override
    public List<Map<String, @Nullable Object>> list(ObjectRequest request) throws ObjectAccessException {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        var parameters = parameters(request, false);
        while (true) {
            var listing = call(parameters, request);
            if (listing.get("Contents") instanceof List<?> contents) {
                contents.forEach(row -> rows.add(row((Map<?, ?>) row)));
            }
            if (!Boolean.TRUE.equals(listing.get("IsTruncated"))) {
                return rows;
            }
            parameters.put("ContinuationToken", listing.get("NextContinuationToken"));
        }
    }

    private static Map<String, @Nullable Object> row(Map<?, ?> listed) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("Etag", listed.get("ETag"));
        row.put("Key", listed.get("Key"));
        row.put("LastModified", S3Calls.modified(listed).getEpochSecond());
        row.put("Size", listed.get("Size"));
        row.put("StorageClass", listed.get("StorageClass"));
        return row;
    }

    private static Map<String, @Nullable Object> parameters(ObjectRequest request, boolean withKey) {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("Bucket", request.bucket());
        parameters.put(withKey ? "Key" : "Prefix", request.key());
        if (request.versionId() != null) {
            parameters.put("VersionId", request.versionId());
        }
        return parameters;
    }

    private Map<String, @Nullable Object> call(Map<String, @Nullable Object> parameters, ObjectRequest request)
            throws ObjectAccessException {
        try {
            return integrations.sdk().s3().call(caller(request), "listObjectsV2", parameters);
        } catch (AccessDenied e) {
            throw failure(TaskFailure.sdk("S3", e));
        } catch (AwsError e) {
            throw failure(TaskFailure.sdk("S3", e));
        }
    }

    private ServiceCalls.Answer send(
            String method,
            Map<String, @Nullable Object> parameters,
            String query,
            byte[] content,
            ObjectRequest request)
            throws ObjectAccessException {
        try {
            return integrations.sdk().s3().send(caller(request), method, parameters, query, content);
        } catch (AccessDenied e) {
            throw failure(TaskFailure.sdk("S3", e));
        } catch (AwsError e) {
            throw failure(TaskFailure.sdk("S3", e));
        }
    }

    private dev.baton.local.iam.Caller caller(ObjectRequest request) {
        return integrations.roles().callerOf(String.valueOf(request.roleArn()));
    }

    private static ObjectAccessException failure(TaskFailure failure) {
        return new ObjectAccessException(String.valueOf(failure.error()), String.valueOf(failure.getMessage()));
    }
}
