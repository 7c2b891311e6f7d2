package dev.baton.engine.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.path.JsonPath;
import dev.baton.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathReaderTest {
    private static final Object STORE = Json.parse("""
            {"name":"store","nil":null,"open":true,
             "books":[{"title":"A","price":8.5},{"title":"B","price":12},{"title":"C","price":9,"isbn":"x"}],
             "deep":{"a":{"b":{"price":1}}},"matrix":[[1,2],[3,4]]}
            """);

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    $.name                          | "store"
                    $['name']                       | "store"
                    $.nil                           | null
                    $.books[0].title                | "A"
                    $.books[(@.length-1)].title     | "C"
                    $.books[( @.length - 3 )].title | "A"
                    $['open','nil']                 | {"open":true,"nil":null}
                    $.books[0,2].title              | ["A","C"]
                    $.books[0:2].title              | ["A","B"]
                    $.books[1:].title               | ["B","C"]
                    $.books[:-1].title              | ["A","B"]
                    $.books[*].price                | [8.5,12,9]
                    $.books[*].isbn                 | ["x"]
                    $..price                        | [8.5,12,9,1]
                    $.deep.*                        | [{"b":{"price":1}}]
                    $.books[?(@.isbn)].title        | ["C"]
                    $.books[?(@.price < 10)].title  | ["A","C"]
                    $.books[?(@.title == 'B')]      | [{"title":"B","price":12}]
                    $.books[?(@.price > 100)]       | []
                    $..nothing                      | []
                    $.matrix[1][0]                  | 3
                    $.matrix[*][0]                  | [1,3]
                    """)
    void a_path_gives_what_it_leads_to(String path, String expected) {
        assertThat(JsonOrder.equal(PathReader.of(JsonPath.parse(path)).read(STORE), Json.parse(expected)))
                .as("%s", PathReader.of(JsonPath.parse(path)).read(STORE))
                .isTrue();
    }

    @ParameterizedTest(name = "{0} leads nowhere: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    $.none                | No results for path: $['none']
                    $.none.such           | Missing property in path $['none']
                    $.deep.a.c.d          | Missing property in path $['deep']['a']['c']
                    $.books[-1].title     | Index out of bounds when evaluating path $['books'][-1]
                    $.books[(@.length-4)] | No results for path: $['books'][@.length-4]
                    $['name', 'nil'].x    | Multi properties can only be used as path leafs: $['name', 'nil']
                    $.sum()               | No results for path: $['sum()']
                    $.books[7]            | No results for path: $['books'][7]
                    $.books[7].title      | Index out of bounds when evaluating path $['books'][7]
                    """)
    void a_definite_path_that_leads_nowhere_says_where(String path, String why) {
        var reader = PathReader.of(JsonPath.parse(path));

        assertThat(reader.read(STORE)).isEqualTo(MissingValue.MISSING);
        assertThat(reader.whyMissing(STORE)).isEqualTo(why);
    }

    @ParameterizedTest(name = "{0} asks a {1} for what only another value has")
    @CsvSource({"$.name.first, Expected to find an object", "$.name[0], can only be applied to arrays"})
    void a_path_through_a_scalar_says_what_it_found(String path, String part) {
        var reader = PathReader.of(JsonPath.parse(path));

        assertThat(reader.read(STORE)).isEqualTo(MissingValue.MISSING);
        assertThat(reader.whyMissing(STORE)).contains(part);
    }
}
