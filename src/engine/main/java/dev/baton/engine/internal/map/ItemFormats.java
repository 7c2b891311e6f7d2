package dev.baton.engine.internal.map;

import dev.baton.asl.ReaderConfig;
import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.internal.path.PathReader;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Makes items of the content of objects: JSON, JSON lines, CSV, and manifests that name further objects.
public final class ItemFormats {
    private final ObjectReader reader;
    private final ObjectRequest request;
    private final @Nullable ReaderConfig config;
    private final @Nullable PathReader itemsPath;
    private final long limit;

    ItemFormats(
            ObjectReader reader,
            ObjectRequest request,
            @Nullable ReaderConfig config,
            @Nullable PathReader itemsPath,
            long limit) {
        this.itemsPath = itemsPath;
        this.reader = reader;
        this.request = request;
        this.config = config;
        this.limit = limit;
    }

    List<?> items(byte[] content, String key) throws ItemReaderException, ObjectAccessException {
        var type = config == null || config.inputType() == null ? "JSON" : config.inputType();
        return switch (type) {
            case "JSON" -> bounded(json(content));
            case "JSONL" -> lines(content);
            case "CSV" -> csv(text(content, key), headers());
            case "MANIFEST" -> manifest(content);
            default -> throw new ItemReaderException("Reading items of type " + type + " is not supported here.");
        };
    }

    /// The items of all objects of a listing, one after another.
    List<?> flattened(List<Map<String, @Nullable Object>> objects) throws ItemReaderException, ObjectAccessException {
        var all = new ArrayList<Object>();
        for (var object : objects) {
            if (object.get("Key") instanceof String key && all.size() < limit) {
                all.addAll(items(reader.read(at(request.bucket(), key)), key));
            }
        }
        return bounded(all);
    }

    private ObjectRequest at(String bucket, String key) {
        return new ObjectRequest(bucket, key, null, Map.of("Bucket", bucket, "Key", key), request.roleArn());
    }

    private List<?> bounded(List<?> items) {
        return items.size() > limit ? items.subList(0, (int) limit) : items;
    }

    private List<?> json(byte[] content) throws ItemReaderException {
        Object value;
        try {
            value = Json.parse(content);
        } catch (JsonException e) {
            throw new ItemReaderException("Attempting to map over a non-JSON file: " + e.getMessage());
        }
        var pointer = config == null ? null : config.itemsPointer();
        if (pointer != null) {
            value = at(value, pointer);
        }
        if (value instanceof List<?> array) {
            return array;
        }
        if (value instanceof Map<?, ?> object && pointer == null) {
            return itemsPath != null && itemsPath.read(object) instanceof List<?> array ? array : pairs(object);
        }
        throw new ItemReaderException("Attempting to map over non-iterable node.");
    }

    /// An object's members as items.
    public static List<Map<String, @Nullable Object>> pairs(Map<?, ?> object) {
        var pairs = new ArrayList<Map<String, @Nullable Object>>();
        object.forEach((key, value) -> {
            var pair = new LinkedHashMap<String, @Nullable Object>();
            pair.put("Key", key);
            pair.put("Value", value);
            pairs.add(pair);
        });
        return pairs;
    }

    /// RFC 6901, as far as it leads through objects and arrays.
    private static @Nullable Object at(@Nullable Object value, String pointer) throws ItemReaderException {
        var found = value;
        for (var part : pointer.substring(Math.min(1, pointer.length())).split("/")) {
            var name = part.replace("~1", "/").replace("~0", "~");
            if (found instanceof Map<?, ?> object && object.containsKey(name)) {
                found = object.get(name);
            } else if (found instanceof List<?> array
                    && name.matches("\\d{1,9}")
                    && Integer.parseInt(name) < array.size()) {
                found = array.get(Integer.parseInt(name));
            } else {
                throw new ItemReaderException("The ItemsPointer " + pointer + " leads to nothing.");
            }
        }
        return found;
    }

    private List<?> lines(byte[] content) throws ItemReaderException {
        var items = new ArrayList<@Nullable Object>();
        for (var line : (Iterable<String>) new String(content, StandardCharsets.UTF_8).lines()::iterator) {
            if (items.size() == limit) {
                break;
            }
            if (!line.isBlank()) {
                try {
                    items.add(Json.parse(line));
                } catch (JsonException e) {
                    throw new ItemReaderException("A line of the JSONL file is no JSON: " + e.getMessage());
                }
            }
        }
        return items;
    }

    private @Nullable List<String> headers() {
        return config != null && "GIVEN".equals(config.csvHeaderLocation()) ? config.csvHeaders() : null;
    }

    private List<?> csv(String text, @Nullable List<String> headers) throws ItemReaderException {
        return Csv.items(text, delimiter(), headers, limit);
    }

    private char delimiter() {
        return switch (config == null || config.csvDelimiter() == null ? "COMMA" : config.csvDelimiter()) {
            case "PIPE" -> '|';
            case "SEMICOLON" -> ';';
            case "SPACE" -> ' ';
            case "TAB" -> '\t';
            default -> ',';
        };
    }

    private static String text(byte[] content, String key) throws ItemReaderException {
        if (!key.endsWith(".gz")) {
            return new String(content, StandardCharsets.UTF_8);
        }
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ItemReaderException("The object " + key + " is not in gzip format.");
        }
    }

    /// An S3 inventory names its CSV files and their columns; an Athena manifest is a CSV list of objects.
    private List<?> manifest(byte[] content) throws ItemReaderException, ObjectAccessException {
        if (config != null && "ATHENA_DATA".equals(config.manifestType())) {
            return athena(content);
        }
        if (!(parsed(content) instanceof Map<?, ?> inventory)
                || !(inventory.get("files") instanceof List<?> files)
                || !(inventory.get("fileSchema") instanceof String schema)) {
            throw new ItemReaderException("The manifest is no S3 inventory manifest.");
        }
        var columns = List.of(schema.split(",\\s*"));
        var all = new ArrayList<Object>();
        for (var file : files) {
            if (file instanceof Map<?, ?> entry && entry.get("key") instanceof String key && all.size() < limit) {
                all.addAll(csv(text(reader.read(at(request.bucket(), key)), key), columns));
            }
        }
        return bounded(all);
    }

    private static @Nullable Object parsed(byte[] content) throws ItemReaderException {
        try {
            return Json.parse(content);
        } catch (JsonException e) {
            throw new ItemReaderException("The manifest is no JSON: " + e.getMessage());
        }
    }

    private List<?> athena(byte[] content) throws ItemReaderException, ObjectAccessException {
        var all = new ArrayList<Object>();
        for (var line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            var uri = line.strip();
            if (uri.startsWith("s3://") && all.size() < limit) {
                var slash = uri.indexOf('/', 5);
                var bucket = uri.substring(5, slash < 0 ? uri.length() : slash);
                var key = slash < 0 ? "" : uri.substring(slash + 1);
                var data = reader.read(at(bucket, key));
                all.addAll(csv(text(data, key), headers()));
            }
        }
        return bounded(all);
    }
}
