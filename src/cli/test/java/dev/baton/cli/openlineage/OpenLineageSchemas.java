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
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// OpenLineage's own schemas. An event is held against that of events, and each of its facets against the one that the
/// facet itself names; a facet whose schema is not here is none that an event may have.
public final class OpenLineageSchemas {
    /// What a reference leads to that is to a schema which is not here: nothing is one of those.
    private static final byte[] NOTHING = "{\"not\": {}}".getBytes(StandardCharsets.UTF_8);

    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.add(address -> () -> {
                var found = OpenLineageSchemas.class.getResourceAsStream("/openlineage/" + file(address.toString()));
                return found == null ? new ByteArrayInputStream(NOTHING) : found;
            })));
    private final Map<String, JsonSchema> schemas = new HashMap<>();

    /// Holds an event against them.
    public void check(String event) {
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
        assertThat(OpenLineageSchemas.class.getResource("/openlineage/" + file(address)))
                .as(address)
                .isNotNull();
        var schema = schemas.computeIfAbsent(address, some -> factory.getSchema(SchemaLocation.of(some), STRICT));
        assertThat(schema.validate(Json.print(value), InputFormat.JSON))
                .as(Json.print(value))
                .isEmpty();
    }

    private static String file(String address) {
        return address.replaceFirst("#.*", "").replaceFirst(".*/", "");
    }
}
