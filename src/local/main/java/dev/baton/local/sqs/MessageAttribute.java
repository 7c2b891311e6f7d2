package dev.baton.local.sqs;

import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An attribute of a message: a text, a number or bytes, with the type that the sender gave it.
///
/// See [Message
/// attributes](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html).
///
/// @param type `String`, `Number` or `Binary`, perhaps with a label of the sender's: `Number.int`
/// @param value the text; of bytes, their base64
public record MessageAttribute(String type, String value) {
    private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..*)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final int MOST = 10;
    private static final int LONGEST = 256;

    public static MessageAttribute text(String value) {
        return new MessageAttribute("String", value);
    }

    public boolean isBinary() {
        return type.startsWith("Binary");
    }

    /// The value as it goes over the wire and into the digest.
    byte[] bytes() {
        return isBinary() ? Base64.getDecoder().decode(value) : value.getBytes(StandardCharsets.UTF_8);
    }

    Map<String, @Nullable Object> json() {
        return JsonAnswer.of(isBinary() ? "BinaryValue" : "StringValue", value, "DataType", type);
    }

    static Map<String, @Nullable Object> json(Map<String, MessageAttribute> attributes) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        attributes.forEach((name, attribute) -> json.put(name, attribute.json()));
        return json;
    }

    static Map<String, MessageAttribute> stored(StoredJson json) {
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        for (var name : json.members().keySet()) {
            var one = json.object(name);
            var text = one.textIf("StringValue");
            attributes.put(
                    name, new MessageAttribute(one.text("DataType"), text == null ? one.text("BinaryValue") : text));
        }
        return attributes;
    }

    /// The attributes that a request gives.
    ///
    /// @throws dev.baton.local.http.AwsError `InvalidParameterValue` where one is none
    static Map<String, MessageAttribute> of(ApiInput given) {
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        given.members().forEach((key, value) -> {
            var name = String.valueOf(key);
            attributes.put(name, of(name, ApiInput.of(value)));
        });
        if (attributes.size() > MOST) {
            throw SqsErrors.invalidParameter(
                    "Number of message attributes [" + attributes.size() + "] exceeds the allowed maximum [10].");
        }
        return attributes;
    }

    private static MessageAttribute of(String name, ApiInput given) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (name.length() > LONGEST
                || !NAME.matcher(name).matches()
                || lower.startsWith("aws.")
                || lower.startsWith("amazon.")) {
            throw SqsErrors.invalidParameter("The message attribute name '" + name + "' is invalid. Attribute name can"
                    + " contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.), must not begin or end with a"
                    + " period or have two in succession, and must not begin with AWS. or Amazon.");
        }
        var type = given.text("DataType", "");
        if (type.isEmpty()) {
            throw SqsErrors.invalidParameter(
                    "The message attribute '" + name + "' must contain non-empty message" + " attribute type.");
        }
        if (type.length() > LONGEST || !TYPE.matcher(type).matches()) {
            throw SqsErrors.invalidParameter("The type of message (user) attribute '" + name + "' is invalid. You must"
                    + " use only the following supported type prefixes: Binary, Number, String.");
        }
        var binary = type.startsWith("Binary");
        var value = given.text(binary ? "BinaryValue" : "StringValue", "");
        if (value.isEmpty() || given.has(binary ? "StringValue" : "BinaryValue")) {
            throw SqsErrors.invalidParameter("The message attribute '" + name
                    + "' must contain a non-empty value of its" + " type '" + type + "', and no other.");
        }
        var attribute = new MessageAttribute(type, value);
        checkValue(name, attribute);
        return attribute;
    }

    private static void checkValue(String name, MessageAttribute attribute) {
        try {
            if (attribute.type().startsWith("Number")) {
                new BigDecimal(attribute.value());
            } else if (attribute.isBinary()) {
                attribute.bytes();
            }
        } catch (IllegalArgumentException e) {
            throw SqsErrors.invalidParameter("Could not cast message attribute '" + name + "' value to "
                    + (attribute.isBinary() ? "bytes." : "number."));
        }
    }
}
