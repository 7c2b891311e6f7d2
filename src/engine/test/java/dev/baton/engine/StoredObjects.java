package dev.baton.engine;

import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.data.ObjectWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A bucket in memory, whatever its name.
final class StoredObjects implements ObjectReader, ObjectWriter {
    private final Map<String, byte[]> objects = new TreeMap<>();

    void put(String key, byte[] content) {
        objects.put(key, content);
    }

    void put(String key, String content) {
        put(key, content.getBytes(StandardCharsets.UTF_8));
    }

    String text(String key) {
        return new String(objects.get(key), StandardCharsets.UTF_8);
    }

    Set<String> keys() {
        return objects.keySet();
    }

    @Override
    public byte[] read(ObjectRequest request) throws ObjectAccessException {
        var content = objects.get(request.key());
        if (content == null) {
            throw new ObjectAccessException("S3.NoSuchKeyException", "no " + request.key());
        }
        return content;
    }

    @Override
    public List<Map<String, Object>> list(ObjectRequest request) {
        return objects.keySet().stream()
                .filter(key -> key.startsWith(request.key()))
                .map(key -> {
                    var listed = new LinkedHashMap<String, Object>();
                    listed.put("Key", key);
                    listed.put("Size", (long) objects.get(key).length);
                    return (Map<String, Object>) listed;
                })
                .toList();
    }

    @Override
    public void write(ObjectRequest request, byte[] content) {
        put(request.key(), content);
    }
}
