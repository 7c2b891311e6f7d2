package dev.baton.local.s3;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Xml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/// The XML of S3's requests and answers.
final class S3Xml {
    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private S3Xml() {}

    static AwsResponse answer(Xml document) {
        return AwsResponse.of(200, "application/xml", document.bytes());
    }

    /// The XML that a request brings.
    static byte[] document(S3Call call, int limit) throws IOException {
        var bytes = call.request().bytes(limit);
        BodyReader.check(call.request(), bytes);
        return bytes;
    }

    static String date(Instant instant) {
        var text = instant.toString();
        return text.length() == 20 ? text.substring(0, 19) + ".000Z" : text;
    }

    /// The canonical user id, 64 hex digits that follow from the account's.
    static String ownerId(Account account) {
        var digits = HexFormat.of().formatHex(account.id().getBytes(StandardCharsets.US_ASCII));
        return digits.repeat(3).substring(0, 64);
    }

    static void owner(Xml xml, String element, Account account) {
        xml.open(element)
                .element("ID", ownerId(account))
                .element("DisplayName", account.id())
                .close();
    }
}
