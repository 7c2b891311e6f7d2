package dev.baton.engine.replay;

import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.data.ObjectWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The objects that lay in S3 when the recording was made.
final class RecordedObjects implements ObjectReader, ObjectWriter {
    private final Map<String, byte[]> objects = new TreeMap<>();

    RecordedObjects(RecordedCase recorded) {
        for (var entry : RecordingMembers.array(RecordingMembers.object(recorded.fields(), "external"), "s3_objects")) {
            var object = RecordingMembers.object(entry);
            objects.put(place(String.valueOf(object.get("Bucket")), String.valueOf(object.get("Key"))), body(object));
        }
    }

    private static byte[] body(Map<String, @Nullable Object> object) {
        var hex = RecordingMembers.textOrNull(RecordingMembers.object(object, "Body"), "$bytes");
        return hex == null
                ? String.valueOf(object.get("Body")).getBytes(StandardCharsets.UTF_8)
                : HexFormat.of().parseHex(hex);
    }

    private static String place(String bucket, String key) {
        return bucket + "/" + key;
    }

    @Override
    public byte[] read(ObjectRequest request) throws ObjectAccessException {
        var content = objects.get(place(request.bucket(), request.key()));
        if (content == null) {
            throw new ObjectAccessException(
                    "S3.NoSuchKeyException",
                    "The specified key does not exist. (Service: S3, Status Code: 404, Request ID: request_id)");
        }
        return content;
    }

    @Override
    public List<Map<String, @Nullable Object>> list(ObjectRequest request) {
        var start = place(request.bucket(), request.key());
        var listed = new ArrayList<Map<String, @Nullable Object>>();
        objects.forEach((place, content) -> {
            if (place.startsWith(start)) {
                var object = new LinkedHashMap<String, @Nullable Object>();
                object.put("Etag", "\"" + Integer.toHexString(Arrays.hashCode(content)) + "\"");
                object.put("Key", place.substring(request.bucket().length() + 1));
                object.put("LastModified", 0L);
                object.put("Size", (long) content.length);
                object.put("StorageClass", "STANDARD");
                listed.add(object);
            }
        });
        return listed;
    }

    @Override
    public void write(ObjectRequest request, byte[] content) {
        objects.put(place(request.bucket(), request.key()), content);
    }
}
