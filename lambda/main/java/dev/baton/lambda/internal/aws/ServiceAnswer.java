package dev.baton.lambda.internal.aws;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;

/// What a service answered: that it did, or why not.
public final class ServiceAnswer {
    private static final String METADATA = "x-amz-meta-";
    /// In characters.
    private static final int SHOWN = 1_000;

    private final SdkHttpResponse response;
    private final AbortableInputStream content;
    private @Nullable String text;

    ServiceAnswer(SdkHttpResponse response, @Nullable AbortableInputStream content) {
        this.response = response;
        this.content = content == null ? AbortableInputStream.create(new ByteArrayInputStream(new byte[0])) : content;
    }

    public int status() {
        return response.statusCode();
    }

    public boolean isSuccessful() {
        return response.isSuccessful();
    }

    /// The value of a header, or null.
    public @Nullable String header(String name) {
        return response.firstMatchingHeader(name).orElse(null);
    }

    /// The value of a header that is always there.
    ///
    /// @throws IOException when it did not
    public String need(String name) throws IOException {
        var value = header(name);
        if (value == null) {
            throw new UnsoundAnswer("the answer " + status() + " came without " + name);
        }
        return value;
    }

    /// The user's metadata, names in lower case.
    public Map<String, String> metadata() {
        var metadata = new LinkedHashMap<String, String>();
        response.forEachHeader((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(METADATA)) {
                metadata.put(lower.substring(METADATA.length()), String.join(",", values));
            }
        });
        return metadata;
    }

    /// The content, as it comes; whoever reads it closes it.
    public AbortableInputStream content() {
        return content;
    }

    /// The whole content.
    public byte[] bytes() throws IOException {
        try (InputStream in = content) {
            return in.readAllBytes();
        }
    }

    /// The whole content as a text; may be asked for again.
    public String text() throws IOException {
        if (text == null) {
            text = new String(bytes(), StandardCharsets.UTF_8);
        }
        return text;
    }

    /// When the service answered, by its own clock; null where it does not say.
    @Nullable
    Instant time() {
        var date = header("Date");
        try {
            // Not by the SDK's own pattern, which looks the names of months up in all that Java knows of locales.
            return date == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// What the SDK's own client would throw for a refusal. XML and JSON tell code and message; of anything else the
    /// beginning is the message.
    ///
    /// @param service as it is called in the message
    /// @param refusal of the exception's class
    AwsServiceException refusal(String service, AwsServiceException.Builder refusal) throws IOException {
        var text = text();
        var message = message(text);
        return refusal.awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName(service)
                        .errorCode(code())
                        .errorMessage(message == null ? text.substring(0, Math.min(text.length(), SHOWN)) : message)
                        .sdkHttpResponse(response)
                        .build())
                .statusCode(status())
                .requestId(requestId())
                .extendedRequestId(header("x-amz-id-2"))
                .build();
    }

    /// The code of a refusal, or null where it tells none. Services that speak JSON tell it in a header or in the text,
    /// some with a name space before or behind it.
    @Nullable
    String code() throws IOException {
        var header = header("x-amzn-errortype");
        var told = header == null ? field(text(), "__type") : header;
        return told == null
                ? element(text(), "Code")
                : told.replaceFirst("^.*#", "").replaceFirst(":.*", "");
    }

    private static @Nullable String message(String text) {
        for (var name : new String[] {"message", "Message"}) {
            var told = field(text, name);
            if (told != null) {
                return told;
            }
        }
        return element(text, "Message");
    }

    private static @Nullable String field(String text, String name) {
        if (!text.startsWith("{")) {
            return null;
        }
        try {
            return Json.parseObject(text).get(name) instanceof String value ? value : null;
        } catch (JsonException e) {
            return null;
        }
    }

    private @Nullable String requestId() {
        var id = header("x-amzn-requestid");
        return id == null ? header("x-amz-request-id") : id;
    }

    /// The text of an element that has no others in it. The rest of the document is nobody's concern.
    public static @Nullable String element(String xml, String name) {
        var start = xml.indexOf("<" + name + ">");
        var end = xml.indexOf("</" + name + ">", start);
        return start < 0 || end < 0
                ? null
                : xml.substring(start + name.length() + 2, end)
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&apos;", "'")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&");
    }
}
