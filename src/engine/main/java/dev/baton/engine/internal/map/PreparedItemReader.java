package dev.baton.engine.internal.map;

import dev.baton.asl.ItemReader;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.ReaderConfig;
import dev.baton.asl.path.JsonPath;
import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.path.PathReader;
import dev.baton.engine.internal.query.Evaluable;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.NumberField;
import dev.baton.engine.internal.query.TemplateCompiler;
import dev.baton.engine.internal.query.TextField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An ItemReader ready to run: what to read, and how to make items of it.
public final class PreparedItemReader {
    /// The most items that one Map Run takes.
    private static final long MOST_ITEMS = 100_000_000;

    /// Reads nothing: what is given needs no bucket.
    private static final ObjectReader NOTHING = new ObjectReader() {
        @Override
        public byte[] read(ObjectRequest request) throws ObjectAccessException {
            throw new IllegalStateException("nothing is read: " + request);
        }

        @Override
        public List<Map<String, @Nullable Object>> list(ObjectRequest request) throws ObjectAccessException {
            throw new IllegalStateException("nothing is listed: " + request);
        }
    };

    private final Evaluable arguments;
    private final boolean listing;
    private final @Nullable ReaderConfig config;
    private final @Nullable PathReader itemsPath;
    private final @Nullable NumberField maxItems;

    /// An ItemReader ready to run.
    ///
    /// @param itemsPath the Map state's `ItemsPath`, or null: in an object of JSON it may lead to the array of items
    public static PreparedItemReader of(ItemReader reader, @Nullable String itemsPath, QueryLanguage language) {
        return switch (reader) {
            case ItemReader(var resource, var config, var parameters, var arguments, var unknown) -> {
                var template = language == QueryLanguage.JSONATA ? arguments : parameters;
                yield new PreparedItemReader(
                        TemplateCompiler.compile(
                                language,
                                template == null ? Map.of() : template.value(),
                                language == QueryLanguage.JSONATA ? "ItemReader/Arguments" : "ItemReader/Parameters"),
                        resource.endsWith(":s3:listObjectsV2"),
                        config,
                        itemsPath == null ? null : PathReader.of(JsonPath.parse(itemsPath)));
            }
        };
    }

    private PreparedItemReader(
            Evaluable arguments, boolean listing, @Nullable ReaderConfig config, @Nullable PathReader itemsPath) {
        this.arguments = arguments;
        this.listing = listing;
        this.config = config;
        this.itemsPath = itemsPath;
        this.maxItems = config == null
                ? null
                : NumberField.of(config.maxItems(), "MaxItems", "ItemReader/ReaderConfig/MaxItems");
    }

    /// The source to read, in the words of the definition and with its numbers known: the rest needs no state any more.
    public Source source(FieldScope at, @Nullable String roleArn) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        if (arguments.evaluate(at) instanceof Map<?, ?> object) {
            object.forEach((key, value) -> values.put((String) key, value));
        }
        var request = new ObjectRequest(
                text(values, "Bucket"),
                listing ? text(values, "Prefix") : text(values, "Key"),
                values.get("VersionId") instanceof String version ? version : null,
                values,
                roleArn);
        return new Source(
                request,
                listing,
                config == null ? null : evaluated(config, at),
                itemsPath,
                maxItems == null ? 0 : maxItems.integer(at));
    }

    private static ReaderConfig evaluated(ReaderConfig config, FieldScope at) {
        return new ReaderConfig(
                word(config.inputType(), "InputType", at),
                word(config.csvHeaderLocation(), "CSVHeaderLocation", at),
                word(config.csvDelimiter(), "CSVDelimiter", at),
                config.csvHeaders(),
                null,
                word(config.itemsPointer(), "ItemsPointer", at),
                word(config.manifestType(), "ManifestType", at),
                word(config.transformation(), "Transformation", at),
                config.unknown());
    }

    private static @Nullable String word(@Nullable String written, String field, FieldScope at) {
        return TextField.word(written, "ItemReader/ReaderConfig/" + field, at);
    }

    private static String text(Map<String, @Nullable Object> values, String name) {
        return switch (values.get(name)) {
            case null -> "";
            case String text -> text;
            default -> throw StateFailure.runtime("The field '" + name + "' of the ItemReader must be a string");
        };
    }

    /// A reading about to happen; it may block.
    ///
    /// @param maxItems 0 for all
    public record Source(
            ObjectRequest request,
            boolean listing,
            @Nullable ReaderConfig config,
            @Nullable PathReader itemsPath,
            long maxItems) {

        /// The context object's name for the source of the items.
        public String name() {
            return "S3://" + request.bucket() + (listing ? "" : "/" + request.key());
        }

        /// The cursor where the reading begins, or goes on.
        ///
        /// @param before how many items were read already
        public ItemCursor cursor(ObjectReader reader, long before) throws ItemReaderException, ObjectAccessException {
            var limit = limit();
            return new ItemCursor(items(formats(reader, limit)).first(limit), before);
        }

        private long limit() throws ItemReaderException {
            if (maxItems < 0) {
                throw new ItemReaderException("field MaxItems must be positive");
            }
            return maxItems == 0 ? MOST_ITEMS : Math.min(maxItems, MOST_ITEMS);
        }

        /// The items of data that is given, as its source would have it: the content of an object, or a listing.
        ///
        /// @throws ItemReaderException when the data is not of the form that the ReaderConfig says
        public MapItems given(String data) throws ItemReaderException {
            var limit = limit();
            var formats = formats(NOTHING, limit);
            var given = listing ? formats.elements(data, name()) : formats.given(data, name());
            try {
                return new ItemCursor(given.first(limit), 0).all();
            } catch (ObjectAccessException e) {
                throw new ItemReaderException(e.cause());
            }
        }

        private ItemStream items(ItemFormats formats) throws ItemReaderException, ObjectAccessException {
            if (!listing) {
                return formats.items();
            }
            return config != null && "LOAD_AND_FLATTEN".equals(config.transformation())
                    ? formats.flattened()
                    : formats.listed(name());
        }

        private ItemFormats formats(ObjectReader reader, long limit) {
            return new ItemFormats(reader, request, config, itemsPath, limit);
        }
    }
}
