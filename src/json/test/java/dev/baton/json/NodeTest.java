package dev.baton.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.Member;
import dev.baton.json.Node.ObjectNode;
import org.junit.jupiter.api.Test;

class NodeTest {

    @Test
    void every_node_knows_its_place() {
        var root = (ObjectNode) Node.parse("{\n  \"ä\": [1, {\"b\": null}],\n\t\"c\" : true}");
        assertThat(root.line()).isEqualTo(1);
        assertThat(root.members()).extracting(Member::name).containsExactly("ä", "c");
        assertThat(root.members()).extracting(Member::line).containsExactly(2, 3);
        assertThat(root.members()).extracting(Member::column).containsExactly(3, 2);
        var array = (ArrayNode) root.get("ä");
        assertThat(array.column()).isEqualTo(8);
        assertThat(array.elements()).extracting(Node::column).containsExactly(9, 12);
        assertThat(array.elements()).extracting(Node::typeName).containsExactly("number", "object");
        assertThat(root.get("c").column()).isEqualTo(8);
    }

    @Test
    void values_are_those_of_json() {
        var text = "{\"a\":[1,2.5,\"x\",true,null,{}],\"b\":12345678901234567890}";
        assertThat(Node.parse(text).value()).isEqualTo(Json.parse(text));
    }

    @Test
    void members_of_equal_name_are_kept_and_the_last_counts() {
        var object = (ObjectNode) Node.parse("{\"a\":1,\"b\":2,\"a\":3}");
        assertThat(object.members()).extracting(Member::name).containsExactly("a", "b", "a");
        assertThat(object.get("a").value()).isEqualTo(3L);
        assertThat(object.value()).isEqualTo(Json.parse("{\"a\":3,\"b\":2}"));
        assertThat(object.has("c")).isFalse();
        assertThat(object.get("c")).isNull();
    }

    @Test
    void what_is_no_json_says_where() {
        assertThatThrownBy(() -> Node.parse("{\n  \"a\": 1,\n}")).isInstanceOfSatisfying(JsonException.class, e -> {
            assertThat(e.line()).isEqualTo(3);
            assertThat(e.column()).isEqualTo(1);
        });
        assertThatThrownBy(() -> Node.parse("[".repeat(Json.MAX_DEPTH + 1))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Node.parse("{} {}")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Node.parse("1e999"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("range");
    }
}
