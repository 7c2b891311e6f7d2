package dev.baton.cli.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A record of S3's server access log.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html">Amazon S3 server access log format</a>
///
/// @param requester an ARN; `-` for a request that nobody signed
/// @param key as it stands in the log, encoded; `-` where the request is about a bucket
/// @param status of HTTP; `-` where there is none
/// @param error S3's code; `-` where there is none
/// @param version of the object; `-` where none was named
record AccessLogLine(
        String bucket,
        Instant time,
        String remoteAddress,
        String requester,
        String requestId,
        String operation,
        String key,
        String status,
        String error,
        String version) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH);
    /// Newer logs have more at the end, older ones less; the version is the last that is needed here.
    private static final int NEEDED = 18;

    /// Reads a line; nothing where it is not one.
    static Optional<AccessLogLine> parse(String line) {
        var fields = fields(line);
        if (fields.size() < NEEDED) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AccessLogLine(
                    fields.get(1),
                    OffsetDateTime.parse(fields.get(2), TIME).toInstant(),
                    fields.get(3),
                    fields.get(4),
                    fields.get(5),
                    fields.get(6),
                    fields.get(7),
                    fields.get(9),
                    fields.get(10),
                    fields.get(17)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// What blanks part, but for those in brackets and quotes.
    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var at = 0;
        while (at < line.length()) {
            var first = line.charAt(at);
            var end = first == '[' ? line.indexOf(']', at) : first == '"' ? quoteEnd(line, at) : line.indexOf(' ', at);
            if (first == '[' || first == '"') {
                if (end < 0) {
                    return fields;
                }
                fields.add(line.substring(at + 1, end));
                at = end + 2;
            } else {
                fields.add(line.substring(at, end < 0 ? line.length() : end));
                at = end < 0 ? line.length() : end + 1;
            }
        }
        return fields;
    }

    /// A user agent may hold quotes that nobody escaped: the last is followed by a blank or by nothing.
    private static int quoteEnd(String line, int start) {
        var end = line.indexOf('"', start + 1);
        while (end >= 0 && end + 1 < line.length() && line.charAt(end + 1) != ' ') {
            end = line.indexOf('"', end + 1);
        }
        return end;
    }
}
