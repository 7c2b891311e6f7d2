package dev.baton.cli.deploy.read;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.json.Node;
import dev.baton.json.Node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON documents that an endpoint answers with: definitions, policies, patterns, and what Baton keeps in the state
/// bucket. Somebody else may have written them, and what answers may be not AWS.
public final class EndpointDocuments {
    private EndpointDocuments() {}

    /// @param place what the document is and whose, such as `the definition of baton-weather` or an object's URI
    /// @throws DiagnosticException CLI027 when it is not a JSON object
    public static Map<String, @Nullable Object> object(String place, byte[] utf8) {
        try {
            return Json.parseObject(utf8);
        } catch (JsonException e) {
            throw malformed(place, "is not a JSON object: " + e.getMessage());
        }
    }

    /// @throws DiagnosticException CLI027 when it is not a JSON object
    public static Map<String, @Nullable Object> object(String place, String text) {
        return object(place, text.getBytes(StandardCharsets.UTF_8));
    }

    /// A document with the places of what stands in it.
    ///
    /// @throws DiagnosticException CLI027 when it is not a JSON object
    public static ObjectNode nodes(String place, String text) {
        try {
            if (Node.parse(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonException e) {
            throw malformed(place, "is not a JSON object: " + e.getMessage());
        }
        throw malformed(place, "is not a JSON object");
    }

    /// A finding about a document that is not what it should be: CLI027.
    public static DiagnosticException malformed(String place, String message) {
        return new DiagnosticException(Diagnostic.error(
                "CLI027",
                Location.named(place),
                message,
                "look whether the endpoint answers as AWS does; what Baton wrote there, baton deploy writes again"));
    }
}
