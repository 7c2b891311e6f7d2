package dev.baton.engine.internal.map;

import dev.baton.asl.ReaderConfig;
import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.internal.path.PathReader;
import dev.baton.json.Json;
import dev.baton.json.JsonElements;
import dev.baton.json.JsonException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes items of the content of objects: JSON, JSON lines, CSV, Parquet, and manifests that name further objects.
/// Arrays, lines and rows are read as they are asked for.
record ItemFormats(
        ObjectReader reader,
        ObjectRequest request,
        @Nullable ReaderConfig config,
        @Nullable PathReader itemsPath,
        long limit) {
    /// The items of one object, or of the objects that it names.
    ItemStream items() throws ItemReaderException, ObjectAccessException {
        return switch (manifest()) {
            case null -> ofObject(request);
            case "ATHENA_DATA" -> athena();
            default -> inventory();
        };
    }

    /// An inventory needs no more than one of the two words. See the developer guide, *ItemReader*, `ManifestType`.
    private @Nullable String manifest() {
        if (config == null || (config.manifestType() == null && !"MANIFEST".equals(config.inputType()))) {
            return null;
        }
        return config.manifestType() == null ? "S3_INVENTORY" : config.manifestType();
    }

    private ItemStream ofObject(ObjectRequest object) throws ItemReaderException, ObjectAccessException {
        return type().equals("PARQUET") ? parquet(object) : ofText(open(object), object);
    }

    private String type() {
        return config == null || config.inputType() == null ? "JSON" : config.inputType();
    }

    private ItemStream ofText(InputStream content, ObjectRequest object) throws ItemReaderException {
        return switch (type()) {
            case "JSON" -> json(content, source(object));
            case "JSONL" -> lines(content, object);
            case "CSV" -> csv(content, object, headers());
            default -> throw new ItemReaderException("Reading items of type " + type() + " is not supported here.");
        };
    }

    /// The items of an object's content, plain. What a manifest leads to is given as an array of JSON, since no further
    /// object can be read.
    ItemStream given(String content, String source) throws ItemReaderException {
        return manifest() == null
                ? ofText(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), request)
                : elements(content, source);
    }

    /// The items of an array of JSON.
    ItemStream elements(String content, String source) throws ItemReaderException {
        if (parsed(content.getBytes(StandardCharsets.UTF_8)) instanceof List<?> array) {
            return ItemStream.of(array, source, false);
        }
        throw new ItemReaderException("Attempting to map over non-iterable node.");
    }

    private static String source(ObjectRequest object) {
        return "S3://" + object.bucket() + "/" + object.key();
    }

    private InputStream open(ObjectRequest object) throws ItemReaderException, ObjectAccessException {
        return ObjectCompression.of(object.key()).plain(reader.open(object), object.key());
    }

    private byte[] content(ObjectRequest object) throws ItemReaderException, ObjectAccessException {
        try (var content = open(object)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw broken(object, e);
        }
    }

    private static ItemReaderException broken(ObjectRequest object, IOException e) {
        return ObjectCompression.of(object.key()).broken(object.key(), e);
    }

    /// The developer guide (*Parquet file in an Amazon S3 bucket*) knows no `VersionId` here.
    private ItemStream parquet(ObjectRequest object) throws ItemReaderException, ObjectAccessException {
        if (request.versionId() != null) {
            throw new ItemReaderException("VersionId is not supported for the InputType PARQUET.");
        }
        return ItemStream.of(Parquet.items(content(object), object.key(), limit), source(object), false);
    }

    /// The objects of a listing themselves.
    ItemStream listed(String source) {
        var rows = rows();
        return () -> {
            var row = rows.next();
            return row == null ? null : new ItemStream.Item(row, source, false);
        };
    }

    /// The items of all objects of a listing, one after another.
    ItemStream flattened() {
        var rows = rows();
        return ItemStream.joined(() -> {
            for (var row = rows.next(); row != null; row = rows.next()) {
                var key = String.valueOf(row.get("Key"));
                if (!key.endsWith("/")) {
                    return ofObject(at(request.bucket(), key));
                }
            }
            return null;
        });
    }

    @FunctionalInterface
    private interface Rows {
        @Nullable
        Map<String, @Nullable Object> next() throws ObjectAccessException;
    }

    private Rows rows() {
        var pages = reader.pages(request);
        return new Rows() {
            private Iterator<Map<String, @Nullable Object>> page = Collections.emptyIterator();

            @Override
            public @Nullable Map<String, @Nullable Object> next() throws ObjectAccessException {
                while (!page.hasNext()) {
                    var more = pages.next();
                    if (more == null) {
                        return null;
                    }
                    page = more.iterator();
                }
                return page.next();
            }
        };
    }

    private ObjectRequest at(String bucket, String key) {
        return new ObjectRequest(bucket, key, null, Map.of("Bucket", bucket, "Key", key), request.roleArn());
    }

    private ItemStream json(InputStream content, String source) throws ItemReaderException {
        try {
            var elements = new JsonElements(content);
            var pointer = config == null ? null : config.itemsPointer();
            if (pointer == null && elements.isArray()) {
                return elements(elements, source);
            }
            var whole = elements.whole();
            return iterable(pointer == null ? atPath(whole) : at(whole, pointer), source);
        } catch (JsonException e) {
            throw noJson(e);
        }
    }

    private static ItemReaderException noJson(JsonException e) {
        return new ItemReaderException("Attempting to map over a non-JSON file: " + e.getMessage());
    }

    private static ItemStream elements(JsonElements elements, String source) {
        return () -> {
            try {
                return elements.advance() ? new ItemStream.Item(elements.element(), source, false) : null;
            } catch (JsonException e) {
                throw noJson(e);
            }
        };
    }

    private @Nullable Object atPath(@Nullable Object value) {
        return value instanceof Map<?, ?> object && itemsPath != null && itemsPath.read(object) instanceof List<?> array
                ? array
                : value;
    }

    private static ItemStream iterable(@Nullable Object value, String source) throws ItemReaderException {
        return switch (value) {
            case List<?> array -> ItemStream.of(array, source, false);
            case Map<?, ?> object -> ItemStream.of(MapItems.members(object), source, true);
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

    private static ItemStream lines(InputStream content, ObjectRequest object) {
        var lines = reader(content);
        return () -> {
            try {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.isBlank()) {
                        return new ItemStream.Item(Json.parse(line), source(object), false);
                    }
                }
                return null;
            } catch (JsonException e) {
                throw new ItemReaderException("A line of the JSONL file is not JSON: " + e.getMessage());
            } catch (IOException e) {
                throw broken(object, e);
            }
        };
    }

    private static BufferedReader reader(InputStream content) {
        return new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8), 1 << 14);
    }

    private @Nullable List<String> headers() {
        return config != null && "GIVEN".equals(config.csvHeaderLocation()) ? config.csvHeaders() : null;
    }

    private ItemStream csv(InputStream content, ObjectRequest object, @Nullable List<String> headers)
            throws ItemReaderException {
        try {
            var rows = Csv.rows(reader(content), delimiter(), headers);
            return () -> {
                try {
                    var row = rows.next();
                    return row == null ? null : new ItemStream.Item(row, source(object), false);
                } catch (IOException e) {
                    throw broken(object, e);
                }
            };
        } catch (IOException e) {
            throw broken(object, e);
        }
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

    /// An S3 inventory names its CSV files and their columns.
    private ItemStream inventory() throws ItemReaderException, ObjectAccessException {
        if (!(parsed(content(request)) instanceof Map<?, ?> inventory)
                || !(inventory.get("files") instanceof List<?> files)
                || !(inventory.get("fileSchema") instanceof String schema)) {
            throw new ItemReaderException("The manifest is not an S3 inventory manifest.");
        }
        var columns = List.of(schema.split(",\\s*"));
        var left = files.iterator();
        return ItemStream.joined(() -> {
            while (left.hasNext()) {
                if (left.next() instanceof Map<?, ?> entry && entry.get("key") instanceof String key) {
                    var object = at(request.bucket(), key);
                    return csv(open(object), object, columns);
                }
            }
            return null;
        });
    }

    private static @Nullable Object parsed(byte[] content) throws ItemReaderException {
        try {
            return Json.parse(content);
        } catch (JsonException e) {
            throw new ItemReaderException("The manifest is not JSON: " + e.getMessage());
        }
    }

    /// The files that `UNLOAD` of Athena leaves: a line for every file that it wrote, each of the format that
    /// `InputType` says.
    private ItemStream athena() throws ItemReaderException, ObjectAccessException {
        var lines = new String(content(request), StandardCharsets.UTF_8).lines().iterator();
        return ItemStream.joined(() -> {
            while (lines.hasNext()) {
                var uri = lines.next().strip().replace("\"", "");
                var slash = uri.indexOf('/', 5);
                if (uri.startsWith("s3://") && slash > 0) {
                    return ofObject(at(uri.substring(5, slash), uri.substring(slash + 1)));
                }
            }
            return null;
        });
    }
}
