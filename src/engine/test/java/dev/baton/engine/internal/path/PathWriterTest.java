package dev.baton.engine.internal.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.asl.path.ReferencePath;
import dev.baton.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathWriterTest {

    @ParameterizedTest(name = "{0} into {1} gives {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    $        | {"a":1}          | 9
                    $.b      | {"a":1}          | {"a":1,"b":9}
                    $.a      | {"a":1}          | {"a":9}
                    $.b.c.d  | {"a":1}          | {"a":1,"b":{"c":{"d":9}}}
                    $.a.b    | {"a":1}          | {"a":{"b":9}}
                    $.a.c    | {"a":{"b":1}}    | {"a":{"b":1,"c":9}}
                    $.a[1]   | {"a":[1,2,3]}    | {"a":[1,9,3]}
                    """)
    void a_value_is_put_where_the_path_leads(String path, String document, String expected) throws Exception {
        var written = PathWriter.of(ReferencePath.parse(path)).write(Json.parse(document), 9L);

        assertThat(written).isEqualTo(Json.parse(expected));
    }

    @ParameterizedTest(name = "{0} has no place in {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    $.a     | 1
                    $.a     | [1]
                    $.a     | null
                    $.a[3]  | {"a":[1]}
                    $.a[0]  | {"a":{}}
                    $[0]    | {"a":1}
                    """)
    void what_has_no_place_is_refused(String path, String document) {
        assertThatThrownBy(() -> PathWriter.of(ReferencePath.parse(path)).write(Json.parse(document), 9L))
                .isInstanceOf(PathWriter.CannotWriteException.class);
    }

    @Test
    void the_document_itself_never_changes_and_the_rest_of_it_is_shared() throws Exception {
        var document = Json.parseObject("{\"a\":{\"b\":1},\"big\":[1,2,3]}");
        var before = Json.print(document);
        var written = (Map<?, ?>) PathWriter.of(ReferencePath.parse("$.a.c")).write(document, 9L);

        assertThat(Json.print(document)).isEqualTo(before);
        assertThat(written.get("big")).isSameAs(document.get("big"));
    }
}
