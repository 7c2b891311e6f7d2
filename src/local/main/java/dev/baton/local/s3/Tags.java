package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.QueryParameters;
import dev.baton.local.http.Xml;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tags of objects and buckets.
final class Tags {
    private static final int MAX_OF_OBJECT = 10;
    private static final int MAX_OF_BUCKET = 50;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;

    private Tags() {}

    /// Those of `x-amz-tagging`, which are written like a query.
    static Map<String, String> ofHeader(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return Map.of();
        }
        var tags = new LinkedHashMap<String, String>();
        QueryParameters.parse(header).each((key, value) -> add(tags, key, value));
        checkCount(tags, MAX_OF_OBJECT);
        return tags;
    }

    static Map<String, String> ofObject(byte[] document) {
        return ofDocument(document, MAX_OF_OBJECT);
    }

    static Map<String, String> ofBucket(byte[] document) {
        return ofDocument(document, MAX_OF_BUCKET);
    }

    private static Map<String, String> ofDocument(byte[] document, int most) {
        var set = XmlElement.parse(document, "Tagging").child("TagSet");
        if (set == null) {
            throw S3Error.malformedXml();
        }
        return ofSet(set, most);
    }

    /// Those of CreateBucket.
    static Map<String, String> ofNewBucket(XmlElement set) {
        return ofSet(set, MAX_OF_BUCKET);
    }

    private static Map<String, String> ofSet(XmlElement set, int most) {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : set.all("Tag")) {
            var key = tag.get("Key");
            var value = tag.get("Value");
            if (key == null || value == null) {
                throw S3Error.malformedXml();
            }
            add(tags, key, value);
        }
        checkCount(tags, most);
        return tags;
    }

    private static void add(Map<String, String> tags, String key, String value) {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw invalid("The TagKey you have provided is invalid").with("TagKey", key);
        }
        if (value.length() > MAX_VALUE) {
            throw invalid("The TagValue you have provided is invalid").with("TagKey", key);
        }
        if (key.startsWith("aws:")) {
            throw invalid("System tags cannot be added/updated by requester").with("TagKey", key);
        }
        if (tags.put(key, value) != null) {
            throw invalid("Cannot provide multiple Tags with the same key").with("TagKey", key);
        }
    }

    private static void checkCount(Map<String, String> tags, int most) {
        if (tags.size() > most) {
            throw new AwsError(400, "BadRequest", "Object tags cannot be greater than " + most);
        }
    }

    private static AwsError invalid(String message) {
        return new AwsError(400, "InvalidTag", message);
    }

    static Xml document(Map<String, String> tags) {
        var xml = new Xml().open("Tagging", S3Xml.NAMESPACE).open("TagSet");
        tags.forEach((key, value) ->
                xml.open("Tag").element("Key", key).element("Value", value).close());
        return xml.close().close();
    }
}
