package dev.baton.local.states.integration;

import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.data.ObjectWriter;
import dev.baton.local.http.ServiceRefusal;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads and writes S3 for distributed Maps, as the state machine's role.
public record ObjectAccess(Integrations integrations) implements ObjectReader, ObjectWriter {
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

    /// Reads range by range of the version that is there now.
    @Override
    public InputStream open(ObjectRequest request) throws ObjectAccessException {
        return new RangedObject((range, etag) -> {
            var parameters = parameters(request, true);
            parameters.put("Range", range);
            parameters.put("IfMatch", etag);
            try {
                return integrations.sdk().s3().send(caller(request), "GET", parameters, "", new byte[0]);
            } catch (ServiceRefusal e) {
                if (e.error().code().equals("InvalidRange")) {
                    return null;
                }
                throw failure(TaskFailure.sdk("S3", e));
            }
        });
    }

    @Override
    public List<Map<String, @Nullable Object>> list(ObjectRequest request) throws ObjectAccessException {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        var pages = pages(request);
        for (var page = pages.next(); page != null; page = pages.next()) {
            rows.addAll(page);
        }
        return rows;
    }

    @Override
    public Pages pages(ObjectRequest request) {
        var parameters = parameters(request, false);
        return new Pages() {
            private boolean over;

            @Override
            public @Nullable List<Map<String, @Nullable Object>> next() throws ObjectAccessException {
                if (over) {
                    return null;
                }
                var listing = call(parameters, request);
                over = !Boolean.TRUE.equals(listing.get("IsTruncated"));
                parameters.put("ContinuationToken", listing.get("NextContinuationToken"));
                var rows = new ArrayList<Map<String, @Nullable Object>>();
                if (listing.get("Contents") instanceof List<?> contents) {
                    contents.forEach(listed -> rows.add(row((Map<?, ?>) listed)));
                }
                return rows;
            }
        };
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
        } catch (ServiceRefusal e) {
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
        } catch (ServiceRefusal e) {
            throw failure(TaskFailure.sdk("S3", e));
        }
    }

    private dev.baton.local.caller.Caller caller(ObjectRequest request) {
        return integrations.roles().callerOf(String.valueOf(request.roleArn()));
    }

    private static ObjectAccessException failure(TaskFailure failure) {
        return new ObjectAccessException(String.valueOf(failure.error()), String.valueOf(failure.getMessage()));
    }
}
