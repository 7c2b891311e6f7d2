package dev.baton.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A form with a file, as browsers upload it to S3: `multipart/form-data` (RFC 7578). What follows the file is left
/// aside.
///
/// See [Browser-based uploads using
/// POST](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html).
public final class MultipartForm {
    /// Of all that comes before the file's content.
    private static final int MOST_BEFORE_FILE = 20_480;

    private static final String TYPE = "multipart/form-data";
    private static final String FILE_NAME = "${filename}";
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = parameter("name");
    private static final Pattern FILENAME = parameter("filename");

    private final Map<String, String> fields;
    private final @Nullable InputStream file;

    private MultipartForm(Map<String, String> fields, @Nullable InputStream file) {
        this.fields = fields;
        this.file = file;
    }

    private static Pattern parameter(String name) {
        return Pattern.compile(";\\s*" + name + "=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))", Pattern.CASE_INSENSITIVE);
    }

    /// Whether a request is one. A `POST` with a query is of another kind, whatever type it says its object has.
    public static boolean isSent(AwsRequest request) {
        return request.method().equals("POST")
                && request.rawQuery().isEmpty()
                && request.headers().get("Content-Type", "").regionMatches(true, 0, TYPE, 0, TYPE.length());
    }

    /// Reads all before the file's content, which stays to be read.
    ///
    /// @throws AwsError as S3 says it
    static MultipartForm read(AwsRequest request) throws IOException {
        var boundary = BOUNDARY.matcher(request.headers().get("Content-Type", ""));
        if (!boundary.find()) {
            throw malformed();
        }
        var parts = new PartStream(
                request.body().stream(), boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        var fields = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        var room = MOST_BEFORE_FILE;
        while (parts.next()) {
            var head = parts.head(room);
            room -= head.length();
            var disposition = disposition(head);
            var name = parameter(NAME, disposition);
            if (name == null) {
                throw malformed();
            }
            if (name.equalsIgnoreCase("file")) {
                return new MultipartForm(expanded(fields, parameter(FILENAME, disposition)), parts);
            }
            var value = parts.readNBytes(room + 1);
            room -= value.length;
            if (room < 0) {
                throw tooMuch();
            }
            if (fields.put(name, new String(value, StandardCharsets.UTF_8)) != null) {
                throw new AwsError(400, "InvalidArgument", "A POST form has each of its fields once.")
                        .with("ArgumentName", name);
            }
        }
        return new MultipartForm(expanded(fields, null), null);
    }

    private static String disposition(String head) {
        for (var line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
                return line;
            }
        }
        throw malformed();
    }

    private static @Nullable String parameter(Pattern pattern, String disposition) {
        var found = pattern.matcher(disposition);
        if (!found.find()) {
            return null;
        }
        // Browsers write a quote as %22; some clients escape it, and older ones leave paths of Windows as they are.
        return found.group(1) == null ? found.group(2) : found.group(1).replace("%22", "\"").replace("\\\"", "\"");
    }

    /// S3 puts the file's name for `${filename}` in every field, before it looks at the policy.
    private static Map<String, String> expanded(Map<String, String> fields, @Nullable String path) {
        var name = path == null ? "" : path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        fields.replaceAll((field, value) ->
                field.equalsIgnoreCase("policy") ? value : value.replace(FILE_NAME, name));
        return fields;
    }

    static AwsError malformed() {
        return new AwsError(
                400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");
    }

    static AwsError tooMuch() {
        return new AwsError(
                        400,
                        "MaxPostPreDataLengthExceededError",
                        "Your POST request fields preceding the upload file were too large.")
                .with("MaxPostPreDataLengthBytes", Integer.toString(MOST_BEFORE_FILE));
    }

    /// A field's value; names have no case.
    public @Nullable String get(String name) {
        return fields.get(name);
    }

    /// All fields but the file, in the order of their names.
    public Map<String, String> fields() {
        return new LinkedHashMap<>(fields);
    }

    /// What the file holds, to be read once; nothing where the form has none.
    public @Nullable InputStream file() {
        return file;
    }

    /// The names only: values may hold secrets.
    @Override
    public String toString() {
        return fields.keySet().toString();
    }
}
