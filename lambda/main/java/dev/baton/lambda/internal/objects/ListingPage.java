package dev.baton.lambda.internal.objects;

import dev.baton.lambda.internal.aws.ServiceAnswer;
import dev.baton.lambda.internal.objects.S3Access.Listed;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a listing, read from the XML of
/// [ListObjectsV2](https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html) with its keys percent-coded.
///
/// @param next what the request for the page that follows names; null where this is the last
record ListingPage(List<Listed> objects, @Nullable String next) {
    private static final String BEGIN = "<Contents>";
    private static final String END = "</Contents>";

    ListingPage {
        objects = List.copyOf(objects);
    }

    static ListingPage parse(String xml) {
        var objects = new ArrayList<Listed>();
        for (var from = xml.indexOf(BEGIN); from >= 0; from = xml.indexOf(BEGIN, from)) {
            var end = xml.indexOf(END, from);
            var object = xml.substring(from, end);
            objects.add(new Listed(key(object), String.valueOf(ServiceAnswer.element(object, "ETag"))));
            from = end;
        }
        var goesOn = "true".equals(ServiceAnswer.element(xml, "IsTruncated"));
        return new ListingPage(objects, goesOn ? ServiceAnswer.element(xml, "NextContinuationToken") : null);
    }

    /// Whether the first key of a listing, of objects or of versions, is this one.
    static boolean isOf(String xml, String key) {
        return xml.contains("<Key>") && key(xml).equals(key);
    }

    private static String key(String xml) {
        return URLDecoder.decode(String.valueOf(ServiceAnswer.element(xml, "Key")), StandardCharsets.UTF_8);
    }
}
