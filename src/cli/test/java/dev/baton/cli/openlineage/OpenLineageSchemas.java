package dev.baton.cli.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.baton.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// OpenLineage's own schemas, where somebody has them: `-Dbaton.openlineage=DIR` names the folder `spec` of a clone of
/// OpenLineage. An event is held against that of events, and each of its facets against the one that the facet itself
/// names; a facet whose schema is not there is none that an event may have.
public final class OpenLineageSchemas {
    /// The property that says where they are.
    public static final String PROPERTY = "baton.openlineage";
    /// What a reference leads to that is to a schema which is not here: nothing is one of those.
    private static final byte[] NOTHING = "{\"not\": {}}".getBytes(StandardCharsets.UTF_8);

    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final Map<String, Path> files;
    private final JsonSchemaFactory factory;
    private final Map<String, JsonSchema> schemas = new HashMap<>();

    private OpenLineageSchemas(Path folder) throws IOException {
        try (var inside = Files.walk(folder)) {
            files = inside.filter(file -> file.toString().endsWith(".json"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString(), Function.identity(), (one, other) -> one));
        }
        factory = JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.add(address -> () -> {
                    var found = files.get(file(address.toString()));
                    return found == null ? new ByteArrayInputStream(NOTHING) : Files.newInputStream(found);
                })));
    }

    /// Holds events against them, where they are given.
    public static void check(List<String> events) {
        var folder = System.getProperty(PROPERTY);
        if (folder != null) {
            try {
                var schemas = new OpenLineageSchemas(Path.of(folder));
                events.forEach(schemas::check);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void check(String event) {
        var json = Json.parseObject(event);
        assertThat(json.get("schemaURL"))
                .isEqualTo("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent");
        check(String.valueOf(json.get("schemaURL")), json);
        checkFacets(json);
    }

    private void checkFacets(Object value) {
        if (value instanceof List<?> list) {
            list.forEach(this::checkFacets);
        } else if (value instanceof Map<?, ?> map) {
            if (map.get("_schemaURL") instanceof String address) {
                check(address, map);
            }
            map.values().forEach(this::checkFacets);
        }
    }

    private void check(String address, Map<?, ?> value) {
        assertThat(files).as(address).containsKey(file(address));
        var schema = schemas.computeIfAbsent(address, some -> factory.getSchema(SchemaLocation.of(some), STRICT));
        assertThat(schema.validate(Json.print(value), InputFormat.JSON))
                .as(Json.print(value))
                .isEmpty();
    }

    private static String file(String address) {
        return address.replaceFirst("#.*", "").replaceFirst(".*/", "");
    }
}
