package dev.baton.json;

import java.util.ArrayList;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads values with their places.
final class NodeReader {
    private final JsonParser parser;

    NodeReader(JsonParser parser) {
        this.parser = parser;
    }

    Node whole() {
        Json.begin(parser);
        var node = node();
        Json.end(parser);
        return node;
    }

    private Node node() {
        var at = parser.currentTokenLocation();
        var line = at.getLineNr();
        var column = at.getColumnNr();
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(line, column);
            case START_ARRAY -> {
                var elements = new ArrayList<Node>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(node());
                }
                yield new Node.ArrayNode(line, column, elements);
            }
            default -> new Node.ScalarNode(line, column, Json.scalar(parser));
        };
    }

    private Node object(int line, int column) {
        var members = new ArrayList<Node.Member>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            var at = parser.currentTokenLocation();
            var nameLine = at.getLineNr();
            var nameColumn = at.getColumnNr();
            parser.nextToken();
            members.add(new Node.Member(name, nameLine, nameColumn, node()));
        }
        return new Node.ObjectNode(line, column, members);
    }
}
