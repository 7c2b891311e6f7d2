package dev.baton.local.states.integration;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An API's answer as the result of a state: `Headers`, `ResponseBody`, `StatusCode`, `StatusText`.
final class HttpAnswer {
    /// A state's result has no room for more.
    static final int MOST_BYTES = 262_144;

    private static final Pattern BINARY = Pattern.compile("application/octet-stream\\b.*|(image|video|audio)/.*");

    private HttpAnswer() {}

    /// @throws TaskFailure where the API has failed, or its answer cannot be a result
    static Map<String, @Nullable Object> of(HttpResponse<byte[]> response) throws TaskFailure {
        var text = text(response);
        var status = response.statusCode();
        if (status / 100 != 2) {
            throw new TaskFailure("States.Http.StatusCode." + status, text);
        }
        var headers = new LinkedHashMap<String, @Nullable Object>();
        response.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":")) {
                headers.put(name, values);
            }
        });
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("Headers", headers);
        answer.put("ResponseBody", body(text));
        answer.put("StatusCode", (long) status);
        answer.put("StatusText", phrase(status));
        return answer;
    }

    private static String text(HttpResponse<byte[]> response) throws TaskFailure {
        var type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (BINARY.matcher(type).matches()) {
            throw HttpArguments.runtime("The content type " + type + " of the response is not supported");
        }
        if (response.body().length > MOST_BYTES) {
            throw new TaskFailure(
                    "States.DataLimitExceeded",
                    "The response has " + response.body().length + " bytes, more than the " + MOST_BYTES
                            + " that a state takes.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(response.body()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw HttpArguments.runtime("The response cannot be read as a string");
        }
    }

    /// JSON if it is JSON, else the text.
    private static @Nullable Object body(String text) {
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                return Json.parse(text);
            } catch (JsonException e) {
                return text;
            }
        }
        return text;
    }

    /// HTTP/2 has no phrases any more; these are those of the
    /// [registry](https://www.iana.org/assignments/http-status-codes).
    static String phrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 203 -> "Non-Authoritative Information";
            case 204 -> "No Content";
            case 205 -> "Reset Content";
            case 206 -> "Partial Content";
            default -> "";
        };
    }
}
