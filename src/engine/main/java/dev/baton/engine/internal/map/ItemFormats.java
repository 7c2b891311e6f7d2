package dev.baton.engine.internal.map;

import dev.baton.asl.ReaderConfig;
import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.internal.path.PathReader;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes items of the content of objects: JSON, JSON lines, CSV, Parquet, and manifests that name further objects.
final class ItemFormats {
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

    /// The items of one object, or of the objects that it names.
    Items items(byte[] content, String key) throws ItemReaderException, ObjectAccessException {
        return switch (manifest()) {
            case null -> ofObject(content, request.bucket(), key);
            case "ATHENA_DATA" -> athena(Compression.of(key).plain(content, key));
            default -> inventory(Compression.of(key).plain(content, key));
        };
    }

    /// An inventory needs no more than one of the two words. See the developer guide, *ItemReader*, `ManifestType`.
    private @Nullable String manifest() {
        if (config == null || (config.manifestType() == null && !"MANIFEST".equals(config.inputType()))) {
            return null;
        }
        return config.manifestType() == null ? "S3_INVENTORY" : config.manifestType();
    }

    private Items ofObject(byte[] compressed, String bucket, String key) throws ItemReaderException {
        var source = "S3://" + bucket + "/" + key;
        var content = Compression.of(key).plain(compressed, key);
        return type().equals("PARQUET") ? Items.elements(parquet(content, key), source) : ofText(content, source);
    }

    private String type() {
        return config == null || config.inputType() == null ? "JSON" : config.inputType();
    }

    private Items ofText(byte[] content, String source) throws ItemReaderException {
        return switch (type()) {
            case "JSON" -> json(content, source);
            case "JSONL" -> Items.elements(lines(content), source);
            case "CSV" -> Items.elements(csv(text(content), headers()), source);
            default -> throw new ItemReaderException("Reading items of type " + type() + " is not supported here.");
        };
    }

    /// The items of an object's content, plain. What a manifest leads to is given as an array of JSON, since no further
    /// object can be read.
    Items given(String content, String source) throws ItemReaderException {
        return manifest() == null
                ? ofText(content.getBytes(StandardCharsets.UTF_8), source)
                : elements(content, source);
    }

    /// The items of an array of JSON.
    Items elements(String content, String source) throws ItemReaderException {
        if (parsed(content.getBytes(StandardCharsets.UTF_8)) instanceof List<?> array) {
            return Items.elements(array, source).first(limit);
        }
        throw new ItemReaderException("Attempting to map over non-iterable node.");
    }

    /// The developer guide (*Parquet file in an Amazon S3 bucket*) knows no `VersionId` here.
    private List<?> parquet(byte[] content, String key) throws ItemReaderException {
        if (request.versionId() != null) {
            throw new ItemReaderException("VersionId is not supported for the InputType PARQUET.");
        }
        return Parquet.items(content, key, limit);
    }

    /// The items of all objects of a listing, one after another.
    Items flattened(List<Map<String, @Nullable Object>> objects) throws ItemReaderException, ObjectAccessException {
        var keys = objects.stream()
                .map(object -> String.valueOf(object.get("Key")))
                .filter(key -> !key.endsWith("/"))
                .map(key -> at(request.bucket(), key))
                .toList();
        return all(keys);
    }

    private Items all(List<ObjectRequest> objects) throws ItemReaderException, ObjectAccessException {
        var parts = new ArrayList<Items>();
        var count = 0L;
        for (var object : objects) {
            if (count >= limit) {
                break;
            }
            var part = ofObject(reader.read(object), object.bucket(), object.key());
            parts.add(part);
            count += part.size();
        }
        return Items.joined(parts).first(limit);
    }

    private ObjectRequest at(String bucket, String key) {
        return new ObjectRequest(bucket, key, null, Map.of("Bucket", bucket, "Key", key), request.roleArn());
    }

    private Items json(byte[] content, String source) throws ItemReaderException {
        Object value;
        try {
            value = Json.parse(content);
        } catch (JsonException e) {
            throw new ItemReaderException("Attempting to map over a non-JSON file: " + e.getMessage());
        }
        var pointer = config == null ? null : config.itemsPointer();
        if (pointer != null) {
            value = at(value, pointer);
        } else if (value instanceof Map<?, ?> object
                && itemsPath != null
                && itemsPath.read(object) instanceof List<?> array) {
            value = array;
        }
        return switch (value) {
            case List<?> array -> Items.elements(array, source).first(limit);
            case Map<?, ?> object -> Items.members(object, source).first(limit);
            case null, default -> throw new ItemReaderException("Attempting to map over non-iterable node.");
        };
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

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    /// An S3 inventory names its CSV files and their columns.
    private Items inventory(byte[] content) throws ItemReaderException, ObjectAccessException {
        if (!(parsed(content) instanceof Map<?, ?> inventory)
                || !(inventory.get("files") instanceof List<?> files)
                || !(inventory.get("fileSchema") instanceof String schema)) {
            throw new ItemReaderException("The manifest is no S3 inventory manifest.");
        }
        var columns = List.of(schema.split(",\\s*"));
        var parts = new ArrayList<Items>();
        var count = 0L;
        for (var file : files) {
            if (file instanceof Map<?, ?> entry && entry.get("key") instanceof String key && count < limit) {
                var rows = Compression.of(key).plain(reader.read(at(request.bucket(), key)), key);
                var part = Items.elements(csv(text(rows), columns), "S3://" + request.bucket() + "/" + key);
                parts.add(part);
                count += part.size();
            }
        }
        return Items.joined(parts).first(limit);
    }

    private static @Nullable Object parsed(byte[] content) throws ItemReaderException {
        try {
            return Json.parse(content);
        } catch (JsonException e) {
            throw new ItemReaderException("The manifest is no JSON: " + e.getMessage());
        }
    }

    /// What `UNLOAD` of Athena leaves: a line for every file that it wrote, each of the format that `InputType` says.
    private Items athena(byte[] content) throws ItemReaderException, ObjectAccessException {
        var objects = new ArrayList<ObjectRequest>();
        for (var line : text(content).lines().toList()) {
            var uri = line.strip().replace("\"", "");
            var slash = uri.indexOf('/', 5);
            if (uri.startsWith("s3://") && slash > 0) {
                objects.add(at(uri.substring(5, slash), uri.substring(slash + 1)));
            }
        }
        return all(objects);
    }
}
